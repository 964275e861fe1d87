"""Two passes over a full extract: first which entities to keep, then their rows.

The first pass reads ``activity.csv`` into one byte per number; the second reads the
other files and the activities again and stages the rows of kept entities only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from companies.register.domain.numbers import (
    NumberError,
    parse_enterprise_number,
    parse_establishment_number,
)
from companies.register.domain.records import (
    CLASS_RANK,
    NATURAL_PERSON,
    RecordError,
    address_rank,
    name_rank,
    parse_day,
    plain_street,
    trade_name_rank,
)
from companies.register.importing.errors import Rejects
from companies.register.importing.selection import (
    IS_WATCHED,
    KEPT,
    KNOWN,
    VERSION_OF,
    Selection,
    WatchList,
    place_of,
)
from companies.register.importing.source import Source
from companies.register.importing.staging import Staging
from portal.common.text import name_key
from portal.common.vocabulary import Province

FULL_FILES = (
    "meta", "code", "enterprise", "establishment", "branch", "denomination", "address", "contact",
    "activity",
)  # fmt: skip
FIRST_ESTABLISHMENT = 20_000_000
FIRST_BRANCH = 90_000_000
NACE_CATEGORIES = {"Nace2003": "2003", "Nace2008": "2008", "Nace2025": "2025"}
LANGUAGES = ("NL", "FR", "EN")
CONTACT_KINDS = ("TEL", "EMAIL", "WEB")
FAX = "FAX"
MAX_CONTACT = 254
FRENCH_PROVINCES = frozenset(
    {
        Province.WAALS_BRABANT.value,
        Province.HENEGOUWEN.value,
        Province.LUIK.value,
        Province.LUXEMBURG.value,
        Province.NAMEN.value,
    }
)


class PointOfPostcode(NamedTuple):
    """Province and whole metres (EPSG:3812) of a postcode."""

    province: str
    x_m: int
    y_m: int


class FullReader:
    """Reads a full extract into the staging tables."""

    def __init__(
        self,
        source: Source,
        *,
        watched: WatchList,
        known: Collection[str],
        points: Mapping[str, PointOfPostcode],
        staging: Staging,
        rejects: Rejects,
        told: Callable[[int, int], None],
    ) -> None:
        self._source = source
        self._watched = watched
        self._selection = Selection(known)
        self._points = points
        self._staging = staging
        self._rejects = rejects
        self._told = told
        passes = (*FULL_FILES[1:], "activity")
        self._total = sum(source.sizes[file] for file in passes)
        self._done = 0

    def read(self) -> None:
        """All files, in the order that the selection needs."""
        steps: tuple[tuple[str, Callable[[], None]], ...] = (
            ("code", self._codes),
            ("activity", self._mark_activities),
            ("establishment", self._establishments),
            ("enterprise", self._enterprises),
            ("branch", lambda: self._check_only("branch")),
            ("denomination", self._names),
            ("address", self._addresses),
            ("contact", self._contacts),
            ("activity", self._activities),
        )
        for file, step in steps:
            step()
            self._done += self._source.sizes[file]
            self._told(self._done, self._total)
        self._staging.flush()

    def _rows(self, file: str) -> Iterator[tuple[int, list[str]]]:
        def told(position: int) -> None:
            self._told(self._done + position, self._total)

        return self._source.rows(file, self._rejects, told)

    def _check_only(self, file: str) -> None:
        """The portal keeps nothing of this file yet; a wrong header is still refused."""
        next(iter(self._rows(file)), None)

    def _codes(self) -> None:
        for line, (category, code, language, label) in self._rows("code"):
            version = NACE_CATEGORIES.get(category)
            if version is None or language not in LANGUAGES:
                continue
            if not (code.isascii() and code.isdigit() and len(code) <= 7):
                self._rejects.add("code.csv", line, f"{code!r} is no NACE code")
                continue
            self._staging.add("st_nace", (version, code, language, label[:400]))

    def _mark_activities(self) -> None:
        flags, bits_of = self._selection.flags, self._watched.bits
        last, place = "", 0
        for line, (number, _group, version, code, _class) in self._rows("activity"):
            if number != last:
                found = place_of(number)
                if found is None:
                    self._rejects.add("activity.csv", line, f"{number!r} is no number")
                    continue
                last, place = number, found
            bits = bits_of(version, code)
            if not bits:
                self._rejects.add("activity.csv", line, f"{version!r} is no NACE version")
            flags[place] |= bits

    def _establishments(self) -> None:
        selection = self._selection
        for line, (number, started, parent) in self._rows("establishment"):
            place, enterprise = place_of(number), place_of(parent)
            if place is None or enterprise is None or enterprise >= FIRST_ESTABLISHMENT:
                self._rejects.add("establishment.csv", line, f"{number!r} of {parent!r}: no number")
                continue
            if not selection.keeps_establishment(place, enterprise):
                continue
            try:
                row = (
                    line,
                    parse_establishment_number(number),
                    parse_enterprise_number(parent),
                    parse_day(started),
                )
            except (NumberError, RecordError) as error:
                self._rejects.add("establishment.csv", line, _reason(error))
                continue
            selection.keep(place)
            selection.keep(enterprise)
            self._staging.add("st_establishment", row)

    def _enterprises(self) -> None:
        flags = self._selection.flags
        for line, row in self._rows("enterprise"):
            printed, _status, situation, type_, form, _cac, started = row
            place = place_of(printed)
            if place is None or place >= FIRST_ESTABLISHMENT:
                self._rejects.add("enterprise.csv", line, f"{printed!r} is no enterprise number")
                continue
            state, is_natural = flags[place], type_ == NATURAL_PERSON
            if not (state & (KEPT | KNOWN) or (IS_WATCHED[state] and not is_natural)):
                continue
            try:
                number, day = parse_enterprise_number(printed), parse_day(started)
            except (NumberError, RecordError) as error:
                self._rejects.add("enterprise.csv", line, _reason(error))
                continue
            if len(form) > 3 or len(situation) > 3:
                self._rejects.add("enterprise.csv", line, f"{form!r}, {situation!r}: no codes")
                continue
            self._selection.keep(place)
            is_known = bool(state & KNOWN)
            self._staging.add(
                "st_enterprise",
                (line, number, printed[:12], is_natural, form, situation, day, is_known),
            )

    def _kept(self, number: str) -> int | None:
        """The place of a kept enterprise or establishment; None for all others."""
        place = place_of(number)
        if place is None or place >= FIRST_BRANCH or not self._selection.flags[place] & KEPT:
            return None
        return place

    def _names(self) -> None:
        for line, (number, language, type_, text) in self._rows("denomination"):
            place = self._kept(number)
            if place is None:
                continue
            rank = name_rank(type_, language, of_place=place >= FIRST_ESTABLISHMENT)
            name = " ".join(text.split())[:320]
            if rank is None or not name:
                self._rejects.add("denomination.csv", line, f"type {type_!r}, name {text[:40]!r}")
                continue
            trade_rank = trade_name_rank(type_, language)
            row = (line, _digits(number), rank, trade_rank, name, name_key(name)[:320])
            self._staging.add("st_name", row)

    def _addresses(self) -> None:
        for line, row in self._rows("address"):
            place = self._kept(row[0])
            if place is None:
                continue
            rank = address_rank(row[1], row[12], of_place=place >= FIRST_ESTABLISHMENT)
            if rank is not None:
                self._staging.add("st_address", (line, _digits(row[0]), rank, *self._address(row)))

    def _address(self, row: list[str]) -> tuple[str | int | None, ...]:
        (_, _, country_nl, country_fr, postcode, town_nl, town_fr, street_nl, street_fr,
         house, box, _, _) = row  # fmt: skip
        country = country_nl or country_fr
        point = None if country else self._points.get(postcode)
        if point is not None and point.province in FRENCH_PROVINCES:
            town, street = town_fr or town_nl, street_fr or street_nl
        else:
            town, street = town_nl or town_fr, street_nl or street_fr
        where = ("", None, None) if point is None else point
        return (
            plain_street(street)[:200], house[:30], box[:30], postcode[:10],
            town[:120], name_key(town)[:120], country[:100], *where,
        )  # fmt: skip

    def _contacts(self) -> None:
        for line, row in self._rows("contact"):
            if self._kept(row[0]) is not None:
                stage_contact(self._staging, self._rejects, "contact.csv", line, row)

    def _activities(self) -> None:
        flags, add = self._selection.flags, self._staging.add
        last, digits, version_that_counts = "", "", None
        for line, (number, _group, version, code, class_) in self._rows("activity"):
            if number != last:
                last, place = number, self._kept(number)
                version_that_counts = None if place is None else VERSION_OF[flags[place]]
                digits = _digits(number)
            if version != version_that_counts:
                continue
            rank = CLASS_RANK.get(class_)
            if rank is None or not (code.isascii() and code.isdigit() and len(code) <= 7):
                self._rejects.add("activity.csv", line, f"code {code!r}, class {class_!r}")
                continue
            add("st_activity", (digits, version, code, rank))


def stage_contact(
    staging: Staging, rejects: Rejects, file: str, line: int, row: Sequence[str]
) -> None:
    """Keep a row of ``contact.csv`` as it is published; fax numbers are passed over."""
    number, _, kind, text = row
    value = " ".join(text.split())
    if kind not in (*CONTACT_KINDS, FAX) or len(value) > MAX_CONTACT:
        rejects.add(file, line, f"type {kind!r}, {len(value)} characters")
    elif kind != FAX and value:
        staging.add("st_contact", (line, _digits(number), kind, value))


def _digits(number: str) -> str:
    return number.replace(".", "")


def _reason(error: Exception) -> str:
    if isinstance(error, NumberError):
        return f"{error} ({error.code})"
    return str(error)
