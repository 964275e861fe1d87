"""Two states of a small register, and the extracts between them: full, or what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from companies.register.importing.source import COLUMNS, columns_of
from companies.register.importing.update_reading import PARTS

# File -> the rows of one entity in it, without the number in front.
Rows = Mapping[str, tuple[str, ...]]
# Printed number -> its rows.
State = Mapping[str, Rows]
CODES = ('"Nace2025","10820","NL","Chocolade"', '"Nace2025","10820","EN","Chocolate"')


def header(file: str) -> str:
    """The first line of a file of a full or an update extract."""
    return ",".join(f'"{column}"' for column in columns_of(file))


def meta(kind: str, number: int) -> list[str]:
    """The rows of ``meta.csv``."""
    values = {
        "SnapshotDate": "01-11-2026",
        "ExtractTimestamp": "01-11-2026 08:00:00",
        "ExtractType": kind,
        "ExtractNumber": str(number),
        "Version": "R018.00",
    }
    return [f'"{name}","{value}"' for name, value in values.items()]


def lines(state: State, file: str) -> list[str]:
    """All rows of a file."""
    return [f'"{number}",{row}' for number, rows in state.items() for row in rows.get(file, ())]


def write_full(state: State, folder: Path, number: int = 150) -> Path:
    """The whole state as a full extract."""
    files = {file: lines(state, file) for file in COLUMNS}
    return _write(folder, files | {"meta": meta("full", number), "code": list(CODES)})


def write_update(
    before: State,
    after: State,
    folder: Path,
    number: int = 151,
    *,
    touches: Callable[[str, str], bool] = lambda _number, _file: False,
    lists_new: Callable[[str], bool] = lambda _number: False,
) -> Path:
    """What changed, per file and entity; all rows of each entity that a file touches.

    ``touches`` adds (number, file) although nothing changed. Deletes name what stood in the
    file before, and new entities too where ``lists_new`` says so.
    """
    files: dict[str, list[str]] = {}
    for file in PARTS:
        deleted: list[str] = []
        inserted: dict[str, Rows] = {}
        for name in before | dict(after):
            was, now = before.get(name, {}).get(file, ()), after.get(name, {}).get(file, ())
            again = name in after and file in after[name] and touches(name, file)
            if was == now and not again:
                continue
            if was or (name in before and again) or lists_new(name):
                deleted.append(f'"{name}"')
            inserted[name] = {file: now}
        files[f"{file}_delete"] = deleted
        files[f"{file}_insert"] = lines(inserted, file)
    files |= {"branch_delete": [], "branch_insert": []}
    return _write(folder, files | {"meta": meta("update", number), "code": list(CODES)})


def _write(folder: Path, files: Mapping[str, list[str]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for file, rows in files.items():
        # One file is known to be published with this ending.
        name = "contact_insert.Csv" if file == "contact_insert" else f"{file}.csv"
        (folder / name).write_text("\n".join([header(file), *rows]) + "\n", encoding="utf-8")
    return folder
