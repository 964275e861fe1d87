"""What moved between two outcomes: everything that did, and nothing that did not."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assessments.opportunities.content import shipped_rule_set
from assessments.opportunities.domain.assess import assess_opportunity
from assessments.opportunities.domain.changes import Changes, Outcome, changes_between
from assessments.opportunities.domain.explanation import explain, told_facts
from assessments.opportunities.domain.facts import ActivityShare, FactName, Facts
from assessments.opportunities.domain.rules import RuleSet, RuleState
from portal.common.vocabulary import Cell, Criterion, Opportunity
from tests.opportunities.domain.strategies import exact, facts, rule_sets

ENCLAVE = Opportunity.ENCLAVE


def outcome(known: Facts, rule_set: RuleSet, opportunity: Opportunity = ENCLAVE) -> Outcome:
    """As it would be stored."""
    result = assess_opportunity(known, rule_set, opportunity)
    return Outcome(explain(result, told_facts(known), workforce_outdated=False), rule_set)


def sum_of(known: Facts, rule_set: RuleSet, criterion: Criterion) -> tuple[int, int]:
    """The two ends of a criterion before they are cut, added up the obvious way."""
    result = assess_opportunity(known, rule_set, ENCLAVE)
    row = next(row for row in result.criteria if row.criterion is criterion)
    low, high = row.baseline.low, row.baseline.high
    for item in row.rules:
        if item.state is RuleState.FIRED:
            low, high = low + item.rule.step, high + item.rule.step
        if item.state is RuleState.MISSING and item.rule.step > 0:
            high += 1
        if item.state is RuleState.MISSING and item.rule.step < 0:
            low -= 1
    return low, high


@given(facts, facts, rule_sets(), rule_sets())
def test_what_is_listed_accounts_for_every_move(old, new, first, second) -> None:
    second = replace(second, version=2)
    found = changes_between(ENCLAVE, outcome(old, first), outcome(new, second))
    listed = {change.criterion: change for change in found.criteria}
    for criterion in Criterion:
        before, after = sum_of(old, first, criterion), sum_of(new, second, criterion)
        if criterion not in listed:
            assert before == after
            continue
        change = listed[criterion]
        for end in (0, 1):
            start = change.start_after[end] - change.start_before[end]
            rules = sum(move.delta[end] for move in change.rules)
            assert after[end] - before[end] == start + rules


@given(facts, facts, rule_sets())
def test_a_criterion_never_moves_without_a_cause(old, new, rule_set) -> None:
    found = changes_between(ENCLAVE, outcome(old, rule_set), outcome(new, rule_set))
    for change in found.moved:
        assert change.rules or change.start_before != change.start_after
        # With the rules as they were, every rule that moved read a fact that moved.
        moved = {move.fact.value for move in found.facts}
        assert {rule.after.rule.fact for rule in change.rules if rule.after} <= moved
        if change.start_before != change.start_after:
            assert found.activities_moved


@given(facts, rule_sets())
def test_nothing_moved_is_nothing_to_tell(known, rule_set) -> None:
    stored = outcome(known, rule_set)
    found = changes_between(ENCLAVE, stored, stored)
    assert found == Changes((), (), known.activities, known.activities, None)
    assert found.is_empty


@given(facts, facts, rule_sets(), st.sampled_from(list(Opportunity)))
def test_the_way_back_is_the_mirror_image(old, new, rule_set, opportunity) -> None:
    before, after = outcome(old, rule_set, opportunity), outcome(new, rule_set, opportunity)
    there = changes_between(opportunity, before, after)
    back = changes_between(opportunity, after, before)
    assert [(c.criterion, c.before, c.after) for c in there.criteria] == [
        (c.criterion, c.after, c.before) for c in back.criteria
    ]
    assert [(m.fact, m.before, m.after) for m in there.facts] == [
        (m.fact, m.after, m.before) for m in back.facts
    ]


def making(**values: int) -> Facts:
    """Metal work in full, with these facts."""
    known = {FactName(name): exact(value) for name, value in values.items()}
    return Facts((ActivityShare(Cell.MAAK_METAAL, 100),), known)


def test_people_in_an_enclave_start_a_rule() -> None:
    rule_set = shipped_rule_set()
    old, new = making(enclave_count=0), making(enclave_count=2)
    found = changes_between(ENCLAVE, outcome(old, rule_set), outcome(new, rule_set))
    started = [
        (change.criterion, move.after.rule.slug, move.before.state, move.after.state)
        for change in found.criteria
        for move in change.rules
        if move.before and move.after
    ]
    assert started == [(Criterion.FIT, "enclave-ervaring", RuleState.NOT_FIRED, RuleState.FIRED)]
    assert [(move.fact, move.before, move.after) for move in found.facts] == [
        (FactName.ENCLAVE_COUNT, exact(0), exact(2))
    ]
    assert found.versions is None


def test_another_rule_set_is_told_apart_from_other_facts() -> None:
    known = making(enclave_count=2)
    first = shipped_rule_set()
    second = replace(
        first,
        version=first.version + 1,
        rules=tuple(r for r in first.rules if r.slug != "enclave-ervaring"),
    )
    found = changes_between(ENCLAVE, outcome(known, first), outcome(known, second))
    assert found.versions == (first.version, first.version + 1)
    assert not found.facts
    assert not found.activities_moved
    (change,) = found.criteria
    (move,) = change.rules
    assert move.before is not None
    assert (move.before.rule.slug, move.after) == ("enclave-ervaring", None)


def test_other_activities_move_the_start() -> None:
    rule_set = shipped_rule_set()
    metal = Facts((ActivityShare(Cell.MAAK_METAAL, 100),))
    packing = Facts((ActivityShare(Cell.HANDLING_VERPAKKING, 100),))
    reshoring = Opportunity.RESHORING
    found = changes_between(
        reshoring, outcome(metal, rule_set, reshoring), outcome(packing, rule_set, reshoring)
    )
    assert found.activities_moved
    assert {c.criterion: (c.start_before, c.start_after) for c in found.criteria} == {
        Criterion.VRAAG: ((1, 1), (0, 0)),
        Criterion.INVESTERING: ((0, 0), (1, 1)),
        Criterion.FIT: ((1, 1), (0, 0)),
    }
