"""How much of the turnover a trait of the work touches."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companies.profiles.domain.exposure import exposure

PARTS = st.lists(st.tuples(st.none() | st.integers(0, 16), st.none() | st.booleans()), max_size=6)


def test_by_hand() -> None:
    figures = exposure([(40, True), (30, False), (10, None), (None, True)])
    assert (figures.share, figures.unknown, figures.highest) == (40, 30, 70)


def test_nothing_told_nothing_known() -> None:
    assert exposure([]).unknown == 100
    assert exposure([(100, None)]).unknown == 100


@given(PARTS)
def test_percent_by_percent(parts: list[tuple[int | None, bool | None]]) -> None:
    """A slow reference: every percent of turnover is touched, not touched or not known."""
    percents: list[bool | None] = [None] * 100
    place = 0
    for share, has in parts:
        for _ in range(share or 0):
            percents[place] = has
            place += 1
    figures = exposure(parts)
    assert figures.share == sum(1 for has in percents if has)
    assert figures.unknown == sum(1 for has in percents if has is None)
