"""How much a report shows, so that the fullest company still fits four pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

FEWEST_PAGES: Final = 2
MOST_PAGES: Final = 4
ELLIPSIS: Final = "…"
# A name can be as long as a paragraph; the whole one stands in the portal.
LONGEST_NAME: Final = 120

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """The most of each that is shown: items of a list, rows of a table, signs of a text."""

    reasons: int
    ways: int
    questions: int
    signs: int
    steps: int
    matches: int
    text: int
    remark: int


# The first that fits is used; the last one always does.
LIMITS: Final = (
    Limits(reasons=5, ways=3, questions=4, signs=2, steps=6, matches=6, text=320, remark=900),
    Limits(reasons=3, ways=2, questions=3, signs=1, steps=5, matches=5, text=220, remark=500),
    Limits(reasons=2, ways=1, questions=2, signs=1, steps=4, matches=4, text=140, remark=240),
    Limits(reasons=1, ways=1, questions=1, signs=0, steps=3, matches=3, text=80, remark=120),
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
