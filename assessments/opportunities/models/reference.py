"""Reference texts of the five opportunities; administrators keep them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.common.audit import audited
from portal.common.choices import OPPORTUNITY_CHOICES
from portal.common.constraints import one_of
from portal.common.vocabulary import Opportunity


class ReferenceKind(models.TextChoices):
    """Where on the page of an opportunity a text stands, in this order."""

    DEFINITION = "definition", _("What it is")
    POTENTIAL = "potential", _("Why this potential, according to the study")
    ACTIVITY = "activity", _("Activities")
    COMPETENCE = "competence", _("Competences that you need")
    OBSTACLE = "obstacle", _("Obstacles")
    SUCCESS = "success", _("What makes it succeed")
    EXAMPLE = "example", pgettext_lazy("of other companies", "Good examples")
    NOTE = "note", _("Note on the source")


@audited()
class ReferenceText(models.Model):
    """One point or paragraph, in both languages, with where it comes from.

    An example also names the ``organisation`` that it is about.
    """

    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    kind = models.CharField(_("kind"), max_length=10, choices=ReferenceKind)
    position = models.PositiveSmallIntegerField(
        _("position"), help_text=_("The order within its kind.")
    )
    organisation = models.CharField(
        _("organisation"),
        max_length=120,
        blank=True,
        help_text=_("Only for an example: whom it is about."),
    )
    text_nl = models.TextField(_("Dutch text"), max_length=900)
    text_en = models.TextField(_("English text"), max_length=900)
    source = models.CharField(
        _("source"),
        max_length=200,
        help_text=_("Document and chapter or page, so that anybody can look it up."),
    )

    class Meta:
        verbose_name = _("reference text")
        verbose_name_plural = _("reference texts")
        ordering = ("opportunity", "kind", "position", "pk")
        constraints = (
            one_of(
                "opportunity",
                Opportunity,
                name="reference_opportunity_known",
                message=_("Unknown opportunity."),
            ),
            one_of("kind", ReferenceKind, name="reference_kind_known", message=_("Unknown kind.")),
            models.CheckConstraint(
                condition=Q(kind="example", organisation__regex=r"\S")
                | (~Q(kind="example") & Q(organisation="")),
                name="reference_example_names_whom",
                violation_error_message=_(
                    "An example names the organisation; another text names none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(text_nl__regex=r"\S", text_en__regex=r"\S", source__regex=r"\S"),
                name="reference_complete",
                violation_error_message=_("Both languages and the source are needed."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.opportunity} {self.kind} {self.position}"

    @property
    def text(self) -> str:
        """The text in the language of the page; Dutch unless it is English."""
        english = (get_language() or "nl").startswith("en")
        return self.text_en if english else self.text_nl
