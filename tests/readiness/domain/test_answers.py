"""Answers as plain values, and two people who type at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.readiness.domain.answers import (
    AnswerKind,
    Entry,
    MergeOutcome,
    Response,
    fingerprint,
    merge,
)

CODES = ["1", "2", "3", "4", "5", "na", "unknown"]
entries = st.builds(
    Entry,
    st.sampled_from(CODES).map(Response.from_code),
    st.sampled_from(["", "nota", "nota 2"]),
    st.sampled_from(["", "nota"]),
    st.sampled_from([None, 1, 2]),
)
maybe = st.one_of(st.none(), entries)


@pytest.mark.parametrize("code", CODES)
def test_a_code_reads_back_as_it_was_written(code: str) -> None:
    assert Response.from_code(code).code == code


@pytest.mark.parametrize("code", ["0", "6", "level", "", "drie", "²", "-1"])
def test_other_words_are_no_answer(code: str) -> None:
    with pytest.raises(ValueError):
        Response.from_code(code)


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        (AnswerKind.LEVEL, None),
        (AnswerKind.LEVEL, 0),
        (AnswerKind.LEVEL, 6),
        (AnswerKind.UNKNOWN, 3),
        (AnswerKind.NOT_APPLICABLE, 1),
    ],
)
def test_level_and_kind_fit_together(kind: AnswerKind, level: int | None) -> None:
    with pytest.raises(ValueError):
        Response(kind, level)


@given(maybe, maybe)
def test_a_fingerprint_tells_entries_apart(one: Entry | None, other: Entry | None) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (one == other)


@given(maybe, maybe, maybe)
def test_merging_is_the_three_way_rule(
    base: Entry | None, stored: Entry | None, typed: Entry | None
) -> None:
    outcome = merge(seen=fingerprint(base), stored=stored, typed=typed)
    if typed in (base, stored):
        assert outcome is MergeOutcome.KEEP
    elif stored == base:
        assert outcome is MergeOutcome.WRITE
    else:
        assert outcome is MergeOutcome.CONFLICT
