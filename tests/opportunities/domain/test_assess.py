"""From facts to criteria, against a slow reference and by its invariances."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.opportunities.content import EDITIONS, shipped_rule_set
from assessments.opportunities.domain.assess import (
    assess,
    assess_criterion,
    assess_opportunity,
    round_half_away,
)
from assessments.opportunities.domain.facts import (
    CATALOGUE,
    ActivityShare,
    FactName,
    Facts,
    Span,
    weights,
)
from assessments.opportunities.domain.rules import Operator, Rule, RuleSet, RuleState
from assessments.opportunities.domain.verdict import LEVELS
from portal.common.vocabulary import Cell, Criterion, Opportunity, Verdict
from tests.opportunities.domain.strategies import NAMES, exact, facts, rule_sets

TODAY = date(2026, 11, 22)
LIMITS = (-1, 1)
TWO = Fraction(2)
CALCULATED = {name for name in FactName if CATALOGUE[name].optional}

# --- a slow, obvious reference ------------------------------------------------


def slow_holds(rule, value):
    match rule.operator:
        case Operator.AT_LEAST:
            return value >= rule.operand
        case Operator.AT_MOST:
            return value <= rule.operand
        case Operator.IS_TRUE:
            return value >= 1
        case Operator.IS_FALSE:
            return value < 1


def slow_rule_steps(rule, known):
    """The steps that the rule may add, over all the values that its fact may have."""
    span = known.values.get(FactName(rule.fact))
    if span is None:
        return {0} if FactName(rule.fact) in CALCULATED else {0, rule.step}
    tried = [span.low, span.high, (span.low + span.high) / 2]
    if rule.operand is not None:
        tried += [
            value
            for value in (rule.operand, rule.operand - Fraction(1, 1000))
            if span.low <= value <= span.high
        ]
    return {rule.step if slow_holds(rule, value) else 0 for value in tried}


def slow_shares(known):
    shares = [activity.share for activity in known.activities]
    missing = shares.count(None)
    given = sum(share for share in shares if share is not None)
    rest = Fraction(max(0, 100 - given), missing) if missing else Fraction(0)
    filled = [rest if share is None else Fraction(share) for share in shares]
    if not any(filled):
        filled = [Fraction(1)] * len(shares)
    return [share / sum(filled) for share in filled]


def slow_round(value):
    places = Decimal(value.numerator) / Decimal(value.denominator)
    return int(places.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def slow_values(known, rule_set, opportunity, criterion):
    """Every value that the criterion may end at, trying all open choices."""
    if not known.activities:
        bases = {-1, 0, 1}
    else:
        choices = [
            (-1, 1)
            if activity.cell is None
            else (rule_set.baseline[opportunity, activity.cell, criterion],)
            for activity in known.activities
        ]
        shares = slow_shares(known)
        bases = {
            slow_round(sum((s * v for s, v in zip(shares, values, strict=True)), Fraction(0)))
            for values in product(*choices)
        }
    steps = [
        slow_rule_steps(rule, known)
        for rule in rule_set.rules
        if rule.opportunity is opportunity and rule.criterion is criterion
    ]
    return {max(-1, min(1, base + sum(chosen))) for base in bases for chosen in product(*steps)}


@given(facts, rule_sets())
def test_criterion_equals_trying_every_open_choice(known, rule_set) -> None:
    for criterion in Criterion:
        ends = slow_values(known, rule_set, Opportunity.ENCLAVE, criterion)
        result = assess_criterion(known, rule_set, Opportunity.ENCLAVE, criterion)
        assert (result.low, result.high) == (min(ends), max(ends))
        assert result.value == (min(ends) if len(ends) == 1 else None)


# --- invariances ---------------------------------------------------------------


@given(facts, rule_sets(), st.randoms(use_true_random=False))
def test_order_of_rules_does_not_matter(known, rule_set, random) -> None:
    shuffled = list(rule_set.rules)
    random.shuffle(shuffled)
    again = RuleSet(rule_set.version, rule_set.baseline, tuple(shuffled))
    assert assess(known, rule_set, TODAY) == assess(known, again, TODAY)


@given(facts, rule_sets(), st.randoms(use_true_random=False))
def test_order_of_activities_does_not_matter(known, rule_set, random) -> None:
    shuffled = list(known.activities)
    random.shuffle(shuffled)
    again = replace(known, activities=tuple(shuffled))
    before, after = assess(known, rule_set, TODAY), assess(again, rule_set, TODAY)
    assert [row.values for row in before.opportunities] == [
        row.values for row in after.opportunities
    ]


def narrower(before, after):
    """Every end of ``after`` lies within ``before``: criteria and verdicts alike."""
    for wide, narrow in zip(before.criteria, after.criteria, strict=True):
        assert wide.low <= narrow.low <= narrow.high <= wide.high
    assert LEVELS.index(before.lowest_verdict) <= LEVELS.index(after.lowest_verdict)
    assert LEVELS.index(after.highest_verdict) <= LEVELS.index(before.highest_verdict)


@given(facts, rule_sets(), st.data())
def test_knowing_more_of_a_fact_only_narrows(known, rule_set, data) -> None:
    """Filled in, or narrowed to a smaller range; an outcome nobody calculated is no unknown."""
    name = data.draw(
        st.sampled_from([n for n in NAMES if n in known.values or n not in CALCULATED])
    )
    span = known.values.get(name)
    low, high = (span.low, span.high) if span else (Fraction(-3), Fraction(100))
    ends = st.fractions(low, high, max_denominator=4 * low.denominator)
    one, other = data.draw(ends), data.draw(ends)
    narrowed = known.with_values({name: Span(min(one, other), max(one, other))})
    narrower(
        assess_opportunity(known, rule_set, Opportunity.ENCLAVE),
        assess_opportunity(narrowed, rule_set, Opportunity.ENCLAVE),
    )


def directions(rule_set, opportunity):
    """+1 / -1 for facts whose rules all agree that more / less is better."""
    found: dict[str, set[int]] = {}
    for rule in rule_set.rules:
        if rule.opportunity is opportunity:
            up = rule.operator in {Operator.AT_LEAST, Operator.IS_TRUE}
            found.setdefault(rule.fact, set()).add(rule.step if up else -rule.step)
    return {FactName(fact): seen.pop() for fact, seen in found.items() if len(seen) == 1}


@given(facts, rule_sets(), st.data())
def test_improving_a_fact_never_lowers_a_verdict(known, rule_set, data) -> None:
    """Also of a fact of which only a range is known, and when the range grows with it."""
    agreed = directions(rule_set, Opportunity.ENCLAVE)
    names = sorted(agreed.keys() & known.values.keys())
    if not names:
        return
    name = data.draw(st.sampled_from(names))
    moves = st.fractions(0, 50, max_denominator=4)
    ends = [
        value + data.draw(moves) * agreed[name]
        for value in (known.values[name].low, known.values[name].high)
    ]
    better = known.with_values({name: Span(min(ends), max(ends))})
    before = assess_opportunity(known, rule_set, Opportunity.ENCLAVE)
    after = assess_opportunity(better, rule_set, Opportunity.ENCLAVE)
    assert LEVELS.index(after.lowest_verdict) >= LEVELS.index(before.lowest_verdict)
    assert LEVELS.index(after.highest_verdict) >= LEVELS.index(before.highest_verdict)


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_shipped_fact_has_one_direction_per_opportunity(edition) -> None:
    rule_set = shipped_rule_set(edition)
    for opportunity in Opportunity:
        used = {rule.fact for rule in rule_set.rules if rule.opportunity is opportunity}
        assert used == directions(rule_set, opportunity).keys(), opportunity


# --- shares and baselines ------------------------------------------------------


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ((None, None), (1, 1)),
        ((0, 0), (1, 1)),
        ((60, 40), (3, 2)),
        ((30, 20), (3, 2)),  # shares below 100 count in proportion
        ((60, None, None), (3, 1, 1)),  # the rest is divided
        ((100, None), (1, 0)),  # nothing is left to divide
    ],
)
def test_shares_become_weights(shares, expected) -> None:
    given_weights = weights(tuple(ActivityShare(None, share) for share in shares))
    total, wanted = sum(given_weights), sum(expected)
    assert [Fraction(weight, total) for weight in given_weights] == [
        Fraction(weight, wanted) for weight in expected
    ]


def test_halves_round_away_from_zero() -> None:
    assert [round_half_away(n, 2) for n in (-2, -1, 0, 1, 2)] == [-1, -1, 0, 1, 1]
    assert round_half_away(49, 100) == 0
    assert round_half_away(-50, 100) == -1


def two_cells(first, second, *, share):
    rule_set = RuleSet(
        version=1,
        baseline={
            (Opportunity.FVDT, Cell.MAAK_METAAL, Criterion.VRAAG): first,
            (Opportunity.FVDT, Cell.MAAK_HOUT, Criterion.VRAAG): second,
        },
        rules=(),
    )
    known = Facts(
        (ActivityShare(Cell.MAAK_METAAL, share), ActivityShare(Cell.MAAK_HOUT, 100 - share))
    )
    return assess_criterion(known, rule_set, Opportunity.FVDT, Criterion.VRAAG)


def test_baseline_is_the_share_weighted_mean() -> None:
    result = two_cells(1, 0, share=50)
    assert result.baseline.exact_low == Fraction(1, 2)
    assert result.value == 1
    assert two_cells(1, 0, share=49).value == 0
    assert two_cells(-1, 1, share=80).value == -1


def test_work_outside_the_study_counts_as_an_interval_at_its_share() -> None:
    rule_set = RuleSet(1, {(Opportunity.FVDT, Cell.MAAK_METAAL, Criterion.VRAAG): 1}, ())

    def with_other(share):
        known = Facts(
            (ActivityShare(Cell.MAAK_METAAL, 100 - share), ActivityShare(None, share, "groen"))
        )
        return assess_criterion(known, rule_set, Opportunity.FVDT, Criterion.VRAAG)

    small, large = with_other(20), with_other(30)
    assert (small.baseline.exact_low, small.baseline.exact_high) == (Fraction(3, 5), 1)
    assert small.value == 1
    assert large.baseline.exact_low == Fraction(2, 5)
    assert large.value is None
    assert (large.low, large.high) == (0, 1)


def test_no_activities_means_nothing_is_known() -> None:
    result = assess(Facts(), shipped_rule_set(), TODAY)
    for row in result.opportunities:
        assert row.verdict is Verdict.ONVOLLEDIG
        assert row.lowest_verdict is Verdict.LAAG


# --- rules ----------------------------------------------------------------------


def rule(operator, operand=None, step=1):
    return Rule("r", Opportunity.FVDT, Criterion.FIT, "readiness_mean", operator, operand, step)


@pytest.mark.parametrize(
    ("operator", "low", "high", "state"),
    [
        (Operator.AT_LEAST, 3, 4, RuleState.FIRED),
        (Operator.AT_LEAST, 2, 3, RuleState.MISSING),
        (Operator.AT_LEAST, 1, 2, RuleState.NOT_FIRED),
        (Operator.AT_MOST, 1, 3, RuleState.FIRED),
        (Operator.AT_MOST, 3, 4, RuleState.MISSING),
        (Operator.AT_MOST, 4, 5, RuleState.NOT_FIRED),
        (Operator.IS_TRUE, 1, 1, RuleState.FIRED),
        (Operator.IS_TRUE, 0, 0, RuleState.NOT_FIRED),
        (Operator.IS_FALSE, 0, 0, RuleState.FIRED),
        (Operator.IS_FALSE, 1, 1, RuleState.NOT_FIRED),
        (Operator.IS_FALSE, 0, 1, RuleState.MISSING),
    ],
)
def test_a_rule_fires_only_when_its_condition_is_sure(operator, low, high, state) -> None:
    operand = Fraction(3) if operator in {Operator.AT_LEAST, Operator.AT_MOST} else None
    assert rule(operator, operand).state(Span(Fraction(low), Fraction(high))) is state


def test_a_rule_without_its_fact_is_missing() -> None:
    assert rule(Operator.AT_LEAST, Fraction(3)).state(None) is RuleState.MISSING


def test_a_calculation_that_nobody_made_is_not_asked_and_leaves_the_criterion_known() -> None:
    asks = Rule("r", Opportunity.FVDT, Criterion.FIT, "payback_years", Operator.AT_MOST, TWO, 1)
    rule_set = RuleSet(1, {(Opportunity.FVDT, Cell.MAAK_METAAL, Criterion.FIT): 0}, (asks,))
    known = Facts((ActivityShare(Cell.MAAK_METAAL, 100),))
    result = assess_criterion(known, rule_set, Opportunity.FVDT, Criterion.FIT)
    assert (result.value, result.rules[0].state) == (0, RuleState.NOT_ASKED)
    calculated = known.with_values({FactName.PAYBACK_YEARS: exact(2)})
    result = assess_criterion(calculated, rule_set, Opportunity.FVDT, Criterion.FIT)
    assert (result.value, result.rules[0].state) == (1, RuleState.FIRED)


def test_a_missing_rule_that_cannot_matter_leaves_the_criterion_known() -> None:
    rule_set = RuleSet(
        1,
        {(Opportunity.FVDT, Cell.MAAK_METAAL, Criterion.FIT): 1},
        (rule(Operator.AT_LEAST, Fraction(3)),),
    )
    known = Facts((ActivityShare(Cell.MAAK_METAAL, 100),))
    result = assess_criterion(known, rule_set, Opportunity.FVDT, Criterion.FIT)
    assert result.value == 1
    assert result.rules[0].state is RuleState.MISSING


def test_a_fact_that_nobody_knows_of_stays_missing() -> None:
    odd = replace(rule(Operator.AT_LEAST, Fraction(3)), fact="moon_phase")
    rule_set = RuleSet(1, {(Opportunity.FVDT, Cell.MAAK_METAAL, Criterion.FIT): 0}, (odd,))
    known = Facts((ActivityShare(Cell.MAAK_METAAL, 100),))
    assert assess_criterion(known, rule_set, Opportunity.FVDT, Criterion.FIT).value is None


def test_steps_add_up_and_are_cut() -> None:
    up = rule(Operator.AT_LEAST, Fraction(3))
    rule_set = RuleSet(
        1,
        {(Opportunity.FVDT, Cell.MAAK_METAAL, Criterion.FIT): -1},
        (up, replace(up, slug="r2", operand=Fraction(2))),
    )
    known = Facts((ActivityShare(Cell.MAAK_METAAL, 100),), {FactName.READINESS_MEAN: exact(4)})
    assert assess_criterion(known, rule_set, Opportunity.FVDT, Criterion.FIT).value == 1
    halfway = known.with_values({FactName.READINESS_MEAN: exact(2)})
    assert assess_criterion(halfway, rule_set, Opportunity.FVDT, Criterion.FIT).value == 0


def test_a_span_knows_its_order() -> None:
    with pytest.raises(ValueError, match="lowest value first"):
        Span(Fraction(2), Fraction(1))


def test_old_workforce_figures_are_called_outdated() -> None:
    rule_set = shipped_rule_set()
    assert not assess(Facts(workforce_year=2024), rule_set, TODAY).workforce_outdated
    assert assess(Facts(workforce_year=2023), rule_set, TODAY).workforce_outdated
    assert not assess(Facts(), rule_set, TODAY).workforce_outdated
