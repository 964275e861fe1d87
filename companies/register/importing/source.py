"""Read the files of an extract from a ZIP or a folder that nobody has vouched for.

Refused in one line: a missing file, a wrong header, a broken or truncated ZIP, a member
whose path leads elsewhere, a bomb, an encrypted member, text that is not UTF-8.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from companies.register.domain.records import RecordError, parse_day
from companies.register.importing.blocks import BlockReader
from companies.register.importing.errors import ImportRefusedError, Rejects

COLUMNS: dict[str, tuple[str, ...]] = {
    "meta": ("Variable", "Value"),
    "code": ("Category", "Code", "Language", "Description"),
    "enterprise": (
        "EnterpriseNumber", "Status", "JuridicalSituation", "TypeOfEnterprise",
        "JuridicalForm", "JuridicalFormCAC", "StartDate",
    ),
    "establishment": ("EstablishmentNumber", "StartDate", "EnterpriseNumber"),
    "branch": ("Id", "StartDate", "EnterpriseNumber"),
    "denomination": ("EntityNumber", "Language", "TypeOfDenomination", "Denomination"),
    "address": (
        "EntityNumber", "TypeOfAddress", "CountryNL", "CountryFR", "Zipcode", "MunicipalityNL",
        "MunicipalityFR", "StreetNL", "StreetFR", "HouseNumber", "Box", "ExtraAddressInfo",
        "DateStrikingOff",
    ),
    "contact": ("EntityNumber", "EntityContact", "ContactType", "Value"),
    "activity": ("EntityNumber", "ActivityGroup", "NaceVersion", "NaceCode", "Classification"),
}  # fmt: skip
MAX_MEMBERS = 100
MAX_BYTES = 16 * 1024**3  # a full extract is about 2.2 GB
MAX_RATIO = 200  # a real activity.csv deflates about twentyfold
SMALL = 64 * 1024 * 1024  # below this size a high ratio does no harm
TELL_EVERY = 1 << 15

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Meta:
    """What ``meta.csv`` says: ``kind`` is ``full`` or ``update``."""

    kind: str
    number: int
    snapshot: date | None


class Source:
    """The files of one extract, by lower-case name without ``.csv``."""

    def __init__(self, files: dict[str, int], opener: Callable[[str], BinaryIO]) -> None:
        self.sizes = files
        self._opener = opener

    @contextmanager
    def open(self, file: str) -> Iterator[BinaryIO]:
        """The bytes of a file."""
        try:
            stream = self._opener(file)
        except _BROKEN as error:
            raise ImportRefusedError(f"{file}.csv cannot be opened: {_short(error)}") from error
        with stream:
            yield stream

    def rows(
        self, file: str, rejects: Rejects, told: Callable[[int], None] | None = None
    ) -> Iterator[tuple[int, list[str]]]:
        """(line, values) of each row with the right number of columns; others are rejected.

        ``told`` hears now and then how many bytes were read. Raises ImportRefusedError
        for a wrong header and for anything that makes the rest of the file unreadable.
        """
        columns = columns_of(file)
        width, name = len(columns), f"{file}.csv"
        with self.open(file) as binary:
            text = io.TextIOWrapper(binary, encoding="utf-8-sig", newline="")
            reader = csv.reader(text, strict=True)
            try:
                if tuple(next(reader, ())) != columns:
                    raise ImportRefusedError(
                        f"{name} has a wrong header; it should be {','.join(columns)}"
                    )
                for row in reader:
                    line = reader.line_num
                    if len(row) == width:
                        if "\0" in "".join(row):
                            rejects.add(name, line, "a NUL character")
                        else:
                            yield line, row
                    elif row:
                        rejects.add(name, line, f"{len(row)} values where {width} are needed")
                    if told is not None and line % TELL_EVERY == 0:
                        told(binary.tell())
            except UnicodeDecodeError as error:
                raise ImportRefusedError(
                    f"{name}, after line {reader.line_num}: not UTF-8 text"
                ) from error
            except (csv.Error, *_BROKEN) as error:
                raise ImportRefusedError(
                    f"{name}, after line {reader.line_num}: {_short(error)}"
                ) from error

    @contextmanager
    def blocks(
        self, file: str, rejects: Rejects, told: Callable[[int], None]
    ) -> Iterator[BlockReader]:
        """The same rows in blocks of lines; raises ImportRefusedError likewise."""
        name = f"{file}.csv"
        with self.open(file) as binary:
            reader = BlockReader(
                binary, name=name, columns=COLUMNS[file], rejects=rejects, told=told
            )
            try:
                yield reader
            except _BROKEN as error:
                raise ImportRefusedError(
                    f"{name}, after line {reader.line}: {_short(error)}"
                ) from error

    def require(self, files: tuple[str, ...]) -> None:
        """Raise ImportRefusedError unless every one of the files is there."""
        missing = [f"{file}.csv" for file in files if file not in self.sizes]
        if missing:
            raise ImportRefusedError(f"Missing in the extract: {', '.join(missing)}")


def columns_of(file: str) -> tuple[str, ...]:
    """The header of a file; a ``_delete`` file of an update has the number only."""
    base, _, part = file.partition("_")
    return COLUMNS[base][:1] if part == "delete" else COLUMNS[base]


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """The extract at ``path``: a ZIP, or a folder with the files in it."""
    if path.is_dir():
        yield _folder(path)
        return
    if not path.is_file():
        raise ImportRefusedError(f"There is no file or folder {path}")
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise ImportRefusedError(f"{path.name} is no readable ZIP: {_short(error)}") from error
    with archive:
        yield _archive(archive)


def read_meta(source: Source, rejects: Rejects) -> Meta:
    """Kind, number and date of the extract. Raises ImportRefusedError when they are wrong."""
    source.require(("meta",))
    values = {row[0]: row[1].strip() for _, row in source.rows("meta", rejects)}
    kind = values.get("ExtractType", "").lower()
    if kind not in ("full", "update"):
        raise ImportRefusedError(f"meta.csv: ExtractType is {kind!r}, not full or update")
    number = values.get("ExtractNumber", "")
    if not (number.isascii() and number.isdigit()) or len(number) > 9:
        raise ImportRefusedError(f"meta.csv: ExtractNumber is {number!r}, not a number")
    try:
        snapshot = parse_day(values.get("SnapshotDate", ""))
    except RecordError as error:
        raise ImportRefusedError(f"meta.csv: SnapshotDate {error}") from error
    return Meta(kind, int(number), snapshot)


def _folder(path: Path) -> Source:
    found: dict[str, Path] = {}
    root = path.resolve()
    for entry in sorted(path.iterdir()):
        if entry.suffix.lower() != ".csv":
            continue
        if not entry.resolve().is_relative_to(root):
            raise ImportRefusedError(f"{entry.name} leads outside the folder")
        found[entry.stem.lower()] = entry
    sizes = {name: entry.stat().st_size for name, entry in found.items()}
    return Source(sizes, lambda name: found[name].open("rb"))


def _archive(archive: zipfile.ZipFile) -> Source:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise ImportRefusedError(f"The ZIP holds {len(members)} files; at most {MAX_MEMBERS}")
    found: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        _check_member(member)
        name = PurePosixPath(member.filename)
        if name.suffix.lower() != ".csv":
            continue
        if name.stem.lower() in found:
            raise ImportRefusedError(f"{name} is in the ZIP twice")
        found[name.stem.lower()] = member
    total = sum(member.file_size for member in members)
    if total > MAX_BYTES:
        raise ImportRefusedError(f"The ZIP unpacks to {total:,} bytes; at most {MAX_BYTES:,}")
    sizes = {name: member.file_size for name, member in found.items()}
    # ZipFile stops at the declared size and checks the sum, so the sizes above are safe.
    return Source(sizes, lambda name: cast("BinaryIO", archive.open(found[name])))


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or len(path.parts) != 1 or ".." in path.parts or ":" in name:
        raise ImportRefusedError(f"{name!r} is not at the root of the ZIP")
    if member.flag_bits & 0x1:
        raise ImportRefusedError(f"{name} is encrypted")
    if member.file_size > SMALL and member.file_size > MAX_RATIO * max(1, member.compress_size):
        raise ImportRefusedError(f"{name} unpacks to more than {MAX_RATIO} times its size")


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
