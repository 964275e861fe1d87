"""Planned steps as plain values: days, fingerprints, and what became of a level."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.readiness.domain.planning import (
    StepOutcome,
    StepPlan,
    StepState,
    day_fits,
    latest_day,
    outcome_of,
    step_fingerprint,
    targets_above,
)

LEVELS = st.integers(1, 5)
DAYS = st.dates(date(2020, 1, 1), date(2080, 12, 31))
PLANS = st.builds(
    StepPlan,
    owner_id=st.integers(1, 99),
    due_on=DAYS,
    target_level=st.integers(2, 5),
    remark=st.text(max_size=20),
)


@given(PLANS, PLANS, st.sampled_from(StepState), st.sampled_from(StepState))
def test_the_fingerprint_tells_any_difference(
    first: StepPlan, second: StepPlan, one: StepState, other: StepState
) -> None:
    same = (first, one) == (second, other)
    assert (step_fingerprint(first, one) == step_fingerprint(second, other)) is same


def test_the_fingerprint_tells_each_single_change() -> None:
    plan = StepPlan(owner_id=1, due_on=date(2027, 1, 1), target_level=3)
    others = [
        replace(plan, owner_id=2),
        replace(plan, due_on=date(2027, 1, 2)),
        replace(plan, target_level=4),
        replace(plan, remark="x"),
    ]
    words = {step_fingerprint(one, StepState.PLANNED) for one in [plan, *others]}
    assert len(words | {step_fingerprint(plan, StepState.DONE)}) == 6


@given(DAYS, st.integers(-5000, 5000))
def test_a_day_fits_from_today_on_for_ten_years(today: date, distance: int) -> None:
    due = today + timedelta(days=distance)
    # Counted the slow way: the tenth anniversary, or the day before where there is none.
    years = [today + timedelta(days=days) for days in range(3650, 3654)]
    tenth = [d for d in years if d.year == today.year + 10 and d.month == today.month]
    last = max(d for d in tenth if d.day <= today.day)
    assert day_fits(due, today=today) is (today <= due <= last)


def test_a_leap_day_and_an_agreed_day() -> None:
    leap = date(2028, 2, 29)
    assert latest_day(leap) == date(2038, 2, 28)
    past = date(2027, 3, 1)
    assert not day_fits(past, today=leap)
    assert day_fits(past, today=leap, agreed=past)
    assert not day_fits(past - timedelta(days=1), today=leap, agreed=past)


@pytest.mark.parametrize(
    ("then", "now", "target", "outcome"),
    [
        (2, 4, 4, StepOutcome.REACHED),
        (2, 5, 4, StepOutcome.REACHED),
        (2, 3, 4, StepOutcome.CLOSER),
        (2, 2, 4, StepOutcome.SAME),
        (3, 2, 4, StepOutcome.LOWER),
        (None, 4, 4, StepOutcome.REACHED),
        (None, 3, 4, None),
        (2, None, 4, None),
        (None, None, 4, None),
    ],
)
def test_what_became_of_it(
    then: int | None, now: int | None, target: int, outcome: StepOutcome | None
) -> None:
    assert outcome_of(then=then, now=now, target=target) is outcome


@given(LEVELS, LEVELS, LEVELS, st.integers(2, 5))
def test_a_higher_level_is_never_a_worse_outcome(
    then: int, lower: int, higher: int, target: int
) -> None:
    order = list(StepOutcome)
    lower, higher = sorted((lower, higher))
    worse = outcome_of(then=then, now=lower, target=target)
    better = outcome_of(then=then, now=higher, target=target)
    assert worse is not None
    assert better is not None
    assert order.index(worse) <= order.index(better)


@given(LEVELS)
def test_targets_are_the_levels_above(level: int) -> None:
    assert list(targets_above(level)) == [n for n in range(1, 6) if n > level]
