"""What moved between two stored outcomes, and why.

Criterion by criterion: its range before and after, its start from the activities, and the
rules that do something else than before. Pure, from what was stored: the explanation and
the rule set, which never changes once published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.opportunities.domain.assess import baseline_of
from assessments.opportunities.domain.explanation import facts_from, ranges_from
from assessments.opportunities.domain.facts import ActivityShare, FactName, Facts, Span
from assessments.opportunities.domain.rules import Rule, RuleSet, RuleState
from assessments.opportunities.domain.verdict import Range
from portal.common.vocabulary import Criterion, Opportunity


@dataclass(frozen=True)
class Outcome:
    """A stored explanation with the rule set that gave it."""

    explanation: Mapping[str, Any]
    rule_set: RuleSet


@dataclass(frozen=True, slots=True)
class RuleAt:
    """A rule in one of the two outcomes: what became of it, and the value that it saw."""

    rule: Rule
    state: RuleState
    span: Span | None

    @property
    def part(self) -> Range:
        """What it adds to its criterion: equal ends once it is known whether it does."""
        step = self.rule.step
        if self.state is RuleState.FIRED:
            return step, step
        return (min(0, step), max(0, step)) if self.state is RuleState.MISSING else (0, 0)


@dataclass(frozen=True, slots=True)
class RuleMove:
    """A rule that adds something else than before; None where the rule set has it not.

    ``rule`` is the one of the newer rule set, or of the older when the newer has it not.
    """

    rule: Rule
    before: RuleAt | None
    after: RuleAt | None

    @property
    def delta(self) -> Range:
        """How far the two ends of its criterion move by it."""
        old = self.before.part if self.before else (0, 0)
        new = self.after.part if self.after else (0, 0)
        return new[0] - old[0], new[1] - old[1]


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """One criterion in which something moved, whether its value did or not.

    ``start`` is the starting value from the activities. Ranges hold the lowest and the
    highest value possible, cut to -1..+1.
    """

    criterion: Criterion
    before: Range
    after: Range
    start_before: Range
    start_after: Range
    rules: tuple[RuleMove, ...]

    @property
    def has_moved(self) -> bool:
        """Its value, or what it can still become, is another one."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class FactMove:
    """A fact that the rules read both times, before and after; None is not known."""

    fact: FactName
    before: Span | None
    after: Span | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs; ``versions`` of the rule sets when they are not the same."""

    criteria: tuple[CriterionChange, ...]
    facts: tuple[FactMove, ...]
    activities_before: tuple[ActivityShare, ...]
    activities_after: tuple[ActivityShare, ...]
    versions: tuple[int, int] | None

    @property
    def moved(self) -> tuple[CriterionChange, ...]:
        """The criteria whose value moved."""
        return tuple(change for change in self.criteria if change.has_moved)

    @property
    def activities_moved(self) -> bool:
        """The company works at something else, or in other shares."""
        return self.activities_before != self.activities_after

    @property
    def is_empty(self) -> bool:
        """Nothing differs."""
        return not (self.criteria or self.facts or self.activities_moved or self.versions)


def changes_between(opportunity: Opportunity, before: Outcome, after: Outcome) -> Changes:
    """What moved from one outcome of ``opportunity`` to another."""
    old, new = facts_from(before.explanation), facts_from(after.explanation)
    versions = before.rule_set.version, after.rule_set.version
    return Changes(
        criteria=_criteria(opportunity, before, after, old, new),
        facts=_fact_moves(opportunity, before, after, old, new),
        activities_before=old.activities,
        activities_after=new.activities,
        versions=None if versions[0] == versions[1] else versions,
    )


def _criteria(
    opportunity: Opportunity, before: Outcome, after: Outcome, old: Facts, new: Facts
) -> tuple[CriterionChange, ...]:
    ranges_before, ranges_after = ranges_from(before.explanation), ranges_from(after.explanation)
    found = []
    for criterion in Criterion:
        change = CriterionChange(
            criterion,
            ranges_before[criterion],
            ranges_after[criterion],
            _start(opportunity, criterion, before, old),
            _start(opportunity, criterion, after, new),
            _rule_moves(opportunity, criterion, (before, old), (after, new)),
        )
        if change.has_moved or change.start_before != change.start_after or change.rules:
            found.append(change)
    return tuple(found)


def _start(opportunity: Opportunity, criterion: Criterion, outcome: Outcome, facts: Facts) -> Range:
    baseline = baseline_of(facts, outcome.rule_set, opportunity, criterion)
    return baseline.low, baseline.high


def _rule_moves(
    opportunity: Opportunity,
    criterion: Criterion,
    before: tuple[Outcome, Facts],
    after: tuple[Outcome, Facts],
) -> tuple[RuleMove, ...]:
    old = _rules_at(opportunity, criterion, *before)
    new = _rules_at(opportunity, criterion, *after)
    moves = (
        RuleMove((new.get(slug) or old[slug]).rule, old.get(slug), new.get(slug))
        for slug in sorted(old.keys() | new.keys())
    )
    return tuple(move for move in moves if move.delta != (0, 0))


def _rules_at(
    opportunity: Opportunity, criterion: Criterion, outcome: Outcome, facts: Facts
) -> dict[str, RuleAt]:
    states: Mapping[str, str] = outcome.explanation["rules"]
    known = {name.value: name for name in FactName}
    return {
        rule.slug: RuleAt(
            rule,
            RuleState(states[rule.slug]),
            facts.values.get(known[rule.fact]) if rule.fact in known else None,
        )
        for rule in outcome.rule_set.rules_for(opportunity, criterion)
        if rule.slug in states
    }


def _fact_moves(
    opportunity: Opportunity, before: Outcome, after: Outcome, old: Facts, new: Facts
) -> tuple[FactMove, ...]:
    # An explanation may hold no more than what its own rules read, so a fact that only one
    # of the two rule sets reads was not seen before, and has not moved.
    read = set.intersection(
        *(
            {rule.fact for rule in outcome.rule_set.rules if rule.opportunity is opportunity}
            for outcome in (before, after)
        )
    )
    return tuple(
        FactMove(name, old.values.get(name), new.values.get(name))
        for name in FactName
        if name.value in read and old.values.get(name) != new.values.get(name)
    )
