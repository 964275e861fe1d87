"""Assessments: the outcome for a company, the current one and those before it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.opportunities.domain.verdict import LEVELS
from assessments.opportunities.models.rule_set import RuleSet
from companies.profiles.models import Company
from portal.common.choices import OPPORTUNITY_CHOICES, VERDICT_CHOICES
from portal.common.constraints import one_of
from portal.common.vocabulary import Opportunity, Verdict


class Assessment(models.Model):
    """What a rule set said of a company at one version of its facts.

    ``assessed_at`` is when this outcome came about, ``confirmed_at`` when facts last
    gave the same outcome. ``explanation`` has the shape of
    ``assessments.opportunities.domain.explanation``. A row that is no longer current
    is history and does not change.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="assessments")
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="assessments")
    facts_version = models.PositiveIntegerField(_("version of the facts"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=VERDICT_CHOICES)
    lowest_verdict = models.CharField(
        _("lowest verdict still possible"), max_length=10, choices=VERDICT_CHOICES
    )
    explanation = models.JSONField(_("criteria, rules and facts"))
    assessed_at = models.DateTimeField(_("assessed at"))
    confirmed_at = models.DateTimeField(_("last confirmed at"))
    is_current = models.BooleanField(_("current"), default=True)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ("company", "opportunity", "-assessed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "opportunity"),
                condition=Q(is_current=True),
                name="assessment_one_current",
                violation_error_message=_("There is already a current assessment."),
            ),
            models.CheckConstraint(
                condition=Q(lowest_verdict__in=[level.value for level in LEVELS]),
                name="assessment_lowest_is_level",
                violation_error_message=_("The lowest verdict still possible is a level."),
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.ONVOLLEDIG) | Q(verdict=F("lowest_verdict")),
                name="assessment_lowest_fits",
                violation_error_message=_("A known verdict is also the lowest one."),
            ),
            one_of(
                "opportunity",
                Opportunity,
                name="assessment_opportunity_known",
                message=_("Unknown opportunity."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.opportunity}: {self.verdict}"
