"""Reads over rule sets."""

from __future__ import annotations

from fractions import Fraction

from assessments.opportunities.domain import rules as domain
from assessments.opportunities.domain.rules import Operator
from assessments.opportunities.models import BaselineValue, Rule, RuleSet
from portal.common.versioned import VersionStatus
from portal.common.vocabulary import Cell, Criterion, Opportunity


def published_rule_set() -> RuleSet | None:
    """The version that assessments are made with."""
    return RuleSet.objects.filter(status=VersionStatus.PUBLISHED).first()


def rule_set_values(rule_set: RuleSet) -> domain.RuleSet:
    """A stored rule set as plain values for the domain; two queries."""
    values = BaselineValue.objects.filter(rule_set=rule_set).order_by("pk")
    return domain.RuleSet(
        version=rule_set.version,
        baseline={
            (Opportunity(row.opportunity), Cell(row.cell), Criterion(row.criterion)): row.value
            for row in values
        },
        rules=tuple(
            rule_values(rule) for rule in Rule.objects.filter(rule_set=rule_set).order_by("pk")
        ),
    )


def rule_values(rule: Rule) -> domain.Rule:
    """One stored rule as plain values."""
    return domain.Rule(
        slug=rule.slug,
        opportunity=Opportunity(rule.opportunity),
        criterion=Criterion(rule.criterion),
        fact=rule.fact,
        operator=Operator(rule.operator),
        operand=None if rule.operand is None else Fraction(rule.operand),
        step=rule.step,
    )


def rules_by_slug(rule_set_id: int, opportunity: Opportunity) -> dict[str, Rule]:
    """The rules of one opportunity with their reasons; one query."""
    rules = Rule.objects.filter(rule_set=rule_set_id, opportunity=opportunity).order_by("pk")
    return {rule.slug: rule for rule in rules}
