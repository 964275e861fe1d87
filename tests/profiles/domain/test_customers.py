"""Dependence on few customers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.profiles.domain.customers import concentration


def listed_with_rest(most: int) -> st.SearchStrategy[list[int]]:
    """Shares of which at most ``most`` percent is not listed."""
    return st.integers(0, most).flatmap(
        lambda rest: st.lists(st.integers(0, 100 - rest), max_size=8).map(
            lambda cuts: [high - low for low, high in pairwise([0, *sorted(cuts), 100 - rest])]
        )
    )


SHARES = listed_with_rest(100)
# So little is not listed that every way to divide it can be tried.
NEARLY_ALL = listed_with_rest(12)


def divisions(total: int, most: int) -> Iterator[list[int]]:
    """Every way to divide ``total`` over customers of at most ``most`` percent each."""
    if total == 0:
        yield []
    for first in range(min(total, most), 0, -1):
        for others in divisions(total - first, first):
            yield [first, *others]


def test_no_customers_no_figure() -> None:
    assert concentration([]) is None


def test_by_hand() -> None:
    figures = concentration([10, 40, 20, 5])
    assert figures is not None
    assert (figures.largest, figures.top_three, figures.listed, figures.others) == (40, 70, 75, 25)
    assert (figures.largest_highest, figures.top_three_highest) == (40, 85)
    assert figures.herfindahl == 100 + 1600 + 400 + 25
    assert figures.herfindahl_highest == figures.herfindahl + 625
    assert figures.is_dependent


def test_many_small_customers_are_no_dependence() -> None:
    figures = concentration([10] * 10)
    assert figures is not None
    assert not figures.is_dependent
    assert not figures.may_be_dependent


def test_what_is_not_listed_may_be_one_large_customer() -> None:
    figures = concentration([10])
    assert figures is not None
    assert not figures.is_dependent
    assert figures.may_be_dependent
    assert figures.largest_highest == 90


@pytest.mark.parametrize(("shares", "warns"), [([30], True), ([29], False), ([20] * 3, True)])
def test_from_where_it_warns(shares: list[int], warns: bool) -> None:
    figures = concentration([*shares, *[1] * (100 - sum(shares))])
    assert figures is not None
    assert figures.is_dependent is warns


@given(SHARES)
def test_bounds_and_order(shares: list[int]) -> None:
    figures = concentration(shares)
    assert figures is not None
    assert 0 <= figures.largest <= figures.top_three <= figures.listed <= 100
    assert figures.largest**2 <= figures.herfindahl <= figures.largest * figures.listed
    assert figures.herfindahl <= figures.herfindahl_highest <= 10_000
    assert figures == concentration(shares[::-1])


@given(NEARLY_ALL)
def test_ranges_hold_for_every_way_to_divide_the_rest(shares: list[int]) -> None:
    figures = concentration(shares)
    assert figures is not None
    rest = 100 - sum(shares)
    seen: dict[str, list[int]] = {"largest": [], "top_three": [], "herfindahl": []}
    for others in divisions(rest, rest):
        whole = sorted(shares + others, reverse=True)
        seen["largest"].append(whole[0])
        seen["top_three"].append(sum(whole[:3]))
        seen["herfindahl"].append(sum(share**2 for share in whole))
    for name, values in seen.items():
        assert getattr(figures, name) <= min(values)
        assert max(values) == getattr(figures, f"{name}_highest")


@given(SHARES, st.integers(1, 10_000))
def test_the_lowest_is_what_ever_smaller_customers_come_to(shares: list[int], count: int) -> None:
    figures = concentration(shares)
    assert figures is not None
    each = Fraction(figures.others, count)
    above = sum(Fraction(share) ** 2 for share in shares) + count * each**2 - figures.herfindahl
    assert 0 <= above <= Fraction(100**2, count)
