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
    return rule_set_in_full(rule_set)[0]


def rule_set_in_full(rule_set: RuleSet) -> tuple[domain.RuleSet, dict[str, Rule]]:
    """As ``rule_set_values``, with the stored rules by slug for their reasons; two queries."""
    values = BaselineValue.objects.filter(rule_set=rule_set).order_by("pk")
    rules = {rule.slug: rule for rule in Rule.objects.filter(rule_set=rule_set).order_by("pk")}
    plain = domain.RuleSet(
        version=rule_set.version,
        baseline={
            (Opportunity(row.opportunity), Cell(row.cell), Criterion(row.criterion)): row.value
            for row in values
        },
        rules=tuple(rule_values(rule) for rule in rules.values()),
    )
    return plain, rules


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
