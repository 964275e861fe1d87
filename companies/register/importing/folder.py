"""The folder that new extracts are put in: what lies there, and which one comes next.

Only ZIP files of the folder itself count. What an extract is, its own ``meta.csv`` says;
a name is only a name. A file that is still being copied has no readable end yet and is
shown as unreadable until it has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from companies.register.importing.errors import ImportRefusedError, Rejects
from companies.register.importing.source import Meta, open_source, read_meta

FULL = "full"
LONGEST_PATH = 300
"""Characters that the row of an import keeps of a path."""
LARGEST_META = 64 * 1024
MOST_LISTED = 60
"""Files looked into, the newest ones; a month brings about thirty."""


class FolderError(Exception):
    """The folder cannot be read, or has no such extract; one line for a person."""


class Standing(StrEnum):
    """How an extract relates to the register as it is."""

    NEXT = "next"
    FITS = "fits"
    CURRENT = "current"
    OLDER = "older"
    GAP = "gap"  # an update whose predecessor is not in the register
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class FoundExtract:
    """A ZIP of the folder; ``size`` in bytes, without ``meta`` when it cannot be read."""

    name: str
    path: Path
    size: int
    changed_at: datetime
    meta: Meta | None
    problem: str = ""


def extracts_in(folder: Path) -> list[FoundExtract]:
    """What lies in the folder, the newest extract first, unreadable ones last.

    Raises FolderError when the folder itself cannot be read.
    """
    try:
        root = folder.resolve(strict=True)
        files = [
            (entry, stat.st_size, max(stat.st_mtime, stat.st_ctime))
            for entry in root.iterdir()
            if _is_ours(entry, root)
            for stat in (entry.stat(),)
        ]
    except OSError as error:
        raise FolderError(f"{folder}: {error.strerror or type(error).__name__}") from error
    files.sort(key=lambda one: (one[2], one[0].name), reverse=True)
    found = [_found(*one) for one in files[:MOST_LISTED]]
    return sorted(found, key=_newest_first)


def extract_named(folder: Path, name: str) -> FoundExtract:
    """The extract with this file name; FolderError when the folder has none.

    The name is compared with what lies there and never becomes part of a path.
    """
    for one in extracts_in(folder):
        if one.name == name:
            return one
    raise FolderError(f"There is no extract {name!r} in the folder")


def next_extract(found: Iterable[FoundExtract], current: int | None) -> FoundExtract | None:
    """What brings the register further: the newest full extract above it, else the next update.

    ``current`` is the number of the extract that the register is at, None while it is
    empty. A full extract goes first: it also follows a changed watch list.
    """
    readable = [(one, one.meta) for one in found if one.meta is not None]
    newer = [
        (meta.number, one.name, one)
        for one, meta in readable
        if meta.kind == FULL and (current is None or meta.number > current)
    ]
    if newer:
        return max(newer, key=lambda each: each[:2])[2]
    if current is None:
        return None
    following = [one for one, meta in readable if meta.kind != FULL and meta.number == current + 1]
    return min(following, key=lambda one: one.name, default=None)


def standing(one: FoundExtract, *, current: int | None, following: FoundExtract | None) -> Standing:
    """How ``one`` relates to a register at extract ``current`` of which ``following`` is next."""
    if one.meta is None:
        return Standing.UNREADABLE
    if one == following:
        return Standing.NEXT
    number = one.meta.number
    if current is not None and number <= current:
        return Standing.CURRENT if number == current else Standing.OLDER
    if one.meta.kind != FULL and (current is None or number != current + 1):
        return Standing.GAP
    return Standing.FITS


def _is_ours(entry: Path, root: Path) -> bool:
    """A ZIP that lies in the folder and nowhere else, with a name that can be shown and kept."""
    return (
        entry.suffix.lower() == ".zip"
        and entry.name.isprintable()
        and len(str(entry)) <= LONGEST_PATH
        and entry.is_file()
        and entry.resolve().parent == root
    )


def _found(path: Path, size: int, changed: float) -> FoundExtract:
    moment = datetime.fromtimestamp(changed, tz=UTC)
    try:
        with open_source(path) as source:
            if source.sizes.get("meta", 0) > LARGEST_META:
                return FoundExtract(path.name, path, size, moment, None, "meta.csv is too long")
            meta = read_meta(source, Rejects())
    except ImportRefusedError as error:
        return FoundExtract(path.name, path, size, moment, None, str(error))
    return FoundExtract(path.name, path, size, moment, meta)


def _newest_first(one: FoundExtract) -> tuple[int, str, str]:
    if one.meta is None:
        return 1, "", one.name
    return -one.meta.number, one.meta.kind, one.name
