"""From facts to four criteria and a verdict, with everything that led there.

Pure and exact: shares and thresholds are whole numbers or fractions, so the same
facts give the same verdict on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assessments.opportunities.domain.facts import (
    OPTIONAL,
    ActivityShare,
    FactName,
    Facts,
    Span,
    is_outdated,
    weights,
)
from assessments.opportunities.domain.rules import Rule, RuleSet, RuleState
from assessments.opportunities.domain.verdict import (
    Range,
    highest_verdict,
    lowest_verdict,
    verdict,
)
from portal.common.vocabulary import Criterion, Opportunity, Verdict

_FACT_NAMES = {name.value: name for name in FactName}


@dataclass(frozen=True, slots=True)
class BaselinePart:
    """What one activity adds: ``weight`` of the whole (0..1) times ``value``.

    ``value`` is ``None`` for an activity outside the study: anything from -1 to +1.
    """

    activity: ActivityShare
    weight: Fraction
    value: int | None


@dataclass(frozen=True, slots=True)
class Baseline:
    """Share-weighted starting value: exact ends, and the same rounded to -1, 0, +1."""

    parts: tuple[BaselinePart, ...]
    exact_low: Fraction
    exact_high: Fraction
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class RuleResult:
    """A rule, the value that it saw, and what became of it."""

    rule: Rule
    span: Span | None
    state: RuleState


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion: its value (``None`` = unknown), its ends, and how it came about."""

    criterion: Criterion
    value: int | None
    low: int
    high: int
    baseline: Baseline
    rules: tuple[RuleResult, ...]

    @property
    def range(self) -> Range:
        """What the criterion can still become; equal ends when it is known."""
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class OpportunityResult:
    """The judgement of one opportunity for one company."""

    opportunity: Opportunity
    criteria: tuple[CriterionResult, ...]
    verdict: Verdict
    lowest_verdict: Verdict
    highest_verdict: Verdict

    @property
    def values(self) -> tuple[int | None, ...]:
        """The four criteria in their fixed order."""
        return tuple(result.value for result in self.criteria)

    @property
    def ranges(self) -> tuple[Range, ...]:
        """What the four criteria can still become, in their fixed order."""
        return tuple(result.range for result in self.criteria)


@dataclass(frozen=True, slots=True)
class CompanyResult:
    """The five judgements, and whether they lean on outdated workforce figures."""

    opportunities: tuple[OpportunityResult, ...]
    workforce_outdated: bool


def round_half_away(numerator: int, denominator: int) -> int:
    """Nearest whole number of numerator / denominator (> 0); halves go away from 0."""
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def baseline_of(
    facts: Facts, rule_set: RuleSet, opportunity: Opportunity, criterion: Criterion
) -> Baseline:
    """Share-weighted mean over the activities; unknown where no activity is known."""
    if not facts.activities:
        return Baseline((), Fraction(-1), Fraction(1), -1, 1)
    shares = weights(facts.activities)
    total = sum(shares)
    low = high = 0
    parts = []
    for activity, share in zip(facts.activities, shares, strict=True):
        value = (
            rule_set.baseline.get((opportunity, activity.cell, criterion))
            if activity.cell is not None
            else None
        )
        low += share * (-1 if value is None else value)
        high += share * (1 if value is None else value)
        parts.append(BaselinePart(activity, Fraction(share, total), value))
    return Baseline(
        tuple(parts),
        Fraction(low, total),
        Fraction(high, total),
        round_half_away(low, total),
        round_half_away(high, total),
    )


def _apply(rule: Rule, facts: Facts) -> RuleResult:
    name = _FACT_NAMES.get(rule.fact)
    span = facts.values.get(name) if name is not None else None
    if span is None and name in OPTIONAL:
        return RuleResult(rule, None, RuleState.NOT_ASKED)
    return RuleResult(rule, span, rule.state(span))


def assess_criterion(
    facts: Facts, rule_set: RuleSet, opportunity: Opportunity, criterion: Criterion
) -> CriterionResult:
    """Baseline plus steps, cut to -1..+1; unknown when the two ends differ."""
    baseline = baseline_of(facts, rule_set, opportunity, criterion)
    results = tuple(_apply(rule, facts) for rule in rule_set.rules_for(opportunity, criterion))
    low, high = baseline.low, baseline.high
    for result in results:
        step = result.rule.step
        if result.state is RuleState.FIRED:
            low, high = low + step, high + step
        elif result.state is RuleState.MISSING:
            low, high = low + min(0, step), high + max(0, step)
    low, high = max(-1, min(1, low)), max(-1, min(1, high))
    value = low if low == high else None
    return CriterionResult(criterion, value, low, high, baseline, results)


def assess_opportunity(
    facts: Facts, rule_set: RuleSet, opportunity: Opportunity
) -> OpportunityResult:
    """Judge one opportunity."""
    criteria = tuple(
        assess_criterion(facts, rule_set, opportunity, criterion) for criterion in Criterion
    )
    ranges = tuple(result.range for result in criteria)
    return OpportunityResult(
        opportunity, criteria, verdict(ranges), lowest_verdict(ranges), highest_verdict(ranges)
    )


def assess(facts: Facts, rule_set: RuleSet, today: date) -> CompanyResult:
    """Judge the five opportunities; ``today`` only dates the workforce figures."""
    return CompanyResult(
        tuple(assess_opportunity(facts, rule_set, opportunity) for opportunity in Opportunity),
        is_outdated(facts.workforce_year, this_year=today.year),
    )
