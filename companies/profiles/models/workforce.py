"""Workforce of a company by year: aggregates only, in numbers, years and choices.

No field here can hold text: a test walks the fields. Why guides are counted as they are,
and which rule there is on who moved on: ``docs/decisions/0010-workforce-in-totals.md``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from companies.profiles.models.company import Company
from companies.profiles.models.rules import (
    places_within_heads,
    raises_facts_version,
    year_has_begun,
)
from portal.common.audit import audited
from portal.common.choices import GUIDANCE_CHOICES, TARGET_GROUP_CHOICES
from portal.common.constraints import at_least, between, one_of
from portal.common.vocabulary import GuidanceLevel, TargetGroup

MOST_PERSONS = 100_000
PERSONS_MESSAGE = _("A number of persons lies between 0 and 100,000.")
QUALIFIED_MESSAGE = _("There cannot be more qualified guides than guides.")
PLACES_MESSAGE = _(
    "More people work in enclaves and on location together than there are target-group workers."
)


@audited()
class WorkforceYear(models.Model):
    """Totals of one year; never anything about one person.

    Guides in FTE, as the norm counts them; who has moved on to the regular economy is no
    longer counted in the cells.
    """

    rule_messages: ClassVar[dict[str, Any]] = {
        "workforce_year_not_future": _("This year has not begun yet."),
        "workforce_places_within_heads": PLACES_MESSAGE,
    }

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="workforce_years")
    year = models.PositiveSmallIntegerField(_("year"))
    guides_fte = models.DecimalField(
        _("guides, qualified or in training (FTE)"), max_digits=7, decimal_places=2, default=0
    )
    guides_qualified_fte = models.DecimalField(
        _("of whom qualified (FTE)"), max_digits=7, decimal_places=2, default=0
    )
    supervision_fte = models.DecimalField(
        _("other supervision, omkadering (FTE)"), max_digits=7, decimal_places=2, default=0
    )
    doorstroom_heads = models.PositiveIntegerField(
        _("moved on to the regular economy (persons)"), default=0
    )
    enclave_heads = models.PositiveIntegerField(_("working in enclaves (persons)"), default=0)
    on_location_heads = models.PositiveIntegerField(_("working on location (persons)"), default=0)

    class Meta:
        verbose_name = _("workforce of a year")
        verbose_name_plural = _("workforces by year")
        ordering = ("company", "-year", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "year"),
                name="workforce_year_once",
                violation_error_message=_("There are already figures for this year."),
            ),
            between(
                "year",
                2000,
                2100,
                name="workforce_year_range",
                message=_("The year lies between 2000 and 2100."),
            ),
            at_least(
                "guides_qualified_fte",
                0,
                name="workforce_guides_qualified_positive",
                message=_("The number of guides is not negative."),
            ),
            models.CheckConstraint(
                condition=Q(guides_qualified_fte__lte=F("guides_fte")),
                name="workforce_qualified_at_most_guides",
                violation_error_message=QUALIFIED_MESSAGE,
            ),
            at_least(
                "supervision_fte",
                0,
                name="workforce_supervision_positive",
                message=_("The number of supervisors is not negative."),
            ),
            *(
                between(
                    field,
                    0,
                    MOST_PERSONS,
                    name=f"workforce_{field}_range",
                    message=PERSONS_MESSAGE,
                )
                for field in ("doorstroom_heads", "enclave_heads", "on_location_heads")
            ),
        )
        triggers = (
            year_has_begun(name="year_has_begun", constraint="workforce_year_not_future"),
            places_within_heads(of_year=True),
            *raises_facts_version(),
        )

    def __str__(self) -> str:
        return str(self.year)

    @property
    def guides_in_training_fte(self) -> Decimal:
        """Guides who are not qualified yet."""
        return self.guides_fte - self.guides_qualified_fte


@audited(listed_by="workforce_year")
class WorkforceCell(models.Model):
    """Heads and FTE of one target-group category at one guidance level in one year."""

    workforce_year = models.ForeignKey(
        WorkforceYear, on_delete=models.CASCADE, related_name="cells"
    )
    target_group = models.CharField(_("target group"), max_length=20, choices=TARGET_GROUP_CHOICES)
    guidance_level = models.CharField(_("guidance level"), max_length=10, choices=GUIDANCE_CHOICES)
    heads = models.PositiveIntegerField(_("persons"), default=0)
    fte = models.DecimalField(_("FTE"), max_digits=8, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("workforce by target group and guidance")
        verbose_name_plural = _("workforce by target group and guidance")
        ordering = ("workforce_year", "target_group", "guidance_level", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("workforce_year", "target_group", "guidance_level"),
                name="workforce_cell_once",
                violation_error_message=_("This combination is already listed."),
            ),
            one_of(
                "target_group",
                TargetGroup,
                name="workforce_cell_group_known",
                message=_("This is not a known target group."),
            ),
            one_of(
                "guidance_level",
                GuidanceLevel,
                name="workforce_cell_level_known",
                message=_("This is not a known guidance level."),
            ),
            models.CheckConstraint(
                condition=Q(fte__gte=0, fte__lte=F("heads")),
                name="workforce_cell_fte_at_most_heads",
                violation_error_message=_("FTE cannot be more than the number of persons."),
            ),
            between(
                "heads", 0, MOST_PERSONS, name="workforce_cell_heads_range", message=PERSONS_MESSAGE
            ),
        )
        triggers = (
            places_within_heads(of_year=False),
            *raises_facts_version(
                company="(SELECT y.company_id FROM profiles_workforceyear y "
                "WHERE y.id = {row}.workforce_year_id)"
            ),
        )

    def __str__(self) -> str:
        return f"{self.target_group} x {self.guidance_level}: {self.heads}"
