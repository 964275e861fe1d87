"""Rule sets as versioned data: starting values and rules."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.opportunities.domain.rules import Operator
from assessments.opportunities.models.freezing import FROZEN_CONTENT, FROZEN_RULE_SET
from portal.common.audit import audited
from portal.common.choices import (
    CELL_CHOICES,
    CRITERION_CHOICES,
    OPPORTUNITY_CHOICES,
    choices,
)
from portal.common.constraints import between, one_of
from portal.common.versioned import Versioned, VersionStatus
from portal.common.vocabulary import Cell, Criterion, Opportunity

OPERATOR_LABELS: dict[StrEnum, Any] = {
    Operator.AT_LEAST: _("is at least"),
    Operator.AT_MOST: _("is at most"),
    Operator.IS_TRUE: _("is true"),
    Operator.IS_FALSE: _("is not true"),
}
OPERATOR_CHOICES = choices(OPERATOR_LABELS)


@audited()
class RuleSet(Versioned):
    """One version of baseline values and rules.

    ``edition`` is set on what came with a release of the portal: a release may then put
    a newer edition in force, but never over a version of administrators' own.
    """

    edition = models.PositiveSmallIntegerField(
        _("edition of the portal"),
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text=_("Empty for a version that administrators made."),
    )

    class Meta(Versioned.Meta):
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")
        triggers = (FROZEN_RULE_SET,)

    @property
    def is_published(self) -> bool:
        """In force: there is at most one."""
        return self.status == VersionStatus.PUBLISHED

    @property
    def is_draft(self) -> bool:
        """Only a draft can be edited."""
        return self.status == VersionStatus.DRAFT


@audited()
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
        triggers = (FROZEN_CONTENT,)

    def __str__(self) -> str:
        return f"{self.opportunity} {self.cell} {self.criterion}: {self.value:+d}"


@audited()
class Rule(models.Model):
    """When a fact meets a condition, a criterion moves one step; with reason and source."""

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="rules")
    slug = models.SlugField(_("code"), max_length=60)
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    criterion = models.CharField(_("criterion"), max_length=12, choices=CRITERION_CHOICES)
    fact = models.CharField(_("fact"), max_length=60)
    operator = models.CharField(_("condition"), max_length=5, choices=OPERATOR_CHOICES)
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
            one_of(
                "opportunity",
                Opportunity,
                name="rule_opportunity_known",
                message=_("Unknown opportunity."),
            ),
            one_of(
                "criterion",
                Criterion,
                name="rule_criterion_known",
                message=_("Unknown criterion."),
            ),
        )
        triggers = (FROZEN_CONTENT,)

    def __str__(self) -> str:
        return self.slug
