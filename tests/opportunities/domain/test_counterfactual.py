"""What would lift a verdict, verified by assessing again."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given

from assessments.opportunities.content import shipped_rule_set
from assessments.opportunities.domain.assess import assess_opportunity
from assessments.opportunities.domain.counterfactual import (
    changes_for,
    counterfactual,
    lifting_sets,
    with_changes,
)
from assessments.opportunities.domain.facts import CATALOGUE, ActivityShare, FactName, Facts
from assessments.opportunities.domain.verdict import (
    LEVELS,
    complete_verdict,
    lowest_verdict,
    next_level,
)
from portal.common.vocabulary import Cell, Criterion, Opportunity, Verdict
from tests.opportunities.domain.strategies import exact, facts, ranges_of, rule_sets

PATTERNS = list(product((-1, 0, 1, None), repeat=4))


def slow_sets(values, target):
    """All sets that lift, then only those without a smaller one inside."""
    lifting = []
    for size in range(5):
        for chosen in combinations(range(4), size):
            moved = tuple(1 if i in chosen else value for i, value in enumerate(values))
            choices = [(-1, 0, 1) if value is None else (value,) for value in moved]
            reached = [complete_verdict(completion) for completion in product(*choices)]
            if min(map(LEVELS.index, reached)) >= LEVELS.index(target):
                lifting.append(set(chosen))
    smallest = [one for one in lifting if not any(other < one for other in lifting)]
    return {tuple(sorted(one)) for one in smallest}


def test_smallest_sets_agree_with_trying_all_for_every_pattern() -> None:
    for values in PATTERNS:
        target = next_level(lowest_verdict(ranges_of(values)))
        if target is not None:
            found = lifting_sets(ranges_of(values), target)
            assert set(found) == slow_sets(values, target)
            assert list(found) == sorted(found, key=len)


def test_from_low_one_favourable_criterion_is_enough() -> None:
    assert lifting_sets(ranges_of((0, 0, -1, 0)), Verdict.GEMIDDELD) == ((0,), (1,), (2,), (3,))


def test_from_medium_everything_must_be_favourable() -> None:
    assert lifting_sets(ranges_of((1, -1, 0, 1)), Verdict.HOOG) == ((1, 2),)


@given(facts, rule_sets())
def test_every_way_really_lifts_its_criterion(known, rule_set) -> None:
    result = assess_opportunity(known, rule_set, Opportunity.ENCLAVE)
    for row in result.criteria:
        if row.value == 1:
            continue
        for changes in changes_for(known, rule_set, result, row.criterion):
            again = assess_opportunity(with_changes(known, changes), rule_set, Opportunity.ENCLAVE)
            lifted = next(one for one in again.criteria if one.criterion is row.criterion)
            assert lifted.value == 1
            for before, after in zip(result.criteria, again.criteria, strict=True):
                assert after.low >= before.low


def furthest(chosen):
    """All changes at once, the furthest of each fact; None when a fact is pulled both ways."""
    goals = {}
    for change in (change for option in chosen for change in option):
        goals.setdefault(change.fact, []).append(change)
    if any(len({change.upward for change in same}) > 1 for same in goals.values()):
        return None
    return frozenset(
        (max if same[0].upward else min)(same, key=lambda change: change.value)
        for same in goals.values()
    )


@given(facts, rule_sets())
def test_what_a_way_proposes_together_reaches_the_target(known, rule_set) -> None:
    """Any option with any other, or else exactly the combinations that are named."""
    result = assess_opportunity(known, rule_set, Opportunity.ENCLAVE)
    found = counterfactual(known, rule_set, result)

    def reaches(changes) -> bool:
        again = assess_opportunity(
            with_changes(known, tuple(changes)), rule_set, Opportunity.ENCLAVE
        )
        return LEVELS.index(again.lowest_verdict) >= LEVELS.index(found.target)

    for way in found.ways if found else ():
        options = [given for _, given in way.changes]
        if not all(options):
            assert not way.together
            continue
        tried = [furthest(chosen) for chosen in product(*options)]
        working = {changes for changes in tried if changes is not None and reaches(changes)}
        assert working
        if way.together:
            assert {frozenset(changes) for changes in way.together} == working
            assert list(way.together) == sorted(way.together, key=len)
        else:
            assert set(tried) == working


@given(facts, rule_sets())
def test_the_smallest_ways_come_first(known, rule_set) -> None:
    result = assess_opportunity(known, rule_set, Opportunity.ENCLAVE)
    found = counterfactual(known, rule_set, result)
    sizes = [
        (len(way.criteria), way.fewest_changes is None, way.fewest_changes or 0)
        for way in (found.ways if found else ())
    ]
    assert sizes == sorted(sizes)


def full_company(**values) -> Facts:
    known = {name: exact(0) for name in FactName}
    known |= {FactName(name): exact(value) for name, value in values.items()}
    return Facts((ActivityShare(Cell.MAAK_METAAL, 100),), known)


def ways(known, opportunity):
    rule_set = shipped_rule_set()
    result = assess_opportunity(known, rule_set, opportunity)
    return result, counterfactual(known, rule_set, result)


def test_a_guide_short_is_named_with_the_number_that_is_needed() -> None:
    company = full_company(
        guides_surplus=-2,
        low_middle_share=80,
        customer_count=4,
        nearby_customer_count=2,
        manual_share=80,
        supervision_share=8,
    )
    result, found = ways(company, Opportunity.ENCLAVE)
    assert result.verdict is Verdict.GEMIDDELD
    assert found.target is Verdict.HOOG
    (way,) = found.ways
    assert way.criteria == (Criterion.INVESTERING,)
    options = dict(way.changes)[Criterion.INVESTERING]
    assert [[(c.fact.value, str(c.value), c.upward) for c in option] for option in options] == [
        [("guides_surplus", "-2/5", True)],
    ]


def test_high_has_nothing_above_it() -> None:
    company = full_company(
        guides_surplus=1,
        low_middle_share=80,
        customer_count=4,
        nearby_customer_count=2,
        manual_share=80,
        supervision_share=8,
    )
    result, found = ways(company, Opportunity.ENCLAVE)
    assert result.verdict is Verdict.HOOG
    assert found is None


def test_what_follows_from_the_mix_of_activities_is_not_proposed() -> None:
    _, found = ways(full_company(), Opportunity.RESHORING)
    proposed = {
        change.fact
        for way in found.ways
        for _, options in way.changes
        for option in options
        for change in option
    }
    assert proposed
    assert all(CATALOGUE[fact].changeable for fact in proposed)


@pytest.mark.parametrize("opportunity", Opportunity)
def test_every_proposal_for_an_unknown_company_can_be_reached(opportunity) -> None:
    _, found = ways(Facts((ActivityShare(Cell.MAAK_HOUT, 100),)), opportunity)
    for way in found.ways if found else ():
        for _, options in way.changes:
            for option in options:
                for change in option:
                    maximum = CATALOGUE[change.fact].maximum
                    assert maximum is None or change.value <= maximum
