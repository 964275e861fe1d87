"""Where other companies stand, without pointing at one of them.

Peers are put in the narrowest group that still has enough of them. Numbers are exact
fractions, so that neither the order of companies nor rounding on the way changes a mean.
Nothing but a mean and a number of companies ever leaves a group: the lowest, the highest
or a quartile would be the figure of one company. What this protects and what not:
``docs/decisions/0012-benchmark.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

LEAST_MINIMUM: Final = 5
"""No installation may show a mean of fewer companies (item 4 of the scan: k of 5 or more)."""


class Trait(StrEnum):
    """What companies can have in common."""

    CELL = "cell"
    SIZE = "size"
    PROVINCE = "province"


WIDENING: Final[tuple[frozenset[Trait], ...]] = (
    frozenset({Trait.CELL, Trait.SIZE, Trait.PROVINCE}),
    frozenset({Trait.CELL, Trait.SIZE}),
    frozenset({Trait.CELL}),
    frozenset(),
)
"""From the narrowest group to all companies.

The province goes first: it says least about how far a company can be with technology. Then
the size, which decides what a company can invest. The kind of work goes last, because it
decides what there is to automate at all.
"""


class SizeBand(StrEnum):
    """Size of a company by the FTE of its target-group workers.

    A maatwerk company is recognised from 20 FTE; most have tens to hundreds.
    """

    UNDER_20 = "lt20"
    FROM_20 = "20-49"
    FROM_50 = "50-99"
    FROM_100 = "100-249"
    FROM_250 = "ge250"


SIZE_BOUNDS: Final[tuple[int, ...]] = (20, 50, 100, 250)
"""Where the second and each later band begins, in FTE."""


def size_band(fte: Decimal | None) -> SizeBand | None:
    """The band of a company; None when nothing, or nobody, is counted."""
    if not fte:
        return None
    return list(SizeBand)[sum(fte >= bound for bound in SIZE_BOUNDS)]


@dataclass(frozen=True, slots=True)
class Pool:
    """Companies thrown together: the sum of their values, and how many have one."""

    total: Fraction
    companies: int

    def __add__(self, other: Pool) -> Pool:
        return Pool(self.total + other.total, self.companies + other.companies)


NOBODY: Final = Pool(Fraction(0), 0)


@dataclass(frozen=True, slots=True)
class Bucket:
    """The peers that share exactly ``shared`` with the own company, and no other trait.

    ``parts`` has their values by slug of the part, ``overall`` the means of their transitions.
    """

    shared: frozenset[Trait]
    companies: int
    overall: Pool
    parts: Mapping[str, Pool]


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of peers on the scale 1 to 5; ``value`` is None when they are too few."""

    value: Fraction | None
    companies: int


@dataclass(frozen=True, slots=True)
class Group:
    """The group that is compared with: what its companies share with ours, and its means."""

    shared: frozenset[Trait]
    companies: int
    overall: Mean
    parts: Mapping[str, Mean]

    def of(self, slug: str) -> Mean:
        """The mean of a part; one that no peer has a value for is too few."""
        return self.parts.get(slug, Mean(None, 0))


def narrowest_group(
    buckets: Iterable[Bucket], *, known: frozenset[Trait], minimum: int
) -> Group | None:
    """The first group of ``WIDENING`` with at least ``minimum`` peers; None when all are fewer.

    A step that asks for a trait outside ``known`` (the own company has no cell, or told no
    workforce) is left out: nobody can share what is not there. Inside the group, a part for
    which fewer than ``minimum`` peers have a value gives no mean.
    """
    found = list(buckets)
    for shared in WIDENING:
        if not shared <= known:
            continue
        inside = [bucket for bucket in found if shared <= bucket.shared]
        companies = sum(bucket.companies for bucket in inside)
        if companies >= minimum:
            return _group(shared, companies, inside, minimum)
    return None


def _group(shared: frozenset[Trait], companies: int, inside: list[Bucket], minimum: int) -> Group:
    overall = sum((bucket.overall for bucket in inside), NOBODY)
    parts: dict[str, Pool] = {}
    for bucket in inside:
        for slug, pool in bucket.parts.items():
            parts[slug] = parts.get(slug, NOBODY) + pool
    return Group(
        shared,
        companies,
        mean_of(overall, minimum),
        {slug: mean_of(pool, minimum) for slug, pool in parts.items()},
    )


def mean_of(pool: Pool, minimum: int) -> Mean:
    """The mean of a pool, unless it is about fewer than ``minimum`` companies."""
    if pool.companies < minimum:
        return Mean(None, pool.companies)
    return Mean(pool.total / pool.companies, pool.companies)
