"""How precise proposals are: the share judged relevant, with what chance may do to it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959963984540054  # two-sided 95 %


@dataclass(frozen=True, slots=True)
class Precision:
    """``relevant`` of ``judged`` proposals; shares are from 0 to 1, None while none is judged."""

    judged: int
    relevant: int

    @property
    def share(self) -> float | None:
        """Relevant of judged."""
        return self.relevant / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 % interval of Wilson (1927), which stays within 0 and 1 for few judgements too."""
        if not self.judged:
            return None
        n, p, z2 = self.judged, self.relevant / self.judged, Z_95 * Z_95
        centre = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z_95 / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        # None or all of them: that end is exact, which rounding would miss by a hair.
        low = centre - half if self.relevant else 0.0
        high = centre + half if self.relevant < n else 1.0
        return low, high
