"""Looks through an uploaded .xlsx before a spreadsheet library may open it.

Everything is unpacked once, in pieces that are counted and thrown away, so that a small
file cannot ask for much memory: neither by unpacking to gigabytes, nor by XML with
millions of elements, nor by entities.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from io import BytesIO
from typing import Any
from xml.parsers import expat

CHUNK = 64 * 1024
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old .xls, and every encrypted workbook
ZIP_START = b"PK\x03\x04"
WORKBOOK = "xl/workbook.xml"
CONTENT_TYPES = "[Content_Types].xml"
SHEET_FOLDER = "xl/worksheets/"
SHARED_STRINGS = "xl/sharedStrings.xml"
_ENCRYPTED = 0x1
_COORDINATE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,  # a way of packing that this Python does not know
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    UnicodeDecodeError,
)


class Refusal(StrEnum):
    """Why a whole file is not read."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    OLD_OR_LOCKED = "old_or_locked"
    NOT_A_WORKBOOK = "not_a_workbook"
    BROKEN = "broken"
    BOMB = "bomb"
    MACROS = "macros"
    EMBEDDED = "embedded"
    LINKS = "links"
    UNSAFE_XML = "unsafe_xml"
    TOO_MUCH = "too_much"
    NO_SHEETS = "no_sheets"


class RefusedError(Exception):
    """The file is not read; ``refusal`` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True)
class Limits:
    """Bytes, numbers of things, and how many times larger a file may unpack."""

    packed: int = 2 * 1024 * 1024
    unpacked: int = 20 * 1024 * 1024
    ratio: int = 100
    members: int = 200
    elements: int = 100_000  # of the sheets and their texts together
    other_elements: int = 20_000  # of styles, names and whatever else there is
    depth: int = 40
    rows: int = 500
    columns: int = 80


@dataclass
class SheetMarks:
    """What one sheet holds besides plain values; rows and columns count from 1."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    last_row: int = 0


@dataclass
class _Budget:
    """What is left to spend on this file."""

    unpacked: int
    elements: int
    other_elements: int


class _Sheet:
    """Follows the elements of a sheet and fills its marks."""

    def __init__(self) -> None:
        self.marks = SheetMarks()
        self.row = self.column = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """One element opens."""
        if name == "row":
            given = attributes.get("r", "")
            self.row = int(given) if given.isdecimal() and len(given) < 8 else self.row + 1
            self.column = 0
        elif name == "c":
            place = _COORDINATE.match(attributes.get("r", ""))
            self.column = column_number(place[1]) if place else self.column + 1
            self.row = int(place[2]) if place else self.row
        elif name == "f":
            self.marks.formulas.add((self.row, self.column))
        elif name == "mergeCell":
            self.marks.merged.append(attributes.get("ref", "")[:40])
        if name in {"v", "is"}:
            self.marks.last_row = max(self.marks.last_row, self.row)


class _Watch:
    """An XML parser that only counts, and ends what is not plain XML."""

    def __init__(self, budget: _Budget, limits: Limits, *, of_sheet: bool, counted: bool) -> None:
        self.budget, self.limits, self.counted = budget, limits, counted
        self.depth = 0
        self.sheet = _Sheet() if of_sheet else None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def _refuse(self, *_args: Any) -> None:
        raise RefusedError(Refusal.UNSAFE_XML)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        kind = "elements" if self.counted else "other_elements"
        left = getattr(self.budget, kind) - 1
        setattr(self.budget, kind, left)
        if left < 0 or self.depth > self.limits.depth:
            raise RefusedError(Refusal.TOO_MUCH)
        if self.sheet is not None:
            self.sheet.start(name.rpartition(" ")[2], attributes)

    def _end(self, _name: str) -> None:
        self.depth -= 1

    def feed(self, chunk: bytes, *, is_last: bool = False) -> None:
        """The next piece; RefusedError when it is no sound XML."""
        try:
            self.parser.Parse(chunk, is_last)
        except (expat.ExpatError, ValueError, LookupError):
            raise RefusedError(Refusal.BROKEN) from None


def column_number(letters: str) -> int:
    """``A`` is 1, ``AA`` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """1 is ``A``, 27 is ``AA``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def inspect(data: bytes, limits: Limits) -> dict[str, SheetMarks]:
    """What each sheet (by its path in the file) holds; RefusedError for what is not let in."""
    _check_start(data, limits)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _check_names(members, limits)
            _check_declared_sizes(members, len(data), limits)
            return _read_all(archive, members, limits, len(data))
    except _ZIP_ERRORS:
        raise RefusedError(Refusal.BROKEN) from None


def _check_start(data: bytes, limits: Limits) -> None:
    if not data:
        raise RefusedError(Refusal.EMPTY)
    if len(data) > limits.packed:
        raise RefusedError(Refusal.TOO_BIG)
    if data.startswith(OLE_START):
        raise RefusedError(Refusal.OLD_OR_LOCKED)
    if not data.startswith(ZIP_START):
        raise RefusedError(Refusal.NOT_A_WORKBOOK)


def _check_names(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    names = [member.filename for member in members]
    lowered = [name.lower() for name in names]
    if len(names) > limits.members:
        raise RefusedError(Refusal.TOO_MUCH)
    if len(set(lowered)) != len(names) or any(_is_stray(name) for name in names):
        raise RefusedError(Refusal.BROKEN)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise RefusedError(Refusal.OLD_OR_LOCKED)
    if any("vbaproject" in name or "macrosheets/" in name for name in lowered):
        raise RefusedError(Refusal.MACROS)
    if WORKBOOK not in names or CONTENT_TYPES not in names:
        raise RefusedError(Refusal.NOT_A_WORKBOOK)
    if any(name.startswith("xl/externallinks/") for name in lowered):
        raise RefusedError(Refusal.LINKS)
    if any(name.startswith(("xl/embeddings/", "xl/activex/")) for name in lowered):
        raise RefusedError(Refusal.EMBEDDED)


def _is_stray(name: str) -> bool:
    """The name leads out of the file."""
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _check_declared_sizes(members: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    """What the file says itself; what it really unpacks to is counted afterwards."""
    _check_unpacked(sum(member.file_size for member in members), packed, limits)


def _check_unpacked(unpacked: int, packed: int, limits: Limits) -> None:
    if unpacked > min(limits.unpacked, limits.ratio * packed):
        raise RefusedError(Refusal.BOMB)


def _read_all(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits, packed: int
) -> dict[str, SheetMarks]:
    budget = _Budget(
        min(limits.unpacked, limits.ratio * packed), limits.elements, limits.other_elements
    )
    sheets: dict[str, SheetMarks] = {}
    for member in members:
        name = member.filename
        of_sheet = name.startswith(SHEET_FOLDER) and name.endswith(".xml")
        pieces = _pieces(archive, member, budget)
        if not name.endswith((".xml", ".rels")):
            for _piece in pieces:
                pass
            continue
        counted = of_sheet or name == SHARED_STRINGS
        watch = _Watch(budget, limits, of_sheet=of_sheet, counted=counted)
        for piece in pieces:
            if name == CONTENT_TYPES and b"macroEnabled" in piece:
                raise RefusedError(Refusal.MACROS)
            watch.feed(piece)
        watch.feed(b"", is_last=True)
        if watch.sheet is not None:
            sheets[name] = watch.sheet.marks
    return sheets


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: _Budget) -> Iterator[bytes]:
    """The member in pieces; the check sum is looked at with the last one."""
    with archive.open(member) as stream:
        while piece := stream.read(CHUNK):
            budget.unpacked -= len(piece)
            if budget.unpacked < 0:
                raise RefusedError(Refusal.BOMB)
            yield piece
