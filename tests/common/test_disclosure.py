"""No figure, and no difference of figures, points at one company."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.common.disclosure import Figure, Reason, pooled, protect, sensitive


def even(companies: int, count: int = 10, first: int = 0) -> dict[int, int]:
    return {first + number: count for number in range(companies)}


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({}, None),
        (even(4), Reason.FEW),
        (even(5), None),
        ({**even(4), 99: 0}, Reason.FEW),  # four stand behind it, one says "none"
        (even(5, count=0), None),
        (even(4, count=0), Reason.FEW),
        ({**even(4, count=1), 99: 16}, None),  # exactly 80 %
        ({**even(4, count=1), 99: 17}, Reason.DOMINATED),
    ],
)
def test_when_a_figure_says_too_much(counts, reason):
    assert sensitive(counts) is reason


def test_a_count_below_zero_is_a_mistake():
    with pytest.raises(ValueError, match="below 0"):
        sensitive({1: -1})


def test_a_row_without_sensitive_cells_is_shown_whole():
    row = protect({"a": even(5), "b": even(6)})
    assert row.cells == {"a": Figure(50), "b": Figure(60)}
    assert row.total == Figure(110)


def test_one_missing_cell_takes_the_smallest_other_one_along():
    row = protect({"few": even(2), "big": even(9), "small": even(5, first=20)})
    assert row.cells["few"] == Figure(None, Reason.FEW)
    assert row.cells["small"] == Figure(None, Reason.SECONDARY)
    assert row.cells["big"] == Figure(90)
    assert row.total == Figure(110 + 50)


def test_when_nothing_can_hide_it_the_total_goes():
    row = protect({"few": even(2), "none": even(7, count=0)})
    assert row.cells["few"].value is None
    assert row.cells["none"] == Figure(0)
    assert not row.total.is_shown


def test_an_empty_table_is_zero():
    assert protect({}).total == Figure(0)
    assert protect({"a": {}}).cells["a"] == Figure(0)


rows = st.dictionaries(
    st.sampled_from("abcdef"),
    st.dictionaries(st.integers(0, 11), st.integers(0, 40), max_size=12),
    max_size=6,
)


def points_at_somebody(counts: Mapping[int, int]) -> bool:
    """The rule once more, slowly: nobody, all zero, or five companies and none above 80 %."""
    if not counts:
        return False
    present = sorted(count for count in counts.values() if count)
    if not present:
        return len(counts) < 5
    return len(present) < 5 or present[-1] * 100 > 80 * sum(present)


@given(rows)
def test_whatever_can_be_worked_out_points_at_nobody(cells):
    row = protect(cells)
    for key, figure in row.cells.items():
        if figure.is_shown:
            assert not points_at_somebody(cells[key])
            assert figure.value == sum(cells[key].values())
    hidden = pooled([cells[key] for key, figure in row.cells.items() if not figure.is_shown])
    if row.total.is_shown:
        assert row.total.value == sum(sum(counts.values()) for counts in cells.values())
        # Anybody can subtract what is shown from the total.
        assert not points_at_somebody(hidden)
        assert sum(not figure.is_shown for figure in row.cells.values()) != 1


@given(rows)
def test_nothing_is_left_out_without_need(cells):
    row = protect(cells)
    if not any(points_at_somebody(counts) for counts in cells.values()):
        assert all(figure.is_shown for figure in row.cells.values())


@given(rows, st.randoms(use_true_random=False))
def test_companies_have_no_order(cells, random):
    shuffled = {}
    for key, counts in cells.items():
        items = list(counts.items())
        random.shuffle(items)
        shuffled[key] = dict(items)
    assert protect(shuffled) == protect(cells)
