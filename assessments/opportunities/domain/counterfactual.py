"""What would lift a verdict one level: sets of criteria, and facts that would do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Final

from assessments.opportunities.domain.assess import (
    OpportunityResult,
    RuleResult,
    assess_opportunity,
)
from assessments.opportunities.domain.facts import CATALOGUE, FactName, Facts, FactSpec, Span
from assessments.opportunities.domain.rules import Operator, RuleSet, RuleState
from assessments.opportunities.domain.verdict import (
    FAVOURABLE,
    LEVELS,
    SURELY_FAVOURABLE,
    Range,
    lowest_verdict,
    next_level,
)
from portal.common.vocabulary import Criterion, Verdict

# More changes at once than this is no advice any more.
MAX_CHANGES: Final = 3


@dataclass(frozen=True, slots=True)
class Change:
    """Bring a fact to a value: at least it when ``upward``, at most it otherwise."""

    fact: FactName
    value: Fraction
    upward: bool


@dataclass(frozen=True, slots=True)
class Way:
    """Criteria that must become favourable; ``changes`` per criterion, empty = no fact does.

    Any option of one criterion goes with any option of another, unless ``together`` holds
    something: then only these whole sets of changes reach the target, fewest changes first.
    """

    criteria: tuple[Criterion, ...]
    changes: tuple[tuple[Criterion, tuple[tuple[Change, ...], ...]], ...]
    together: tuple[tuple[Change, ...], ...] = ()

    @property
    def fewest_changes(self) -> int | None:
        """How many facts must change at least; None when no facts bring it about."""
        if self.together:
            return len(self.together[0])
        if not all(options for _, options in self.changes):
            return None
        return sum(min(map(len, options)) for _, options in self.changes)


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """The level aimed at, and the smallest ways to reach it, fewest criteria first."""

    target: Verdict
    ways: tuple[Way, ...]


def lifting_sets(ranges: tuple[Range, ...], target: Verdict) -> tuple[tuple[int, ...], ...]:
    """Smallest sets of positions that, once favourable, surely give ``target`` or better.

    Smallest by inclusion, fewest first. Unknown criteria outside the set may turn
    out as they like: the lowest verdict still possible must reach the target.
    """
    movable = [index for index, held in enumerate(ranges) if held != SURELY_FAVOURABLE]
    found: list[tuple[int, ...]] = []
    for size in range(1, len(movable) + 1):
        for chosen in combinations(movable, size):
            if any(set(smaller) <= set(chosen) for smaller in found):
                continue
            moved = tuple(
                SURELY_FAVOURABLE if index in chosen else held for index, held in enumerate(ranges)
            )
            if LEVELS.index(lowest_verdict(moved)) >= LEVELS.index(target):
                found.append(chosen)
    return tuple(found)


def counterfactual(
    facts: Facts, rule_set: RuleSet, result: OpportunityResult
) -> Counterfactual | None:
    """Ways to the level above the lowest verdict still possible; ``None`` at HOOG."""
    target = next_level(result.lowest_verdict)
    if target is None:
        return None
    order = tuple(Criterion)
    known: dict[Criterion, tuple[tuple[Change, ...], ...]] = {}
    ways = []
    for positions in lifting_sets(result.ranges, target):
        criteria = tuple(order[position] for position in positions)
        for criterion in criteria:
            if criterion not in known:
                known[criterion] = changes_for(facts, rule_set, result, criterion)
        options = tuple(known[criterion] for criterion in criteria)
        together: tuple[tuple[Change, ...], ...] = ()
        if all(options):
            options, together = _working_together(facts, rule_set, result, options, target)
        ways.append(Way(criteria, tuple(zip(criteria, options, strict=True)), together))
    # Among sets of one size, first those that facts can bring about, with fewest changes.
    ways.sort(key=_effort)
    return Counterfactual(target, tuple(ways))


def _effort(way: Way) -> tuple[int, bool, int]:
    return len(way.criteria), way.fewest_changes is None, way.fewest_changes or 0


def _working_together(
    facts: Facts,
    rule_set: RuleSet,
    result: OpportunityResult,
    options: tuple[tuple[tuple[Change, ...], ...], ...],
    target: Verdict,
) -> tuple[tuple[tuple[tuple[Change, ...], ...], ...], tuple[tuple[Change, ...], ...]]:
    """The options that reach the target in some combination, by assessing again.

    And the combinations that do, unless all of them do.
    """
    useful: list[set[tuple[Change, ...]]] = [set() for _ in options]
    reaching: list[tuple[Change, ...]] = []
    everything_works = True
    for chosen in product(*options):
        together = _combined(chosen)
        if together is None or not _reaches(facts, rule_set, result, together, target):
            everything_works = False
            continue
        reaching.append(together)
        for position, option in enumerate(chosen):
            useful[position].add(option)
    reaching.sort(key=len)
    return tuple(
        tuple(option for option in given if option in useful[position])
        for position, given in enumerate(options)
    ), () if everything_works else tuple(dict.fromkeys(reaching))


def _reaches(
    facts: Facts,
    rule_set: RuleSet,
    result: OpportunityResult,
    changes: tuple[Change, ...],
    target: Verdict,
) -> bool:
    again = assess_opportunity(with_changes(facts, changes), rule_set, result.opportunity)
    return LEVELS.index(again.lowest_verdict) >= LEVELS.index(target)


def _combined(chosen: tuple[tuple[Change, ...], ...]) -> tuple[Change, ...] | None:
    """All changes at once, the furthest per fact; None when two pull a fact both ways."""
    furthest: dict[FactName, Change] = {}
    for change in (change for option in chosen for change in option):
        before = furthest.setdefault(change.fact, change)
        if before.upward != change.upward:
            return None
        if (change.value > before.value) == change.upward:
            furthest[change.fact] = change
    return tuple(furthest.values())


def changes_for(
    facts: Facts, rule_set: RuleSet, result: OpportunityResult, criterion: Criterion
) -> tuple[tuple[Change, ...], ...]:
    """Smallest sets of fact changes that make ``criterion`` favourable.

    Each set is verified by assessing again; only sets of the smallest size that
    works are given, and of two that move the same facts only the easier one.
    """
    row = next(row for row in result.criteria if row.criterion is criterion)
    candidates = list(dict.fromkeys(change for item in row.rules for change in _moves(item)))
    for size in range(1, MAX_CHANGES + 1):
        found = tuple(
            chosen
            for chosen in _distinct(candidates, size)
            if _is_favourable(facts, rule_set, result, criterion, chosen)
        )
        if found:
            return tuple(one for one in found if not any(_is_easier(other, one) for other in found))
    return ()


def _is_easier(one: tuple[Change, ...], other: tuple[Change, ...]) -> bool:
    """The same facts in the same directions, and nowhere further."""
    goals = {(change.fact, change.upward): change.value for change in other}
    return one != other and all(
        (change.fact, change.upward) in goals
        and (
            change.value <= goals[change.fact, change.upward]
            if change.upward
            else change.value >= goals[change.fact, change.upward]
        )
        for change in one
    )


def with_changes(facts: Facts, changes: tuple[Change, ...]) -> Facts:
    """The facts as they would be after the changes."""
    return facts.with_values({change.fact: Span.exactly(change.value) for change in changes})


def _is_favourable(
    facts: Facts,
    rule_set: RuleSet,
    result: OpportunityResult,
    criterion: Criterion,
    changes: tuple[Change, ...],
) -> bool:
    again = assess_opportunity(with_changes(facts, changes), rule_set, result.opportunity)
    return all(
        row.value == FAVOURABLE if row.criterion is criterion else row.low >= before.low
        for row, before in zip(again.criteria, result.criteria, strict=True)
    )


def _distinct(candidates: list[Change], size: int) -> Iterator[tuple[Change, ...]]:
    for chosen in combinations(candidates, size):
        if len({change.fact for change in chosen}) == size:
            yield chosen


def _moves(item: RuleResult) -> Iterator[Change]:
    """The change that makes a helpful rule fire, or a harmful one stop."""
    rule = item.rule
    if rule.fact not in CATALOGUE:
        return
    name = FactName(rule.fact)
    spec = CATALOGUE[name]
    wanted = RuleState.FIRED if rule.step > 0 else RuleState.NOT_FIRED
    if not spec.changeable or item.state is wanted:
        return
    threshold = Fraction(1) if rule.operand is None else rule.operand
    upward = (rule.operator in {Operator.AT_LEAST, Operator.IS_TRUE}) == (rule.step > 0)
    value = _beyond(rule.operator, threshold, spec, fires=rule.step > 0)
    if _is_reachable(value, spec):
        yield Change(name, value, upward)


def _beyond(operator: Operator, threshold: Fraction, spec: FactSpec, *, fires: bool) -> Fraction:
    """The nearest value at which the condition holds (``fires``) or no longer holds."""
    match operator:
        case Operator.IS_TRUE:
            return Fraction(1 if fires else 0)
        case Operator.IS_FALSE:
            return Fraction(0 if fires else 1)
        case Operator.AT_LEAST:
            return threshold if fires else threshold - spec.step
        case Operator.AT_MOST:
            return threshold if fires else threshold + spec.step


def _is_reachable(value: Fraction, spec: FactSpec) -> bool:
    return spec.maximum is None or value <= spec.maximum
