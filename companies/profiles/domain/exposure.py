"""How much of the turnover a trait of the work touches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Exposure:
    """Whole percents of turnover: touched for certain, and not known yet."""

    share: int
    unknown: int

    @property
    def highest(self) -> int:
        """The share when all that is not known is touched too."""
        return self.share + self.unknown


def exposure(parts: Iterable[tuple[int | None, bool | None]]) -> Exposure:
    """From (share of turnover, has the trait) per activity; None is "not known".

    Shares add up to at most 100. What no activity accounts for is not known either.
    """
    answered = [(share or 0, has) for share, has in parts if has is not None]
    touched = sum(share for share, has in answered if has)
    return Exposure(touched, 100 - sum(share for share, _ in answered))
