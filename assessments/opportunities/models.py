"""Rule sets as versioned data, and the assessments that they gave."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.profiles.models import Company
from portal.common.choices import (
    CELL_CHOICES,
    CRITERION_CHOICES,
    OPPORTUNITY_CHOICES,
    VERDICT_CHOICES,
)
from portal.common.constraints import between, one_of
from portal.common.versioned import Versioned
from portal.common.vocabulary import Cell, Criterion, Opportunity, Verdict


class RuleSet(Versioned):
    """One version of baseline values and rules."""

    class Meta(Versioned.Meta):
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")


class BaselineValue(models.Model):
    """Starting value of a criterion for an opportunity in a cell: -1, 0 or +1."""

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="baseline_values")
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    cell = models.CharField(_("activity"), max_length=30, choices=CELL_CHOICES)
    criterion = models.CharField(_("criterion"), max_length=12, choices=CRITERION_CHOICES)
    value = models.SmallIntegerField(_("value"))

    class Meta:
        verbose_name = _("baseline value")
        verbose_name_plural = _("baseline values")
        ordering = ("rule_set", "opportunity", "cell", "criterion", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("rule_set", "opportunity", "cell", "criterion"),
                name="baseline_once",
                violation_error_message=_("This starting value is already given."),
            ),
            between(
                "value", -1, 1, name="baseline_range", message=_("A value lies between -1 and 1.")
            ),
            one_of("cell", Cell, name="baseline_cell_known", message=_("Unknown activity.")),
            one_of(
                "opportunity",
                Opportunity,
                name="baseline_opportunity_known",
                message=_("Unknown opportunity."),
            ),
            one_of(
                "criterion",
                Criterion,
                name="baseline_criterion_known",
                message=_("Unknown criterion."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.opportunity} {self.cell} {self.criterion}: {self.value:+d}"


class Rule(models.Model):
    """When a fact meets a condition, a criterion moves one step; with reason and source."""

    class Operator(models.TextChoices):
        """How the fact is compared with the operand."""

        AT_LEAST = "gte", _("is at least")
        AT_MOST = "lte", _("is at most")
        IS_TRUE = "true", _("is true")
        IS_FALSE = "false", _("is false")

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="rules")
    slug = models.SlugField(_("code"), max_length=60)
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    criterion = models.CharField(_("criterion"), max_length=12, choices=CRITERION_CHOICES)
    fact = models.CharField(_("fact"), max_length=60)
    operator = models.CharField(_("condition"), max_length=5, choices=Operator)
    operand = models.DecimalField(
        _("threshold"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    step = models.SmallIntegerField(_("step"))
    reason_nl = models.TextField(_("Dutch reason"))
    reason_en = models.TextField(_("English reason"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ("rule_set", "opportunity", "criterion", "slug", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("rule_set", "slug"),
                name="rule_once",
                violation_error_message=_("This rule already exists in the rule set."),
            ),
            models.CheckConstraint(
                condition=Q(step__in=(-1, 1)),
                name="rule_step_one",
                violation_error_message=_("A rule moves one step up or down."),
            ),
            models.CheckConstraint(
                condition=Q(operator__in=("gte", "lte"), operand__isnull=False)
                | Q(operator__in=("true", "false"), operand__isnull=True),
                name="rule_operand_fits",
                violation_error_message=_("A comparison needs a threshold, a yes or no none."),
            ),
        )

    def __str__(self) -> str:
        return self.slug


class Assessment(models.Model):
    """What a rule set said of a company at one version of its facts."""

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
            one_of(
                "verdict", Verdict, name="assessment_verdict_known", message=_("Unknown verdict.")
            ),
        )

    def __str__(self) -> str:
        return f"{self.opportunity}: {self.verdict}"
