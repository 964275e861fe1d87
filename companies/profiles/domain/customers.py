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
    """Shares in percent of turnover; Herfindahl from 0 to 10 000.

    Customers that are not listed are unknown: the lowest figures hold when they are very
    many and small, the highest when they are one customer.
    """

    largest: int
    largest_highest: int
    top_three: int
    top_three_highest: int
    listed: int
    herfindahl: int
    herfindahl_highest: int

    @property
    def others(self) -> int:
        """Share of all customers that are not listed."""
        return 100 - self.listed

    @property
    def largest_warning(self) -> int:
        """From which share of the largest customer we warn."""
        return LARGEST_WARNING

    @property
    def top_three_warning(self) -> int:
        """From which share of the three largest together we warn."""
        return TOP_THREE_WARNING

    @property
    def is_dependent(self) -> bool:
        """One customer, or three together, take a large part for certain."""
        return self.largest >= LARGEST_WARNING or self.top_three >= TOP_THREE_WARNING

    @property
    def may_be_dependent(self) -> bool:
        """Not for certain, but what is not listed could make it so."""
        return not self.is_dependent and (
            self.largest_highest >= LARGEST_WARNING or self.top_three_highest >= TOP_THREE_WARNING
        )


def concentration(shares: Sequence[int]) -> Concentration | None:
    """Largest, top three and the sum of squared shares, as ranges; None without customers.

    ``shares``: whole percents of turnover that add up to at most 100. Splitting the rest
    over several customers can only lower each figure, so one customer is the highest.
    """
    if not shares:
        return None
    known = sorted(shares, reverse=True)
    rest = 100 - sum(known)
    whole = sorted([*known, rest], reverse=True)
    return Concentration(
        largest=known[0],
        largest_highest=whole[0],
        top_three=sum(known[:3]),
        top_three_highest=sum(whole[:3]),
        listed=sum(known),
        herfindahl=sum(share * share for share in known),
        herfindahl_highest=sum(share * share for share in whole),
    )
