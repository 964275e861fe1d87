"""What is cut off, and how much is left."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from assessments.dashboards.board_report.limits import ELLIPSIS, LIMITS, first, shortened


@given(st.text(), st.integers(2, 60))
def test_a_shortened_text_fits_and_begins_as_the_whole_one(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= most
    if len(text) <= most:
        assert short == text
    else:
        assert short.endswith(ELLIPSIS)
        assert text.startswith(short.removesuffix(ELLIPSIS))


def test_it_ends_at_a_word_and_without_a_comma() -> None:
    assert shortened("Een machine, die veel kan", 15) == "Een machine…"
    assert shortened("onafgebrokenwoord", 8) == "onafgeb…"


@given(st.lists(st.integers()), st.integers(0, 10))
def test_shown_and_left_out_are_all(items: list[int], most: int) -> None:
    shown, left = first(items, most)
    assert list(shown) == items[:most]
    assert len(shown) + left == len(items)


def test_each_next_limit_shows_less() -> None:
    for more, less in itertools.pairwise(LIMITS):
        for name in ("reasons", "ways", "questions", "signs", "steps", "matches", "text"):
            assert getattr(less, name) <= getattr(more, name)
        assert less.text < more.text
        assert less.remark < more.remark
