"""Values in words, in Dutch and English."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.utils import translation

from assessments.opportunities import words
from assessments.opportunities.domain.facts import FactName, Span, Unit
from assessments.opportunities.domain.rules import Operator
from portal.common.vocabulary import Criterion


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Fraction(45), Unit.PERCENT, "45%"),
        (Fraction(100, 3), Unit.PERCENT, "33.3%"),
        (Fraction(7, 4), Unit.LEVEL, "level 1.75"),
        (Fraction(-2, 5), Unit.FTE, "-0.4 FTE"),
        (Fraction(1), Unit.PLACES, "1 place"),
        (Fraction(6), Unit.PLACES, "6 places"),
        (Fraction(3), Unit.COUNT, "3"),
        (Fraction(1), Unit.YEARS, "1 year"),
        (Fraction(7, 2), Unit.YEARS, "3.5 years"),
        (Fraction(1), Unit.YES_NO, "yes"),
        (Fraction(0), Unit.YES_NO, "no"),
    ],
)
def test_amounts_have_their_unit(value, unit, text) -> None:
    assert words.amount(value, unit) == text


def test_a_range_is_said_as_a_range() -> None:
    span = Span(Fraction(20), Fraction(60))
    assert words.span_in_words(FactName.CUSTOM_WORK_SHARE, span) == "between 20% and 60%"
    assert words.span_in_words(FactName.CUSTOM_WORK_SHARE, None) == "not known yet"
    maybe = Span(Fraction(0), Fraction(1))
    assert words.span_in_words(FactName.SALES_SKILLS, maybe) == "not known yet"


def test_conditions_name_their_threshold_exactly() -> None:
    at_most = words.condition(FactName.READINESS_WCMT, Operator.AT_MOST, Fraction(7, 4))
    assert at_most == "at most level 1.75"
    assert words.condition(FactName.SALES_SKILLS, Operator.IS_TRUE, None) == "yes"
    assert words.condition(FactName.SALES_SKILLS, Operator.IS_FALSE, None) == "no"


def test_why_groups_criteria_in_one_reading() -> None:
    ranges = dict(zip(Criterion, ((1, 1), (-1, -1), (0, 0), (-1, 1)), strict=True))
    assert words.why(ranges) == (
        "Favourable: demand from the market. Unfavourable: investment needed. "
        "Neutral: fit with competences. Not known yet: local tie."
    )
    assert words.range_in_words(ranges) == ""


def test_what_is_half_known_is_said_as_far_as_it_goes() -> None:
    ranges = dict(zip(Criterion, ((1, 1), (-1, 0), (0, 1), (1, 1)), strict=True))
    assert words.why(ranges) == (
        "Favourable: demand from the market and local tie. "
        "Neutral or favourable: fit with competences. "
        "Unfavourable or neutral: investment needed."
    )
    assert words.range_word((0, 1)).text == "neutral or favourable"
    assert words.range_in_words({Criterion.FIT: (0, 1)}) == (
        "This can still become medium to high."
    )
    assert words.span_in_words(FactName.PAYBACK_YEARS, None) == "not calculated yet"


def test_other_work_keeps_the_words_of_the_company() -> None:
    assert words.activity_name(None, "Groenonderhoud") == "Groenonderhoud"
    assert words.activity_name(None, "") == "Other work"
