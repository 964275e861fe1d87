"""A full extract, file by file: which entities to keep, then the rows of those only.

``activity.csv`` comes first, into one byte per number; the other files follow it. Of rows
that are not kept only the form is checked, for a whole block of lines at once; a row of
Python is made of the kept ones alone.
"""

from __future__ import annotations

import csv
import heapq
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing
from operator import itemgetter
from typing import Any

import numpy as np

from companies.register.domain.numbers import NumberError
from companies.register.domain.records import NATURAL_PERSON, RecordError
from companies.register.importing.activities import ActivityPass, copy_lines
from companies.register.importing.blocks import Block, Bools, Row
from companies.register.importing.errors import Rejects
from companies.register.importing.rows import (
    PointOfPostcode,
    address_row,
    bare,
    code_row,
    contact_row,
    enterprise_row,
    establishment_row,
    name_row,
)
from companies.register.importing.selection import (
    FIRST_ESTABLISHMENT,
    IS_WATCHED,
    KEPT,
    KNOWN,
    Selection,
    WatchList,
    place_of,
)
from companies.register.importing.shapes import Numbers, are_rows, numbers_at, numbers_at_end
from companies.register.importing.source import COLUMNS, Source
from companies.register.importing.staging import Staging

FULL_FILES = (
    "meta", "code", "enterprise", "establishment", "branch", "denomination", "address", "contact",
    "activity",
)  # fmt: skip
Staged = tuple[Any, ...]


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
        for line, row in self._rows("code"):
            self._stage("st_nace", "code", line, code_row, row)

    def _stage(
        self,
        table: str,
        file: str,
        line: int,
        made: Callable[..., Staged | None],
        *given: Any,
        **how: Any,
    ) -> bool:
        """Keep what is made of a row; False when it is refused."""
        try:
            row = made(*given, **how)
        except NumberError as error:
            self._rejects.add(f"{file}.csv", line, f"{error} ({error.code})")
            return False
        except RecordError as error:
            self._rejects.add(f"{file}.csv", line, str(error))
            return False
        if row is not None:
            self._staging.add(table, row)
        return True

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
        for line, place, row in self._chosen("establishment", self._may_keep_establishment):
            number, _started, parent = row
            enterprise = place_of(parent)
            if place is None or enterprise is None or enterprise >= FIRST_ESTABLISHMENT:
                self._rejects.add("establishment.csv", line, f"{number!r} of {parent!r}: no number")
                continue
            if not selection.keeps_establishment(place, enterprise):
                continue
            made = self._stage(
                "st_establishment", "establishment", line, establishment_row, line, row
            )
            if made:
                selection.keep(place)
                selection.keep(enterprise)

    def _may_keep_enterprise(self, _block: Block, numbers: Numbers) -> Bools:
        is_other = numbers.places >= FIRST_ESTABLISHMENT
        return is_other | self._selection.may_keep_enterprises(np.maximum(numbers.places, 0))

    def _enterprises(self) -> None:
        flags = self._selection.flags
        for line, place, row in self._chosen("enterprise", self._may_keep_enterprise):
            printed, type_ = row[0], row[3]
            if place is None or place >= FIRST_ESTABLISHMENT:
                self._rejects.add("enterprise.csv", line, f"{printed!r} is no enterprise number")
                continue
            state, is_natural = flags[place], type_ == NATURAL_PERSON
            if not (state & (KEPT | KNOWN) or (IS_WATCHED[state] and not is_natural)):
                continue
            is_known = bool(state & KNOWN)
            made = self._stage(
                "st_enterprise", "enterprise", line, enterprise_row, line, row, is_known=is_known
            )
            if made:
                self._selection.keep(place)

    def _names(self) -> None:
        for line, place, row in self._kept("denomination"):
            of_place = place >= FIRST_ESTABLISHMENT
            self._stage(
                "st_name", "denomination", line, name_row, line, bare(row[0]), row,
                of_place=of_place,
            )  # fmt: skip

    def _addresses(self) -> None:
        points = self._points
        for line, place, row in self._kept("address"):
            of_place = place >= FIRST_ESTABLISHMENT
            self._stage(
                "st_address", "address", line, address_row, line, bare(row[0]), row, points,
                of_place=of_place,
            )  # fmt: skip

    def _contacts(self) -> None:
        for line, _place, row in self._kept("contact"):
            self._stage("st_contact", "contact", line, contact_row, line, bare(row[0]), row)
