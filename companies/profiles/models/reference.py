"""Editable lists that profiles choose from."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from companies.profiles.models.rules import norm_raises_facts_version, norm_stays_when_used
from portal.common.audit import audited
from portal.common.constraints import between


def in_english() -> bool:
    """The page is shown in English; otherwise Dutch."""
    return (translation.get_language() or "nl").startswith("en")


class Competence(models.Model):
    """A competence or certificate that a company can have and a partner can ask."""

    slug = models.SlugField(_("code"), unique=True)
    name_nl = models.CharField(_("Dutch name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120)
    is_certificate = models.BooleanField(_("certificate"), default=False)
    is_current = models.BooleanField(_("can be chosen"), default=True)

    class Meta:
        verbose_name = _("competence or certificate")
        verbose_name_plural = _("competences and certificates")
        ordering = ("-is_certificate", "name_nl", "pk")

    def __str__(self) -> str:
        return self.name_en if in_english() else self.name_nl


@audited()
class WorkforceNorm(models.Model):
    """Norms on guidance and recognition, in force from a date until the next row's date."""

    rule_messages: ClassVar[dict[str, Any]] = {
        "norm_in_use": _(
            "Figures of companies are held against this norm: it cannot be deleted or get another "
            "date. Correct its figures, or add a later norm."
        ),
    }

    valid_from = models.DateField(_("in force from"), unique=True)
    fte_per_guide_high = models.DecimalField(
        _("FTE per guide, high guidance"), max_digits=5, decimal_places=2
    )
    fte_per_guide_middle = models.DecimalField(
        _("FTE per guide, middle guidance"), max_digits=5, decimal_places=2
    )
    fte_per_guide_low = models.DecimalField(
        _("FTE per guide, low guidance"), max_digits=5, decimal_places=2
    )
    minimum_fte = models.DecimalField(
        _("smallest number of target-group FTE"), max_digits=6, decimal_places=2
    )
    minimum_share = models.PositiveSmallIntegerField(
        _("smallest share of the first two categories (%)")
    )
    source_nl = models.CharField(_("Dutch source"), max_length=300)
    source_en = models.CharField(_("English source"), max_length=300)

    class Meta:
        verbose_name = _("norm on guidance and recognition")
        verbose_name_plural = _("norms on guidance and recognition")
        ordering = ("-valid_from", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    fte_per_guide_high__gt=0, fte_per_guide_middle__gt=0, fte_per_guide_low__gt=0
                ),
                name="norm_guides_positive",
                violation_error_message=_("One guide serves more than 0 FTE."),
            ),
            models.CheckConstraint(
                condition=Q(minimum_fte__gte=0),
                name="norm_minimum_fte_positive",
                violation_error_message=_("The smallest number of FTE is not negative."),
            ),
            between(
                "minimum_share",
                0,
                100,
                name="norm_share_range",
                message=_("A share lies between 0 and 100 %."),
            ),
        )
        triggers = (norm_stays_when_used(), norm_raises_facts_version())

    def __str__(self) -> str:
        return str(self.valid_from)

    @property
    def source(self) -> str:
        """Where the norm stands, in the language of the page."""
        return self.source_en if in_english() else self.source_nl
