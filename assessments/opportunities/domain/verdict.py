"""The verdict over four criteria, each with what it can still become.

Reading of the sector study (2018, chapter "Kwalitatieve inschaling van potentieel"),
whose rule for LAAG is printed with "en/of": *none favourable and at least one
unfavourable*. A criterion is a range (low, high) of the values -1 (unfavourable), 0
(neutral) and +1 (favourable); a known one has equal ends. See decision 14.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from portal.common.vocabulary import Verdict

FAVOURABLE: Final = 1
NEUTRAL: Final = 0
UNFAVOURABLE: Final = -1

Range = tuple[int, int]
SURELY_FAVOURABLE: Final[Range] = (FAVOURABLE, FAVOURABLE)
ANYTHING: Final[Range] = (UNFAVOURABLE, FAVOURABLE)

# From the worst to the best; ONVOLLEDIG is no level.
LEVELS: Final = (Verdict.LAAG, Verdict.GEMIDDELD, Verdict.HOOG)


def complete_verdict(values: Sequence[int]) -> Verdict:
    """Verdict when every criterion is known."""
    if all(value == FAVOURABLE for value in values):
        return Verdict.HOOG
    if FAVOURABLE not in values and UNFAVOURABLE in values:
        return Verdict.LAAG
    return Verdict.GEMIDDELD


def verdict(ranges: Iterable[Range]) -> Verdict:
    """The one verdict that every completion within the ranges gives, or ONVOLLEDIG."""
    known = tuple(ranges)
    lowest = lowest_verdict(known)
    return lowest if lowest is highest_verdict(known) else Verdict.ONVOLLEDIG


# A better criterion never lowers a verdict, so the ends of the ranges give its ends.
def lowest_verdict(ranges: Iterable[Range]) -> Verdict:
    """The lowest verdict still possible; equals the verdict when that is known."""
    return complete_verdict([low for low, _ in ranges])


def highest_verdict(ranges: Iterable[Range]) -> Verdict:
    """The highest verdict still possible; equals the verdict when that is known."""
    return complete_verdict([high for _, high in ranges])


def next_level(level: Verdict) -> Verdict | None:
    """The level above ``level``; ``None`` above HOOG."""
    position = LEVELS.index(level)
    return LEVELS[position + 1] if position + 1 < len(LEVELS) else None
