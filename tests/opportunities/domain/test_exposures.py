"""Exposure to threats and trends, against trying every open sign."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from assessments.opportunities.domain.exposures import (
    ExposureLevel,
    Sign,
    Subject,
    SubjectKind,
    exposures,
)
from assessments.opportunities.domain.facts import FactName, Facts, Span
from assessments.opportunities.domain.rules import Operator, RuleState
from tests.opportunities.domain.strategies import NAMES, exact, fact_names, facts, numbers

LEVELS = (ExposureLevel.LOW, ExposureLevel.MIDDLE, ExposureLevel.HIGH)


@st.composite
def signs(draw):
    operator = draw(st.sampled_from(list(Operator)))
    compares = operator in {Operator.AT_LEAST, Operator.AT_MOST}
    operand = draw(numbers) if compares else None
    return Sign(draw(fact_names), operator, operand, draw(st.sampled_from([-1, 1])))


subjects = st.builds(
    Subject, slug=st.just("s"), kind=st.just(SubjectKind.THREAT), signs=st.lists(signs()).map(tuple)
)


def slow_levels(found):
    """The levels that are still possible, trying each open sign both ways."""
    choices = [
        {
            RuleState.FIRED: (item.sign.step,),
            RuleState.MISSING: (0, item.sign.step),
            RuleState.NOT_FIRED: (0,),
            RuleState.NOT_ASKED: (0,),
        }[item.state]
        for item in found.signs
    ]
    return {LEVELS[max(0, min(2, sum(chosen)))] for chosen in product(*choices)}


@given(facts, subjects)
def test_a_level_is_known_when_no_open_sign_can_change_it(known, subject) -> None:
    (found,) = exposures(known, [subject])
    possible = sorted(slow_levels(found), key=LEVELS.index)
    assert (found.lowest, found.highest) == (possible[0], possible[-1])
    assert found.level is (possible[0] if len(possible) == 1 else ExposureLevel.UNKNOWN)


@given(facts, subjects, st.data())
def test_knowing_more_only_narrows(known, subject, data) -> None:
    name = data.draw(st.sampled_from(NAMES[:6]))
    span = known.values.get(name, Span(Fraction(-3), Fraction(100)))
    value = data.draw(st.fractions(span.low, span.high, max_denominator=16))
    (before,) = exposures(known, [subject])
    (after,) = exposures(known.with_values({name: exact(value)}), [subject])
    assert LEVELS.index(before.lowest) <= LEVELS.index(after.lowest)
    assert LEVELS.index(after.highest) <= LEVELS.index(before.highest)


@given(facts, subjects, st.randoms(use_true_random=False))
def test_the_order_of_signs_does_not_matter(known, subject, random) -> None:
    shuffled = list(subject.signs)
    random.shuffle(shuffled)
    again = Subject(subject.slug, subject.kind, tuple(shuffled))
    (before,), (after,) = exposures(known, [subject]), exposures(known, [again])
    assert (before.lowest, before.highest) == (after.lowest, after.highest)


def test_an_outcome_nobody_calculated_leaves_the_level_known() -> None:
    asks = Sign(FactName.PAYBACK_YEARS, Operator.AT_LEAST, Fraction(8), 1)
    subject = Subject("s", SubjectKind.THREAT, (asks,))
    (found,) = exposures(Facts(), [subject])
    assert (found.level, found.signs[0].state) == (ExposureLevel.LOW, RuleState.NOT_ASKED)
    (found,) = exposures(Facts(values={FactName.PAYBACK_YEARS: exact(9)}), [subject])
    assert found.level is ExposureLevel.MIDDLE
