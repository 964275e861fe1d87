"""Which counts of people may be shown without pointing at one company.

A figure over several companies is *sensitive* when fewer than ``MINIMUM_COMPANIES``
stand behind it, or when one company makes up more than ``DOMINANCE`` of it: the others
could then work out what that company has. Sensitive cells are left out (primary), and
where a total is shown, further cells are left out until the sum of what is missing,
which anybody can subtract, is itself not sensitive (secondary).

This protects one row of cells with its total. It does not protect against comparing
several such rows, for instance the same dashboard under different filters; each room
publishes the same breakdown for everybody until noise is added.

Pure: no Django, no database. One value per company and cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeVar

MINIMUM_COMPANIES = 5
DOMINANCE = Fraction(4, 5)

Key = TypeVar("Key", bound=Hashable)
# How many people each company has in a cell; a company that says "none" stands with 0.
Counts = Mapping[Hashable, int]


class Reason(StrEnum):
    """Why a figure is left out. For tests and logs: a page says only that it is."""

    FEW = "few"
    DOMINATED = "dominated"
    SECONDARY = "secondary"


@dataclass(frozen=True)
class Figure:
    """A count that may be shown (``value``), or one that is left out (``reason``)."""

    value: int | None
    reason: Reason | None = None

    @property
    def is_shown(self) -> bool:
        """The value may be seen."""
        return self.value is not None


@dataclass(frozen=True)
class Row(Generic[Key]):
    """One protected row."""

    cells: Mapping[Key, Figure]
    total: Figure


def sensitive(counts: Counts) -> Reason | None:
    """Why this sum would say too much about one company; None when it may be shown.

    Nobody at all behind a figure says nothing. A zero is shown when enough companies
    say "none". ValueError on a negative count.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("A count of people cannot be below 0")
    if not counts:
        return None
    if len(counts) < MINIMUM_COMPANIES:
        return Reason.FEW
    total = sum(counts.values())
    if total == 0:
        return None
    if sum(count > 0 for count in counts.values()) < MINIMUM_COMPANIES:
        return Reason.FEW
    if max(counts.values()) > DOMINANCE * total:
        return Reason.DOMINATED
    return None


def protect(cells: Mapping[Key, Counts]) -> Row[Key]:
    """Leave out what may not be shown in one row of cells with its total.

    The smallest cells go first when more must be left out, the order of ``cells``
    decides between equals; so the same row always gives the same answer.
    """
    reasons: dict[Key, Reason] = {
        key: reason for key, counts in cells.items() if (reason := sensitive(counts)) is not None
    }
    missing = pooled([cells[key] for key in reasons])
    # Adding an empty cell or one of zeros hides nothing: its value is known to be small.
    candidates = sorted(
        (key for key in cells if key not in reasons and sum(cells[key].values()) > 0),
        key=lambda key: sum(cells[key].values()),
    )
    while sensitive(missing) is not None and candidates:
        key = candidates.pop(0)
        reasons[key] = Reason.SECONDARY
        missing = pooled([missing, cells[key]])
    return Row(
        cells={
            key: Figure(None, reasons[key]) if key in reasons else Figure(sum(counts.values()))
            for key, counts in cells.items()
        },
        total=_total(pooled(list(cells.values())), missing),
    )


def pooled(several: list[Counts]) -> dict[Hashable, int]:
    """Cells thrown together, company by company."""
    together: Counter[Hashable] = Counter()
    for counts in several:
        for company, count in counts.items():
            together[company] += count
    return dict(together)


def _total(everything: Counts, missing: Counts) -> Figure:
    reason = sensitive(everything)
    if reason is None and sensitive(missing) is not None:
        reason = Reason.SECONDARY
    return Figure(None, reason) if reason else Figure(sum(everything.values()))
