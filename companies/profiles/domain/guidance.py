"""Guides that the norm asks, and the conditions of recognition, from FTE totals.

Sources: decree of 12 July 2013 on maatwerk and its executive order of 17 February
2017; the norms themselves are dated data (``WorkforceNorm``), not code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from portal.common.vocabulary import GuidanceLevel, TargetGroup

FteByCell = Mapping[tuple[TargetGroup, GuidanceLevel], Decimal]
# The share condition counts these two; extremely vulnerable persons are left out.
COUNTED_GROUPS = (TargetGroup.ARBEIDSHANDICAP, TargetGroup.PSYCHOSOCIAAL)


@dataclass(frozen=True)
class Norms:
    """FTE that one guide serves per guidance level, smallest FTE, smallest share (%)."""

    fte_per_guide: Mapping[GuidanceLevel, Decimal]
    minimum_fte: Decimal
    minimum_share: int


@dataclass(frozen=True)
class Guides:
    """Guides (FTE) that the norm asks against those available; exact."""

    required: Fraction
    available: Fraction

    @property
    def surplus(self) -> Fraction:
        """Guides above the norm; negative when there are too few."""
        return self.available - self.required

    @property
    def is_enough(self) -> bool:
        """The norm is met."""
        return self.surplus >= 0


@dataclass(frozen=True)
class Recognition:
    """The two conditions on the workforce; ``share`` is None without target-group FTE."""

    fte: Decimal
    minimum_fte: Decimal
    share: Fraction | None
    minimum_share: int

    @property
    def fte_is_enough(self) -> bool:
        """At least the smallest number of target-group FTE."""
        return self.fte >= self.minimum_fte

    @property
    def share_is_enough(self) -> bool:
        """At least the smallest share of the first two categories."""
        return self.share is not None and self.share * 100 >= self.minimum_share


def fte_per_level(cells: FteByCell) -> dict[GuidanceLevel, Decimal]:
    """FTE at each guidance level, over all target groups."""
    return {
        level: sum((fte for (_, at), fte in cells.items() if at == level), Decimal(0))
        for level in GuidanceLevel
    }


def guides_required(by_level: Mapping[GuidanceLevel, Decimal], norms: Norms) -> Fraction:
    """High / 7 + middle / 10 + low / 13 with today's norms; FTE, exact."""
    return sum(
        (
            Fraction(by_level.get(level, Decimal(0))) / Fraction(norms.fte_per_guide[level])
            for level in GuidanceLevel
        ),
        Fraction(0),
    )


def guides(cells: FteByCell, *, available: Decimal, norms: Norms) -> Guides:
    """The norm against guides who are qualified or in training (FTE)."""
    return Guides(guides_required(fte_per_level(cells), norms), Fraction(available))


def recognition(cells: FteByCell, norms: Norms) -> Recognition:
    """The conditions on size and on the share of the first two categories.

    The share is taken of target-group FTE: an indication, since the department
    counts on the payroll of the whole year.
    """
    total = sum(cells.values(), Decimal(0))
    counted = sum((fte for (group, _), fte in cells.items() if group in COUNTED_GROUPS), Decimal(0))
    share = Fraction(counted) / Fraction(total) if total else None
    return Recognition(total, norms.minimum_fte, share, norms.minimum_share)
