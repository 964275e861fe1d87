"""How much a report shows, so that the fullest company still fits four pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

FEWEST_PAGES: Final = 2
MOST_PAGES: Final = 4
ELLIPSIS: Final = "…"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """The most of each that is shown: items of a list, rows of a table, signs of a text.

    ``reasons`` for and as many against a verdict; ``signs`` of a threat (0 leaves the column
    out); ``text`` of one item, ``remark`` of what an adviser wrote, ``name`` of anybody.
    Without ``modules`` their chart is left out; their scores stand in the table beside it.
    """

    reasons: int
    ways: int
    questions: int
    signs: int
    steps: int
    matches: int
    text: int
    remark: int
    name: int
    modules: bool = True


# The first that fits is used; the last one always does.
LIMITS: Final = (
    Limits(5, 3, 4, signs=2, steps=6, matches=6, text=320, remark=900, name=120),
    Limits(3, 2, 3, signs=1, steps=5, matches=5, text=220, remark=500, name=100),
    Limits(2, 1, 2, signs=1, steps=4, matches=4, text=140, remark=240, name=80),
    Limits(1, 1, 1, signs=0, steps=2, matches=2, text=70, remark=100, name=40, modules=False),
)


def shortened(text: str, most: int) -> str:
    """The text, or its beginning up to a whole word with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    at_word = cut.rsplit(" ", 1)[0]
    # A first word that fills it all is cut in its middle.
    kept = at_word if len(at_word) > most // 2 else cut
    return kept.rstrip(" ,;:.-–") + ELLIPSIS


def first(items: Sequence[T], most: int) -> tuple[tuple[T, ...], int]:
    """The first ones, and how many are left out."""
    return tuple(items[:most]), max(0, len(items) - most)
