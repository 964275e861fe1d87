"""How much a company leans on few customers.

The study warns against dependence on one or a few customers and gives no figure; the
two thresholds below are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LARGEST_WARNING = 30
TOP_THREE_WARNING = 60


@dataclass(frozen=True)
class Concentration:
    """Shares in percent of turnover; ``herfindahl`` from 0 to 10 000."""

    largest: int
    top_three: int
    listed: int
    herfindahl: int

    @property
    def others(self) -> int:
        """Share of all customers that are not listed."""
        return 100 - self.listed

    @property
    def is_dependent(self) -> bool:
        """One customer, or three together, take a large part."""
        return self.largest >= LARGEST_WARNING or self.top_three >= TOP_THREE_WARNING


def concentration(shares: Sequence[int]) -> Concentration | None:
    """Largest, top three and the sum of squared shares; None without customers.

    Customers that are not listed count as many small ones, so ``herfindahl`` is the
    lowest value possible.
    """
    if not shares:
        return None
    ordered = sorted(shares, reverse=True)
    return Concentration(
        largest=ordered[0],
        top_three=sum(ordered[:3]),
        listed=sum(ordered),
        herfindahl=sum(share * share for share in ordered),
    )
