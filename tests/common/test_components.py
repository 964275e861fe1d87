"""What components make of the values that rooms give them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.common import components
from portal.common.charts.bars import Row
from portal.common.charts.radar import Series
from portal.common.components import Contribution, Kind


@pytest.mark.parametrize(
    ("language", "value", "decimals", "text"),
    [
        ("nl", 1234567.891, 1, "1.234.567,9"),
        ("en", 1234567.891, 1, "1,234,567.9"),
        ("nl", 0.25, 1, "0,3"),
        ("nl", 11.25, None, "11,25"),
        ("nl", 12.0, None, "12"),
        ("nl", 120, None, "120"),
        ("nl", 1200, None, "1.200"),
        ("nl", Decimal("2.50"), None, "2,5"),
        ("nl", -3.5, 0, "-4"),
        ("nl", None, 1, "–"),
    ],
)
def test_numbers_are_written_as_the_language_does(language, value, decimals, text):
    with translation.override(language):
        assert components.localised(value, decimals) == text


@given(
    st.lists(st.integers(0, 400_000), min_size=1, max_size=8),
    st.integers(0, 3),
)
def test_shown_parts_add_up_to_the_shown_total(millionths, decimals):
    parts = [Decimal(value).scaleb(-4) for value in millionths]
    shown = components.parts_adding_up(parts, sum(parts), decimals)
    unit = Decimal(1).scaleb(-decimals)
    total = sum(parts).quantize(unit, "ROUND_HALF_UP")
    assert sum(shown) == total
    assert all(abs(a - b) < unit for a, b in zip(parts, shown, strict=True))


def test_the_worked_pair_adds_up_as_shown():
    shown = components.parts_adding_up([18.9, 12, 11.25, 10, 12.75, 1.5], 66.4, 1)
    assert sum(shown) == Decimal("66.4")


def test_parts_that_are_not_the_total_are_refused():
    with pytest.raises(ValueError, match="add up to"):
        components.parts_adding_up([10, 20], 66.4, 1)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("failed", Kind.DANGER),
        ("error", Kind.DANGER),
        ("published", Kind.SUCCESS),
        ("extra warning", Kind.WARNING),
        ("whatever", Kind.NEUTRAL),
        ("", Kind.NEUTRAL),
    ],
)
def test_status_words_have_a_tone(word, kind):
    assert components.kind_of(word) is kind


def test_series_and_rows_may_be_given_in_short():
    assert components.series_from([("a", [1, None])]) == [Series("a", [1.0, None], [], [])]
    assert components.rows_from([("a", 2), ("b", 3, "three"), Row("c", None)], None) == [
        Row("a", 2.0, "2"),
        Row("b", 3.0, "three"),
        Row("c", None, "–"),
    ]


def test_contributions_may_be_given_in_short():
    assert components.contributions_from(
        [("a", 1), {"label": "b", "value": 2, "detail": "x"}, Contribution("c", 3)]
    ) == [Contribution("a", 1), Contribution("b", 2, "x"), Contribution("c", 3)]


def test_pairs_come_from_a_mapping_or_a_sequence():
    assert components.pairs_from({"a": 1}) == components.pairs_from([("a", 1)]) == [("a", 1)]


def test_keys_tell_contents_apart():
    assert components.key_of("a", "b") == components.key_of("a", "b")
    assert components.key_of("a", "b") != components.key_of("ab", "")
