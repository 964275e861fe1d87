"""Reads over rule sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    return stored_rule_sets([rule_set], Opportunity)[rule_set.pk].values


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


@dataclass(frozen=True)
class StoredRuleSet:
    """A rule set as plain values, and its stored rules by slug, for their reasons."""

    values: domain.RuleSet
    rules: Mapping[str, Rule]


def stored_rule_sets(
    rule_sets: Iterable[RuleSet], opportunities: Iterable[Opportunity]
) -> dict[int, StoredRuleSet]:
    """By primary key, with only what concerns these opportunities; two queries."""
    wanted = {rule_set.pk: rule_set for rule_set in rule_sets}
    chosen = {"rule_set__in": list(wanted), "opportunity__in": list(opportunities)}
    rules: dict[int, list[Rule]] = {pk: [] for pk in wanted}
    for rule in Rule.objects.filter(**chosen).order_by("pk"):
        rules[rule.rule_set_id].append(rule)
    baseline: dict[int, dict[tuple[Opportunity, Cell, Criterion], int]] = {pk: {} for pk in wanted}
    for row in BaselineValue.objects.filter(**chosen).order_by("pk"):
        key = Opportunity(row.opportunity), Cell(row.cell), Criterion(row.criterion)
        baseline[row.rule_set_id][key] = row.value
    return {
        pk: StoredRuleSet(
            domain.RuleSet(
                version=rule_set.version,
                baseline=baseline[pk],
                rules=tuple(rule_values(rule) for rule in rules[pk]),
            ),
            {rule.slug: rule for rule in rules[pk]},
        )
        for pk, rule_set in wanted.items()
    }
