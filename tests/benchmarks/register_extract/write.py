"""Stream the files of an extract into a ZIP (or a folder), block by block."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from companies.register.demo.rows import header, quoted
from tests.benchmarks.register_extract import rows
from tests.benchmarks.register_extract.activities import codes
from tests.benchmarks.register_extract.plan import (
    Batch,
    Enterprises,
    Establishments,
    Plan,
    changed,
    every,
)

BLOCK = 20_000
Lines = Callable[[Any], str]
# Per file: what enterprises, establishments and branches have in it.
PARTS: dict[str, tuple[Lines | None, Lines | None, Lines | None]] = {
    "enterprise": (rows.enterprise_lines, None, None),
    "establishment": (None, rows.establishment_lines, None),
    "branch": (None, None, rows.branch_lines),
    "denomination": (rows.enterprise_names, rows.establishment_names, rows.branch_names),
    "address": (rows.enterprise_addresses, rows.establishment_addresses, rows.branch_addresses),
    "contact": (rows.enterprise_contacts, rows.establishment_contacts, None),
    "activity": (rows.activity_lines, rows.activity_lines, None),
}
KEY_COLUMN = {"enterprise": "EnterpriseNumber", "establishment": "EstablishmentNumber",
              "branch": "Id"}  # fmt: skip
# Published with this ending.
ODD_NAMES = {"contact_insert.csv": "contact_insert.Csv"}
# Of the entities that an update touches: struck off, new; the others changed.
GONE, NEW = 0.03, 0.05


class _Target:
    """A ZIP or a folder that files are streamed into, one after the other."""

    def __init__(self, path: Path) -> None:
        self.rows: dict[str, int] = {}
        self._path = path
        self._archive: zipfile.ZipFile | None = None
        if path.suffix.lower() == ".zip":
            self._archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        else:
            path.mkdir(parents=True, exist_ok=True)

    def write(self, name: str, head: str, blocks: Iterator[str]) -> None:
        """One file: its header and then its blocks of lines."""
        count, real = 0, ODD_NAMES.get(name, name)
        with (
            self._archive.open(real, "w", force_zip64=True)
            if self._archive
            else (self._path / real).open("wb")
        ) as stream:
            stream.write(head.encode())
            for block in blocks:
                stream.write(block.encode())
                count += block.count("\n")
        self.rows[name] = count

    def close(self) -> None:
        if self._archive is not None:
            self._archive.close()


@contextmanager
def _target(path: Path) -> Iterator[_Target]:
    target = _Target(path)
    try:
        yield target
    finally:
        target.close()


def write_full(plan: Plan, path: Path) -> dict[str, int]:
    """A full extract at ``path``; rows per file."""
    with _target(path) as target:
        _write_heads(target, plan, "full", plan.number)
        for file, (of_enterprises, of_places, of_branches) in PARTS.items():
            target.write(
                f"{file}.csv",
                header(file),
                _blocks(
                    plan,
                    (of_enterprises, Enterprises, plan.enterprises),
                    (of_places, Establishments, plan.establishments),
                    (of_branches, Enterprises, plan.branches),
                ),
            )
        return target.rows


def _blocks(plan: Plan, *parts: tuple[Lines | None, type[Batch], int]) -> Iterator[str]:
    for lines_of, kind, count in parts:
        if lines_of is not None:
            for start in range(0, count, BLOCK):
                yield lines_of(every(kind, plan, start, min(start + BLOCK, count)))


def write_update(
    plan: Plan, path: Path, *, touched: int, number: int | None = None
) -> dict[str, int]:
    """The update after ``plan`` that touches so many entities; rows per file.

    Half of the entities are enterprises, half establishments: most changed, some struck
    off, some new. Each comes with all its rows, sorted; ``number`` is one more than the
    full extract's unless given, and moves the draw.
    """
    number = plan.number + 1 if number is None else number
    draw = np.random.default_rng([plan.seed, number])
    half = touched // 2
    chosen = {
        Enterprises: _touch(
            draw, plan, Enterprises, count=plan.enterprises, touched=half, number=number
        ),
        Establishments: _touch(
            draw,
            plan,
            Establishments,
            count=plan.establishments,
            touched=touched - half,
            number=number,
        ),
    }
    with _target(path) as target:
        _write_heads(target, plan, "update", number)
        for file, (of_enterprises, of_places, _) in PARTS.items():
            parts = ((of_enterprises, Enterprises), (of_places, Establishments))
            key = KEY_COLUMN.get(file, "EntityNumber")
            gone = (
                "".join(f'"{one}"\n' for one in chosen[kind][0].printed)
                for lines_of, kind in parts
                if lines_of is not None
            )
            target.write(f"{file}_delete.csv", f'"{key}"\n', gone)
            come = (lines_of(chosen[kind][1]) for lines_of, kind in parts if lines_of is not None)
            target.write(f"{file}_insert.csv", header(file), come)
        return target.rows


def _touch(
    draw: np.random.Generator, plan: Plan, kind: type[Any], *, count: int, touched: int, number: int
) -> tuple[Any, Any]:
    """(those to delete, those to insert), each sorted by number."""
    old = min(round(touched * (1 - NEW)), count)
    indices = np.sort(draw.choice(count, old, replace=False)).astype(np.uint64)
    stays = draw.random(old) >= GONE * touched / max(1, old)
    first = count + (number - plan.number - 1) * touched
    new = np.arange(first, first + touched - old, dtype=np.uint64)
    deleted = kind(plan, indices)
    inserted = kind(plan, np.concatenate([indices[stays], new]))
    revision = np.full(len(inserted), number - plan.number, np.uint64)
    return deleted, changed(inserted, revision)


def _write_heads(target: _Target, plan: Plan, kind: str, number: int) -> None:
    day = plan.snapshot + timedelta(days=number - plan.number)
    written = day.strftime("%d-%m-%Y")
    values = {
        "SnapshotDate": written,
        "ExtractTimestamp": f"{written} 08:00:00",
        "ExtractType": kind,
        "ExtractNumber": str(number),
        "Version": "R018.00",
    }
    meta = "".join(f'"{variable}","{value}"\n' for variable, value in values.items())
    target.write("meta.csv", header("meta"), iter([meta]))
    listed = "".join(",".join(map(quoted, row)) + "\n" for row in codes(plan.seed))
    # One file starts with a byte-order mark: readers must not stumble over it.
    target.write("code.csv", "\ufeff" + header("code"), iter([listed]))
