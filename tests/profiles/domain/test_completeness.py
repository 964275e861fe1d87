"""What is filled in and what is missing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.profiles.domain.completeness import (
    NONE_POSSIBLE,
    Part,
    completeness,
    is_stale,
)

ROWS = st.dictionaries(st.sampled_from(Part), st.integers(0, 3))
CONFIRMED = st.sets(st.sampled_from(Part))


def test_nothing_yet() -> None:
    empty = completeness(dict.fromkeys(Part, 0))
    assert empty.missing == tuple(Part)
    assert not empty.is_complete


def test_missing_parts_keep_their_order() -> None:
    half = completeness({Part.CUSTOMERS: 0, Part.OFFERS: 1, Part.ACTIVITIES: 0})
    assert half.missing == (Part.ACTIVITIES, Part.CUSTOMERS)


def test_none_is_an_answer_for_some_parts_only() -> None:
    said = completeness(dict.fromkeys(Part, 0), confirmed=list(Part))
    assert said.done == NONE_POSSIBLE
    assert Part.ACTIVITIES in said.missing


@given(ROWS, CONFIRMED)
def test_complete_is_every_asked_part_answered(rows: dict[Part, int], said: set[Part]) -> None:
    known = completeness(rows, confirmed=said)
    answered = []
    for part, count in rows.items():
        has_rows = count > 0
        is_none = part in said and part.value in {"competences", "equipment", "current_work"}
        answered.append(has_rows or is_none)
    assert known.is_complete == all(answered)
    assert set(known.missing) | known.done == set(rows)


@pytest.mark.parametrize(("today", "stale"), [(date(2026, 3, 1), False), (date(2026, 3, 2), True)])
def test_a_year_later_a_part_is_asked_again(today: date, stale: bool) -> None:
    assert is_stale(date(2025, 3, 1), today=today) is stale
