"""The verdict over four criteria, unknown ones included.

Reading of the sector study (2018, chapter "Kwalitatieve inschaling van potentieel"),
whose rule for LAAG is printed with "en/of": *none favourable and at least one
unfavourable*. A criterion is +1 (favourable), 0 (neutral), -1 (unfavourable) or
``None`` (unknown).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Final

from portal.common.vocabulary import Verdict

FAVOURABLE: Final = 1
NEUTRAL: Final = 0
UNFAVOURABLE: Final = -1
VALUES: Final = (UNFAVOURABLE, NEUTRAL, FAVOURABLE)

# From the worst to the best; ONVOLLEDIG is no level.
LEVELS: Final = (Verdict.LAAG, Verdict.GEMIDDELD, Verdict.HOOG)


def complete_verdict(values: Sequence[int]) -> Verdict:
    """Verdict when every criterion is known."""
    if all(value == FAVOURABLE for value in values):
        return Verdict.HOOG
    if FAVOURABLE not in values and UNFAVOURABLE in values:
        return Verdict.LAAG
    return Verdict.GEMIDDELD


@cache
def possible_verdicts(values: tuple[int | None, ...]) -> tuple[Verdict, ...]:
    """The verdicts that completions of the unknown criteria can give, worst first."""
    choices = [VALUES if value is None else (value,) for value in values]
    reached = {complete_verdict(completion) for completion in product(*choices)}
    return tuple(level for level in LEVELS if level in reached)


def verdict(values: tuple[int | None, ...]) -> Verdict:
    """The one verdict that every completion gives, or ONVOLLEDIG."""
    possible = possible_verdicts(values)
    return possible[0] if len(possible) == 1 else Verdict.ONVOLLEDIG


def lowest_verdict(values: tuple[int | None, ...]) -> Verdict:
    """The lowest verdict still possible; equals the verdict when that is known."""
    return possible_verdicts(values)[0]


def highest_verdict(values: tuple[int | None, ...]) -> Verdict:
    """The highest verdict still possible; equals the verdict when that is known."""
    return possible_verdicts(values)[-1]


def next_level(level: Verdict) -> Verdict | None:
    """The level above ``level``; ``None`` above HOOG."""
    position = LEVELS.index(level)
    return LEVELS[position + 1] if position + 1 < len(LEVELS) else None
