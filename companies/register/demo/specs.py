"""Draw fictional enterprises and establishments, one after the other, from a seed.

Nothing is kept: the same seed draws the same sequence again, so a caller that needs
two passes (KBO files list all enterprises before all establishments) iterates twice.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from companies.register.content import postal
from companies.register.demo import words
from companies.register.demo.known import KnownEnterprise
from portal.common.vocabulary import FLEMISH_PROVINCES, Province

ACTIVITIES_FILE = Path(__file__).resolve().parent / "activities.csv"
FLEMISH_SHARE, WALLOON_SHARE = 0.64, 0.24  # the rest is in Brussels
NL, FR, BOTH = "2", "1", "12"
ItemT = TypeVar("ItemT")


class Trade(NamedTuple):
    """An activity with its codes per NACE version (``nace_2003`` often empty) and labels."""

    family: str
    nace_2025: str
    nace_2008: str
    nace_2003: str
    weight: int
    label_nl: str
    label_fr: str
    label_en: str
    trade_nl: str
    trade_fr: str


class Spot(NamedTuple):
    """A Belgian postcode as an address prints it; ``language`` is NL, FR or BOTH."""

    postcode: str
    name_nl: str
    name_fr: str
    language: str


class Address(NamedTuple):
    """An address in the columns of ``address.csv``; country empty for Belgium."""

    country_nl: str
    country_fr: str
    postcode: str
    town_nl: str
    town_fr: str
    street_nl: str
    street_fr: str
    house_number: str
    box: str


@dataclass(slots=True)
class DrawnPlace:
    """An establishment. ``activities`` None: none of its own, its enterprise's count."""

    name: str
    language: str
    address: Address | None
    struck_off: Address | None
    activities: tuple[int, ...] | None
    versions: str
    starts: int


@dataclass(slots=True)
class DrawnEnterprise:
    """An enterprise with its places; ``activities`` are places in :func:`trades`."""

    is_natural: bool
    legal_form: str
    names: tuple[tuple[str, str, str], ...]  # (language, type, name)
    seat: Address | None
    activities: tuple[int, ...]
    versions: str
    starts: int
    contact: int
    has_branch: bool
    places: list[DrawnPlace]


@cache
def trades() -> tuple[Trade, ...]:
    """The activities that demo entities have, with their codes."""
    with ACTIVITIES_FILE.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        return tuple(
            Trade(family, new, old, oldest, int(weight), nl, fr, en, trade_nl, trade_fr)
            for family, new, old, oldest, weight, nl, fr, en, trade_nl, trade_fr in rows
        )


@cache
def spots() -> tuple[tuple[Spot, ...], tuple[Spot, ...], tuple[Spot, ...]]:
    """Flemish, Walloon and Brussels postcodes; larger places stand in more than once."""
    flemish: list[Spot] = []
    walloon: list[Spot] = []
    brussels: list[Spot] = []
    for point in postal.read_points():
        code = point.postcode
        times = 12 if code.endswith("00") else 4 if code.endswith("0") else 1
        if point.province is Province.BRUSSEL:
            french = words.BRUSSELS_FR.get(code, point.name)
            brussels += [Spot(code, point.name, french, BOTH)] * times
        elif point.province in FLEMISH_PROVINCES:
            flemish += [Spot(code, point.name, point.name, NL)] * times
        else:
            walloon += [Spot(code, point.name, point.name, FR)] * times
    return tuple(flemish), tuple(walloon), tuple(brussels)


class Drawer:
    """Draws entities from one seed; the order of the draws is part of the format."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a demo, not a secret
        self._draw = self._random.random
        self._spots = spots()
        self._pool = [i for i, trade in enumerate(trades()) for _ in range(trade.weight)]
        families: dict[str, list[int]] = {}
        for i, trade in enumerate(trades()):
            families.setdefault(trade.family, []).append(i)
        self._related = [families[trade.family] for trade in trades()]

    def enterprises(self, establishments: int) -> Iterator[DrawnEnterprise]:
        """Enterprises until together they have exactly so many establishments."""
        left = establishments
        while left > 0:
            enterprise = self._enterprise(left)
            left -= len(enterprise.places)
            yield enterprise

    def known(self, listed: Sequence[KnownEnterprise]) -> Iterator[DrawnEnterprise]:
        """The given enterprises, plainly written, with every place and all codes."""
        by_code = {(trade.nace_2025, trade.nace_2008): i for i, trade in enumerate(trades())}
        by_postcode = {spot.postcode: spot for region in self._spots for spot in region}
        for enterprise in listed:
            unknown = [pair for pair in enterprise.activities if pair not in by_code]
            if unknown:
                raise ValueError(f"{unknown[0]} is not among the activities of the demo")
            activities = tuple(by_code[pair] for pair in enterprise.activities)
            addresses = []
            for place in enterprise.places:
                spot = by_postcode[place.postcode]
                street, number = place.street, place.house_number
                towns = (spot.name_nl, spot.name_fr)
                addresses.append(Address("", "", spot.postcode, *towns, street, street, number, ""))
            places = [
                DrawnPlace(place.name, NL, address, None, activities, "both", 7300)
                for place, address in zip(enterprise.places, addresses, strict=True)
            ]
            yield DrawnEnterprise(
                is_natural=False,
                legal_form=enterprise.legal_form,
                names=((NL, "001", enterprise.name),),
                seat=addresses[0],
                activities=activities,
                versions="both",
                starts=7300,
                contact=0,
                has_branch=False,
                places=places,
            )

    def _one(self, items: Sequence[ItemT]) -> ItemT:
        return items[int(self._draw() * len(items))]

    def _enterprise(self, left: int) -> DrawnEnterprise:
        draw = self._draw
        is_natural = draw() < 0.3
        spot = self._spot()
        main = self._one(self._pool)
        activities = (main, *self._others(main)) if draw() < 0.97 else ()
        names = self._person(main, spot) if is_natural else self._company_names(main, spot)
        seat, has_branch = None, False
        if not is_natural:
            seat = self._address(spot)
            if draw() < 0.006:
                seat, has_branch = self._abroad(), draw() < 0.6
        enterprise = DrawnEnterprise(
            is_natural=is_natural,
            legal_form="" if is_natural else self._one(("610", "610", "014", "017", "706", "612")),
            names=names,
            seat=seat,
            activities=activities,
            versions=self._versions(),
            starts=int(draw() * 18_000),
            contact=int(draw() * 16),
            has_branch=has_branch,
            places=[],
        )
        count = min(left, self._one((0, 1, 1, 1, 1, 1, 1, 1, 2, 2 if is_natural else 3)))
        home: Spot | None = spot
        for _ in range(count):
            enterprise.places.append(self._place(enterprise, home or self._spot()))
            home = None
        return enterprise

    def _place(self, enterprise: DrawnEnterprise, spot: Spot) -> DrawnPlace:
        draw = self._draw
        chance = draw()
        address: Address | None = self._address(spot)
        struck_off = None
        if chance < 0.015:
            struck_off = self._address(self._spot())
        elif chance < 0.025:
            struck_off, address = address, None
        elif chance < 0.05 and enterprise.is_natural:
            address = None
        activities: tuple[int, ...] | None = enterprise.activities
        own = draw()
        if own < 0.08:
            activities = None
        elif own < 0.2:
            siblings = [self._related[one] for one in enterprise.activities[:1]]
            main = self._one(siblings[0] if siblings else self._pool)
            activities = (main, *self._others(main))
        named = draw() < 0.35
        name = self._trade_name(enterprise.activities or self._pool[:1], spot) if named else ""
        return DrawnPlace(
            name=name,
            language=spot.language[-1],
            address=address,
            struck_off=struck_off,
            activities=activities,
            versions=self._versions(),
            starts=int(draw() * 18_000),
        )

    def _others(self, main: int) -> tuple[int, ...]:
        """Further activities, mostly of the same family; most entities have two or three."""
        count = self._one((0, 1, 1, 2, 2, 2, 3, 3, 4, 5))
        found: list[int] = []
        for _ in range(count):
            other = self._one(self._related[main] if self._draw() < 0.9 else self._pool)
            if other != main and other not in found:
                found.append(other)
        return tuple(found)

    def _versions(self) -> str:
        """Which NACE versions the entity is listed under."""
        chance = self._draw()
        return "both" if chance < 0.87 else "all" if chance < 0.94 else (
            "2008" if chance < 0.98 else "2025" if chance < 0.99 else "2003"
        )  # fmt: skip

    def _spot(self) -> Spot:
        chance = self._draw()
        flemish, walloon, brussels = self._spots
        if chance < FLEMISH_SHARE:
            return self._one(flemish)
        return self._one(walloon if chance < FLEMISH_SHARE + WALLOON_SHARE else brussels)

    def _address(self, spot: Spot) -> Address:
        if spot.language == NL:
            street_nl = street_fr = self._one(words.STREETS_NL)
            if self._draw() < 0.03:
                street_nl = street_fr = f"{street_nl} ({spot.name_nl[:3]})"
        elif spot.language == FR:
            street_nl = street_fr = self._one(words.STREETS_FR)
        else:
            street_nl, street_fr = self._one(words.STREETS_BOTH)
        number = int(self._draw() * 300) + 1
        house = f"{number}A" if number % 17 == 0 else str(number)
        box = str(number % 9 + 1) if number % 13 == 0 else ""
        return Address(
            "", "", spot.postcode, spot.name_nl, spot.name_fr, street_nl, street_fr, house, box
        )

    def _abroad(self) -> Address:
        country_nl, country_fr, postcode, town, street = self._one(words.ABROAD)
        number = str(int(self._draw() * 90) + 1)
        return Address(country_nl, country_fr, postcode, town, town, street, street, number, "")

    def _person(self, main: int, spot: Spot) -> tuple[tuple[str, str, str], ...]:
        last, first = self._one(words.LAST_NAMES), self._one(words.FIRST_NAMES)
        name = ("0", "001", f"{last}, {first}{words.MARK}")
        if self._draw() < 0.6:
            language = FR if spot.language == FR else NL
            return (name, (language, "003", self._trade_name([main], spot)))
        return (name,)

    def _trade_name(self, activities: Sequence[int], spot: Spot) -> str:
        trade = trades()[activities[0]]
        if spot.language == FR:
            name = f"{trade.trade_fr} {self._one(words.NAMES_FR)}"
        else:
            name = f"{trade.trade_nl} {self._one(words.NAMES_NL)}"
        return f"{name} {spot.name_nl}{words.MARK}"

    def _company_names(self, main: int, spot: Spot) -> tuple[tuple[str, str, str], ...]:
        trade = trades()[main]
        names: list[tuple[str, str, str]] = []
        for language in spot.language:
            french = language == FR
            proper = self._one(words.NAMES_FR if french else words.NAMES_NL)
            tail = self._one(words.TAILS_FR if french else words.TAILS_NL)
            word = trade.trade_fr if french else trade.trade_nl
            chance = self._draw()
            if chance < 0.03:
                name = f'"{proper}", {word}{tail}'
            elif chance < 0.06:
                name = f"{proper}, {word} in {spot.name_nl}"
            else:
                name = f"{word} {proper}{tail}"
            names.append((language, "001", name + words.MARK))
        chance = self._draw()
        if chance < 0.05:
            names[0] = ("0", *names[0][1:])
        elif chance < 0.2:
            names.append((names[0][0], "002", names[0][2][:3].upper() + words.MARK))
        elif chance < 0.3:
            names.append((names[0][0], "003", f"{self._one(words.NAMES_NL)}{words.MARK}"))
        elif chance < 0.31:
            names.append(("4", "003", f"Demo {trade.label_en}{words.MARK}"))
        return tuple(names)
