"""Read an update extract into the staging tables.

Only rows of entities that the register has, or that come in whole, are staged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache, partial
from itertools import chain

from companies.register.domain.numbers import NumberError
from companies.register.domain.records import RecordError, address_rank
from companies.register.importing.errors import Rejects
from companies.register.importing.rows import (
    PointOfPostcode,
    Row,
    activity_rank,
    address_row,
    code_row,
    contact_row,
    enterprise_row,
    establishment_row,
    name_row,
)
from companies.register.importing.selection import VERSION_OF, WatchList
from companies.register.importing.source import Source
from companies.register.importing.staging import Staging
from companies.register.importing.touched import (
    ACTIVITY,
    ADDRESS,
    ALL,
    BASE,
    CONTACT,
    NAME,
    Touched,
    is_place,
)

PARTS: Mapping[str, int] = {
    "enterprise": BASE,
    "establishment": BASE,
    "activity": ACTIVITY,
    "denomination": NAME,
    "address": ADDRESS,
    "contact": CONTACT,
}
UPDATE_FILES = (
    "meta",
    "code",
    *(f"{file}_{part}" for file in (*PARTS, "branch") for part in ("delete", "insert")),
)
Entry = tuple[int, list[str]]
# The same codes come by a hundred thousand times.
_rank = lru_cache(maxsize=1 << 14)(activity_rank)


class UpdateReader:
    """Reads the files of an update, the deletes first; ``touched`` says what came by."""

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
        self._points = points
        self._staging = staging
        self._rejects = rejects
        self._told = told
        self._total = sum(source.sizes[file] for file in UPDATE_FILES)
        self._done = 0
        self.touched = Touched(known)
        # Code -> rank, by number and version.
        self._listed: dict[str, dict[tuple[str, str], int]] = {}

    def read(self) -> None:
        """All files, in the order that the selection needs."""
        for line, row in self._rows("code"):
            self._stage("st_nace", "code.csv", line, partial(code_row, row))
        for file in ("branch_delete", "branch_insert"):
            next(iter(self._rows(file)), None)  # nothing is kept of it
        for file, bit in PARTS.items():
            self._deletes(f"{file}_delete", bit)
        self._bases("enterprise_insert", of_places=False)
        self._bases("establishment_insert", of_places=True)
        self._ask()
        self._activities()
        self.touched.choose()
        self._stage_bases()
        self._stage_activities()
        self._details("denomination_insert", NAME, "st_name", name_row)
        self._details("address_insert", ADDRESS, "st_address", self._address)
        self._details("contact_insert", CONTACT, "st_contact", _contact)
        self._stage_touched()
        self._staging.flush()

    def _rows(self, file: str) -> Iterator[Entry]:
        def told(position: int) -> None:
            self._told(self._done + position, self._total)

        yield from self._source.rows(file, self._rejects, told)
        self._done += self._source.sizes[file]
        self._told(self._done, self._total)

    def _numbered(self, file: str) -> Iterator[tuple[str, int, list[str]]]:
        """(number, line, values) of the rows of enterprises and places."""
        digits, name = self.touched.digits, f"{file}.csv"
        for line, row in self._rows(file):
            number = digits(row[0])
            if number:
                yield number, line, row
            elif number is None:
                self._rejects.add(name, line, f"{row[0]!r} is no number")

    def _stage(self, table: str, name: str, line: int, made: Callable[[], Row | None]) -> None:
        try:
            row = made()
        except NumberError as error:
            self._rejects.add(name, line, f"{error} ({error.code})")
        except RecordError as error:
            self._rejects.add(name, line, str(error))
        else:
            if row is not None:
                self._staging.add(table, row)

    def _deletes(self, file: str, bit: int) -> None:
        deleted = self.touched.deleted
        for number, _, _ in self._numbered(file):
            deleted[number] = deleted.get(number, 0) | bit

    def _bases(self, file: str, *, of_places: bool) -> None:
        touched = self.touched
        for number, line, row in self._numbered(file):
            if is_place(number) != of_places:
                self._rejects.add(f"{file}.csv", line, f"{row[0]!r} does not belong here")
                continue
            touched.inserted[number] = touched.inserted.get(number, 0) | BASE
            touched.bases.setdefault(number, (line, row))

    def _ask(self) -> None:
        touched = self.touched
        parents = (touched.parent(number) for number in touched.bases if is_place(number))
        touched.ask(chain(touched.numbers(), filter(None, parents)))

    def _activities(self) -> None:
        touched, bits_of = self.touched, self._watched.bits
        inserted, bits = touched.inserted, touched.bits
        last, rows = "", None
        for number, line, (_, _group, version, code, class_) in self._numbered("activity_insert"):
            if number != last:
                last = number
                inserted[number] = inserted.get(number, 0) | ACTIVITY
                matters = touched.is_active(number) or touched.is_whole(number)
                rows = self._listed.setdefault(number, {}) if matters else None
            found = bits_of(version, code)
            if not found:
                self._rejects.add("activity_insert.csv", line, f"{version!r} is no NACE version")
                continue
            bits[number] = bits.get(number, 0) | found
            if rows is None:
                continue
            try:
                rank = _rank(code, class_)
            except RecordError as error:
                self._rejects.add("activity_insert.csv", line, str(error))
                continue
            key = (version, code)
            if rank < rows.get(key, 9):
                rows[key] = rank

    def _stage_bases(self) -> None:
        touched = self.touched
        for number, (line, row) in touched.bases.items():
            if not touched.is_staged(number):
                continue
            if not is_place(number):
                made = self._enterprise(line, row)
                self._stage("st_enterprise", "enterprise_insert.csv", line, made)
                continue
            parent = touched.parent(number)
            if touched.is_gone(parent) and not touched.is_active(parent):
                continue
            # Of the new enterprise nothing is known: the merge leaves the place with the old one.
            stays = not touched.is_staged(parent)
            made = self._establishment(line, row, stays=stays)
            self._stage("st_establishment", "establishment_insert.csv", line, made)

    @staticmethod
    def _enterprise(line: int, row: list[str]) -> Callable[[], Row]:
        return lambda: enterprise_row(line, row)

    @staticmethod
    def _establishment(line: int, row: list[str], *, stays: bool) -> Callable[[], Row]:
        def made() -> Row:
            line_, number, parent, day = establishment_row(line, row)
            return (line_, number, None if stays else parent, day)

        return made

    def _stage_activities(self) -> None:
        touched, add = self.touched, self._staging.add
        for number, rows in self._listed.items():
            if not touched.is_staged(number):
                continue
            counts = VERSION_OF[touched.bits.get(number, 0)]
            for (version, code), rank in rows.items():
                if version == counts:
                    add("st_activity", (number, version, code, rank))
        self._listed.clear()

    def _details(self, file: str, bit: int, table: str, made: Callable[..., Row | None]) -> None:
        touched, name = self.touched, f"{file}.csv"
        inserted = touched.inserted
        for number, line, row in self._numbered(file):
            inserted[number] = inserted.get(number, 0) | bit
            if touched.is_staged(number):
                self._stage(
                    table,
                    name,
                    line,
                    partial(made, line, number, row, of_place=is_place(number)),
                )
            elif bit == ADDRESS and address_rank(row[1], row[12], of_place=True) is not None:
                touched.addressed.add(number)

    def _address(self, line: int, number: str, row: list[str], *, of_place: bool) -> Row | None:
        return address_row(line, number, row, self._points, of_place=of_place)

    def _stage_touched(self) -> None:
        touched = self.touched
        for number in touched.numbers():
            if touched.is_staged(number):
                files = ALL if number in touched.chosen else touched.files(number)
                self._staging.add("st_touched", (number, is_place(number), files))


def _contact(line: int, number: str, row: list[str], *, of_place: bool) -> Row | None:
    del of_place
    return contact_row(line, number, row)
