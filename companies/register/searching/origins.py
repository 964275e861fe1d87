"""From where distances count: a postcode, a place, or an establishment.

Rooms above know more origins (a person's companies) and register them in their
``AppConfig.ready()``, as they do with the header's entries: this room imports none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isqrt
from typing import Protocol

from django.http import HttpRequest

from companies.register.domain.numbers import ENTERPRISE_STARTS
from companies.register.models import Establishment, PostalPoint
from portal.common.text import name_key

Point = tuple[int, int]
METRES = 1000


@dataclass(frozen=True)
class Origin:
    """Points in whole metres; distances count from the nearest one."""

    label: str
    points: tuple[Point, ...]


class OriginSource(Protocol):
    """What a room above offers as origins."""

    def offered(self, request: HttpRequest) -> Iterable[str]:
        """Names to propose to this person."""

    def find(self, request: HttpRequest, typed: str, number: str) -> Origin | None:
        """The origin of this name or ten-digit number (or ""), if this person may use it."""


_sources: list[OriginSource] = []


def register(source: OriginSource) -> None:
    """Add a source; registering it twice changes nothing."""
    if source not in _sources:
        _sources.append(source)


def offered(request: HttpRequest) -> list[str]:
    """Names that the sources propose, each once."""
    return list(dict.fromkeys(name for source in _sources for name in source.offered(request)))


def from_sources(request: HttpRequest, typed: str, number: str) -> Origin | None:
    """The first origin that a source knows by this name or number."""
    for source in _sources:
        found = source.find(request, typed, number)
        if found is not None:
            return found
    return None


def from_register(number: str) -> Origin | None:
    """The establishments with this number of either kind; None without a known point."""
    field = "enterprise_id" if number[0] in ENTERPRISE_STARTS else "number"
    places = Establishment.objects.filter(
        **{field: number}, is_active=True, x_m__isnull=False, y_m__isnull=False
    ).order_by("pk")
    listed = list(places.values_list("name", "x_m", "y_m"))
    if not listed:
        return None
    points = [(x, y) for _name, x, y in listed if x is not None and y is not None]
    return Origin(listed[0][0], tuple(points))


def from_place(typed: str, points: Iterable[PostalPoint]) -> Origin | None:
    """A Belgian postcode, or a place by its name: every postcode of that name."""
    key = name_key(typed)
    exact = [one for one in points if one.postcode == key or name_key(one.name) == key]
    if not exact:
        return None
    first = min(exact, key=lambda one: one.postcode)
    return Origin(str(first), tuple((one.x_m, one.y_m) for one in exact))


def distances_from(
    origin: Origin, points: Iterable[PostalPoint], within_km: int | None
) -> Mapping[str, int]:
    """Whole metres from the nearest point of the origin by postcode, the nearest first."""
    found = {}
    for one in points:
        squared = min((one.x_m - x) ** 2 + (one.y_m - y) ** 2 for x, y in origin.points)
        # Half up without floating point, as matching measures it.
        metres = (isqrt(4 * squared) + 1) // 2
        if within_km is None or metres <= within_km * METRES:
            found[one.postcode] = metres
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))
