"""Dependence on few customers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companies.profiles.domain.customers import concentration


def test_no_customers_no_figure() -> None:
    assert concentration([]) is None


def test_by_hand() -> None:
    figures = concentration([10, 40, 20, 5])
    assert figures is not None
    assert (figures.largest, figures.top_three, figures.listed, figures.others) == (40, 70, 75, 25)
    assert figures.herfindahl == 100 + 1600 + 400 + 25
    assert figures.is_dependent


def test_many_small_customers_are_no_dependence() -> None:
    figures = concentration([10] * 10)
    assert figures is not None
    assert not figures.is_dependent


@given(st.lists(st.integers(0, 100), min_size=1).filter(lambda shares: sum(shares) <= 100))
def test_bounds_and_order(shares: list[int]) -> None:
    figures = concentration(shares)
    assert figures is not None
    assert 0 <= figures.largest <= figures.top_three <= figures.listed <= 100
    assert figures.largest**2 <= figures.herfindahl <= figures.largest * figures.listed
    assert figures == concentration(shares[::-1])
