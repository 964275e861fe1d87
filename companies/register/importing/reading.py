"""A full extract, file by file: which entities to keep, then the rows of those only.

``activity.csv`` comes first, into one byte per number; the other files follow it. Of rows
that are not kept only the form is checked, for a whole block of lines at once; a row of
Python is made of the kept ones alone.
"""

from __future__ import annotations

import csv
import heapq
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from companies.register.domain.numbers import (
    NumberError,
    has_right_check_digits,
    parse_enterprise_number,
    parse_establishment_number,
)
from companies.register.domain.records import (
    NATURAL_PERSON,
    RecordError,
    address_rank,
    name_rank,
    parse_day,
    plain_street,
    trade_name_rank,
)
from companies.register.importing.activities import ActivityPass, copy_lines
from companies.register.importing.blocks import Block, Bools, Row
from companies.register.importing.errors import Rejects
from companies.register.importing.selection import (
    FIRST_ESTABLISHMENT,
    IS_WATCHED,
    KEPT,
    KNOWN,
    Selection,
    WatchList,
    is_code,
    place_of,
)
from companies.register.importing.shapes import Numbers, are_rows, numbers_at, numbers_at_end
from companies.register.importing.source import COLUMNS, Source
from companies.register.importing.staging import Staging
from portal.common.text import name_key
from portal.common.vocabulary import Province

FULL_FILES = (
    "meta", "code", "enterprise", "establishment", "branch", "denomination", "address", "contact",
    "activity",
)  # fmt: skip
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
        self._selection = Selection(known)
        self._points = points
        self._staging = staging
        self._rejects = rejects
        self._told = told
        self._activity = ActivityPass(self._selection, watched, rejects)
        self._total = sum(source.sizes[file] for file in FULL_FILES[1:])
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
        )
        with closing(self._activity):
            for file, step in steps:
                step()
                self._done += self._source.sizes[file]
                self._told(self._done, self._total)
            self._staging.add_lines("st_activity", copy_lines(self._activity.kept()))
        self._staging.flush()

    def _told_of(self, position: int) -> None:
        self._told(self._done + position, self._total)

    def _rows(self, file: str) -> Iterator[Row]:
        return self._source.rows(file, self._rejects, self._told_of)

    def _chosen(
        self, file: str, wanted: Callable[[Block, Numbers], Bools]
    ) -> Iterator[tuple[int, int | None, list[str]]]:
        """(line, place, values) of the ``wanted`` rows of a file; others are only checked.

        ``wanted`` is asked of rows in the usual form, with the number they begin with; it may
        leave out what the caller would pass over without a word. The place is that of this
        number, or None.
        """
        width = len(COLUMNS[file])
        with self._source.blocks(file, self._rejects, self._told_of) as reader:
            for block in reader:
                reader.check_text(block)
                known = are_rows(block, width)
                numbers = numbers_at(block, block.starts[: len(block)])
                known &= numbers.places >= 0
                odd = [(line, place_of(row[0]), row) for line, row in reader.settle(block, known)]
                chosen = np.flatnonzero(known & wanted(block, numbers))
                rows = zip(
                    block.numbers[chosen].tolist(),
                    numbers.places[chosen].tolist(),
                    csv.reader(block.texts(chosen), strict=True),
                    strict=True,
                )
                yield from heapq.merge(odd, rows, key=itemgetter(0)) if odd else rows

    def _kept(self, file: str) -> Iterator[tuple[int, int, list[str]]]:
        """(line, place, values) of the rows of kept enterprises and establishments."""
        for line, place, row in self._chosen(file, self._are_kept):
            # Rows in another form than the usual one were not asked yet.
            if place is not None and self._selection.is_kept(place):
                yield line, place, row

    def _are_kept(self, _block: Block, numbers: Numbers) -> Bools:
        return self._selection.are_kept(numbers.places)

    def _check_only(self, file: str) -> None:
        """The portal keeps nothing of this file; a wrong header is still refused."""
        next(iter(self._rows(file)), None)

    def _codes(self) -> None:
        for line, (category, code, language, label) in self._rows("code"):
            version = NACE_CATEGORIES.get(category)
            if version is None or language not in LANGUAGES:
                continue
            if not code or not is_code(code):
                self._rejects.add("code.csv", line, f"{code!r} is no NACE code")
                continue
            self._staging.add("st_nace", (version, code, language, label[:400]))

    def _mark_activities(self) -> None:
        with self._source.blocks("activity", self._rejects, self._told_of) as reader:
            self._activity.mark(reader)

    def _may_keep_establishment(self, block: Block, numbers: Numbers) -> Bools:
        parents, are_plain = numbers_at_end(block)
        is_enterprise = are_plain & (parents >= 0) & (parents < FIRST_ESTABLISHMENT)
        parents = np.where(is_enterprise, parents, 0)
        places = np.maximum(numbers.places, 0)
        return ~is_enterprise | self._selection.keep_establishments(places, parents)

    def _establishments(self) -> None:
        selection = self._selection
        for line, place, (number, started, parent) in self._chosen(
            "establishment", self._may_keep_establishment
        ):
            enterprise = place_of(parent)
            if place is None or enterprise is None or enterprise >= FIRST_ESTABLISHMENT:
                self._rejects.add("establishment.csv", line, f"{number!r} of {parent!r}: no number")
                continue
            if not selection.keeps_establishment(place, enterprise):
                continue
            try:
                row = (
                    line,
                    _digits(number, parse_establishment_number),
                    _digits(parent, parse_enterprise_number),
                    parse_day(started),
                )
            except (NumberError, RecordError) as error:
                self._rejects.add("establishment.csv", line, _reason(error))
                continue
            selection.keep(place)
            selection.keep(enterprise)
            self._staging.add("st_establishment", row)

    def _may_keep_enterprise(self, _block: Block, numbers: Numbers) -> Bools:
        is_other = numbers.places >= FIRST_ESTABLISHMENT
        return is_other | self._selection.may_keep_enterprises(np.maximum(numbers.places, 0))

    def _enterprises(self) -> None:
        flags = self._selection.flags
        for line, place, row in self._chosen("enterprise", self._may_keep_enterprise):
            printed, _status, situation, type_, form, _cac, started = row
            if place is None or place >= FIRST_ESTABLISHMENT:
                self._rejects.add("enterprise.csv", line, f"{printed!r} is no enterprise number")
                continue
            state, is_natural = flags[place], type_ == NATURAL_PERSON
            if not (state & (KEPT | KNOWN) or (IS_WATCHED[state] and not is_natural)):
                continue
            try:
                number, day = _digits(printed, parse_enterprise_number), parse_day(started)
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

    def _names(self) -> None:
        for line, place, (number, language, type_, text) in self._kept("denomination"):
            rank = name_rank(type_, language, of_place=place >= FIRST_ESTABLISHMENT)
            name = " ".join(text.split())[:320]
            if rank is None or not name:
                self._rejects.add("denomination.csv", line, f"type {type_!r}, name {text[:40]!r}")
                continue
            trade_rank = trade_name_rank(type_, language)
            row = (line, _bare(number), rank, trade_rank, name, name_key(name)[:320])
            self._staging.add("st_name", row)

    def _addresses(self) -> None:
        for line, place, row in self._kept("address"):
            rank = address_rank(row[1], row[12], of_place=place >= FIRST_ESTABLISHMENT)
            if rank is not None:
                self._staging.add("st_address", (line, _bare(row[0]), rank, *self._address(row)))

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
        for line, _place, row in self._kept("contact"):
            stage_contact(self._staging, self._rejects, "contact.csv", line, row)


def stage_contact(
    staging: Staging, rejects: Rejects, file: str, line: int, row: Sequence[str]
) -> None:
    """Keep a row of ``contact.csv`` as it is published; fax numbers are passed over."""
    number, _, kind, text = row
    value = " ".join(text.split())
    if kind not in (*CONTACT_KINDS, FAX) or len(value) > MAX_CONTACT:
        rejects.add(file, line, f"type {kind!r}, {len(value)} characters")
    elif kind != FAX and value:
        staging.add("st_contact", (line, _bare(number), kind, value))


def _bare(number: str) -> str:
    return number.replace(".", "")


def _digits(number: str, parse: Callable[[str], str]) -> str:
    """The ten digits of a number that has the printed form of its kind.

    Raises what ``parse`` raises when its check digits are wrong or it is of another kind.
    """
    digits = _bare(number)
    is_enterprise = parse is parse_enterprise_number
    if (digits < "2") is is_enterprise and digits < "9" and has_right_check_digits(digits):
        return digits
    return parse(number)


def _reason(error: Exception) -> str:
    if isinstance(error, NumberError):
        return f"{error} ({error.code})"
    return str(error)
