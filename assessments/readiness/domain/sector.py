"""Figures over the whole sector, cut by province only as far as nobody can be recognised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

BAND_BOUNDS: Final[tuple[int, ...]] = (2, 3, 4)
"""Where the second and each later band of scores begins: under 2, 2 to 3, 3 to 4, 4 and up."""


def shown_parts(counts: Iterable[Mapping[str, int]], minimum: int) -> frozenset[str]:
    """The parts for which at least ``minimum`` companies in all have a value."""
    total: dict[str, int] = {}
    for row in counts:
        for slug, companies in row.items():
            total[slug] = total.get(slug, 0) + companies
    return frozenset(slug for slug, companies in total.items() if companies >= minimum)


def pooled(counts: Mapping[str, Mapping[str, int]], *, minimum: int) -> tuple[tuple[str, ...], ...]:
    """Areas to show apart, each alone, then those to throw together; empty without a cut.

    ``counts`` has by area, and by part, how many companies have a value. Every group can be
    shown: each part that is shown at all has a value from no company or from at least
    ``minimum``. The groups together are all areas that have companies, so that taking some
    from the total gives a sum of groups and nothing smaller. Areas that cannot stand alone
    are thrown together; while that is still too few, the smallest of the others joins.
    The order of ``counts`` is kept and decides between areas of the same size.
    """
    parts = shown_parts(counts.values(), minimum)
    areas = [area for area, row in counts.items() if any(row.get(slug, 0) for slug in parts)]

    def fits(group: Sequence[str]) -> bool:
        sums = (sum(counts[area].get(slug, 0) for area in group) for slug in parts)
        return all(companies == 0 or companies >= minimum for companies in sums)

    def size(area: str) -> int:
        return max(counts[area].get(slug, 0) for slug in parts)

    alone = [area for area in areas if fits([area])]
    together = [area for area in areas if area not in alone]
    for area in sorted(alone, key=size):
        if fits(together):
            break
        together.append(area)
        alone.remove(area)
    groups: list[tuple[str, ...]] = [(area,) for area in alone]
    if together:
        groups.append(tuple(area for area in areas if area in together))
    return tuple(groups) if len(groups) > 1 else ()
