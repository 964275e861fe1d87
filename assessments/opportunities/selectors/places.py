"""Who is near: customers by the register, other maatwerk companies by their own places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from companies.profiles.models import Activity, Company, CompanyEstablishment
from companies.profiles.selectors import CompanyProfile
from companies.register.models import Establishment

# Lambert 2008, in metres.
Point = tuple[int, int]

NEARBY_M: Final = 25_000


def points_of(places: Iterable[CompanyEstablishment | Establishment]) -> list[Point]:
    """The places whose point is known."""
    return [(p.x_m, p.y_m) for p in places if p.x_m is not None and p.y_m is not None]


def is_near(own: Iterable[Point], theirs: Collection[Point]) -> bool:
    """Some place of ours lies within ``NEARBY_M`` of some place of theirs."""
    return any((a - x) ** 2 + (b - y) ** 2 <= NEARBY_M**2 for a, b in own for x, y in theirs)


def places_of_customers(profiles: Iterable[CompanyProfile]) -> dict[str, list[Point]]:
    """Points of the active establishments that the register knows, by enterprise number.

    A customer whose places are unknown is absent: it may be near or far. One query.
    """
    numbers = {
        customer.enterprise_number
        for profile in profiles
        for customer in profile.customers
        if customer.enterprise_number
    }
    if not numbers:
        return {}
    found: defaultdict[str, list[Establishment]] = defaultdict(list)
    rows = Establishment.objects.filter(
        enterprise__in=numbers, is_active=True, x_m__isnull=False, y_m__isnull=False
    ).order_by("pk")
    for place in rows:
        found[place.enterprise_id].append(place)
    return {number: points_of(places) for number, places in found.items()}


@dataclass(frozen=True, slots=True)
class _Neighbour:
    company_id: int
    point: Point
    cells: frozenset[str]


class Neighbourhood:
    """Places and activities of all verified companies; one query, then only look-ups.

    Places lie in squares as wide as "near" is far, so a look-up meets nine of them.
    """

    def __init__(self) -> None:
        self._squares: defaultdict[Point, list[_Neighbour]] = defaultdict(list)
        for row in _places_of_companies():
            self._squares[_square(row.point)].append(row)

    def complementary(self, own: Iterable[Point], cells: Collection[str]) -> int:
        """How many companies nearby do work of the study that one with these does not do."""
        found: set[int] = set()
        for point in own:
            column, line = _square(point)
            around = (
                neighbour
                for x in (column - 1, column, column + 1)
                for y in (line - 1, line, line + 1)
                for neighbour in self._squares.get((x, y), ())
            )
            for neighbour in around:
                if (
                    neighbour.company_id not in found
                    and not neighbour.cells.issubset(cells)
                    and is_near([point], [neighbour.point])
                ):
                    found.add(neighbour.company_id)
        return len(found)


def _square(point: Point) -> Point:
    return point[0] // NEARBY_M, point[1] // NEARBY_M


def _places_of_companies() -> Iterable[_Neighbour]:
    cells = Activity.objects.filter(company=OuterRef("company"), cell__isnull=False)
    rows: Iterable[tuple[int, int, int, list[str]]] = (
        CompanyEstablishment.objects.filter(
            company__in=Company.objects.verified(), x_m__isnull=False, y_m__isnull=False
        )
        .order_by("pk")
        .values_list("company_id", "x_m", "y_m", ArraySubquery(cells.values("cell")))
    )
    return [_Neighbour(pk, (x, y), frozenset(work)) for pk, x, y, work in rows]
