"""An adviser's own verdict beside the computed one, with the reason in writing."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.opportunities.domain.verdict import LEVELS
from assessments.opportunities.models.assessment import Assessment
from assessments.opportunities.models.freezing import (
    KEPT_OVERRIDE,
    OVERRIDE_FITS,
    OVERRIDE_KEPT,
)
from companies.profiles.models import Company
from portal.common.choices import OPPORTUNITY_CHOICES, VERDICT_LABELS, choices
from portal.common.constraints import both_or_neither, one_of
from portal.common.vocabulary import Opportunity

LEVEL_CHOICES = choices({level: VERDICT_LABELS[level] for level in LEVELS})


class OverrideQuerySet(models.QuerySet["VerdictOverride"]):
    """Reads over verdicts of advisers."""

    def in_force(self) -> OverrideQuerySet:
        """Those that count now, whatever is computed."""
        return self.filter(ended_at__isnull=True)


class VerdictOverride(models.Model):
    """A verdict that counts in place of the computed one until somebody ends it.

    ``assessment`` is the computed outcome that the adviser saw. Rows are only added and
    ended: together they are the history.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="verdict_overrides")
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    assessment = models.ForeignKey(
        Assessment,
        verbose_name=_("computed outcome at that moment"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    verdict = models.CharField(_("verdict"), max_length=10, choices=LEVEL_CHOICES)
    reason = models.TextField(_("reason"), max_length=2000)
    given_at = models.DateTimeField(_("given at"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ended by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    ended_reason = models.TextField(_("reason of the end"), max_length=2000, blank=True)

    objects = OverrideQuerySet.as_manager()

    rule_messages: ClassVar[dict[str, Any]] = {
        OVERRIDE_KEPT: _("A verdict of an adviser is kept as it was given; it can only end."),
        OVERRIDE_FITS: _("This outcome is of another company or opportunity."),
    }

    class Meta:
        verbose_name = _("verdict of an adviser")
        verbose_name_plural = _("verdicts of advisers")
        ordering = ("company", "opportunity", "-given_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "opportunity"),
                condition=Q(ended_at__isnull=True),
                name="override_one_in_force",
                violation_error_message=_("There is already a verdict of an adviser in force."),
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="override_has_reason",
                violation_error_message=_("Write why you judge otherwise."),
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=[level.value for level in LEVELS]),
                name="override_verdict_is_level",
                violation_error_message=_("Choose high, medium or low."),
            ),
            one_of(
                "opportunity",
                Opportunity,
                name="override_opportunity_known",
                message=_("Unknown opportunity."),
            ),
            both_or_neither(
                at="ended_at",
                by="ended_by",
                name="override_end_complete",
                message=_("An end has a moment and a person."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("given_at")),
                name="override_end_in_order",
                violation_error_message=_("The end is not before the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(ended_reason=""),
                name="override_end_reason_at_end",
                violation_error_message=_("Only what has ended has a reason of the end."),
            ),
        )
        triggers = KEPT_OVERRIDE

    def __str__(self) -> str:
        return f"{self.opportunity}: {self.verdict}"

    @property
    def is_in_force(self) -> bool:
        """It counts now."""
        return self.ended_at is None
