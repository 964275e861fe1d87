"""Write a demo extract: a folder or ZIP with the nine files of KBO Open Data.

Nothing grows with the number of establishments except the files: entities are drawn,
written and forgotten. The entities come sorted by number, as in the published files.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from companies.register.demo import known, rows
from companies.register.demo.codes import code_rows
from companies.register.demo.known import KnownEnterprise
from companies.register.demo.specs import Drawer

FILES = (
    "meta", "code", "enterprise", "establishment", "branch", "denomination", "address", "contact",
    "activity",
)  # fmt: skip
# Ranges that are not in use in the real register. One million numbers each.
ENTERPRISES_FROM, ESTABLISHMENTS_FROM = 19_000_000, 89_000_000
ONE_RANGE = 800_000
MAX_ESTABLISHMENTS = 1_700_000
BUFFER = 1 << 20
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class ExtractPlan:
    """What to write. The same plan gives the same bytes."""

    establishments: int
    seed: int = 1
    number: int = 150
    snapshot: date = date(2026, 11, 1)
    known: Sequence[KnownEnterprise] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.establishments <= MAX_ESTABLISHMENTS:
            raise ValueError(f"between 0 and {MAX_ESTABLISHMENTS} establishments")
        if len(self.known) > known.MAX_KNOWN:
            raise ValueError(f"at most {known.MAX_KNOWN} known enterprises")


def write_extract(plan: ExtractPlan, out: Path) -> Path:
    """Write the extract to ``out``: a ZIP when its name ends in ``.zip``, else a folder.

    A ZIP is put together beside its place and moved there when it is whole.
    """
    if out.suffix.lower() != ".zip":
        _write_folder(plan, out)
        return out
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        _write_folder(plan, Path(folder))
        whole = Path(folder) / "extract.zip.part"
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for file in FILES:
                archive.write(Path(folder) / f"{file}.csv", f"{file}.csv")
        shutil.move(whole, out)
    return out


def _write_folder(plan: ExtractPlan, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        write: dict[str, rows.Write] = {}
        for file in FILES:
            stream = stack.enter_context(
                (folder / f"{file}.csv").open("w", encoding="utf-8", newline="", buffering=BUFFER)
            )
            write[file] = stream.write
            # One file starts with a byte-order mark: readers must not stumble over it.
            stream.write((BOM if file == "code" else "") + rows.header(file))
        _write_meta(write["meta"], plan)
        for code_row in code_rows():
            write["code"](",".join(map(rows.quoted, code_row)) + "\n")
        _write_entities(write, plan)


def _write_meta(write: rows.Write, plan: ExtractPlan) -> None:
    day = plan.snapshot.strftime("%d-%m-%Y")
    values = {
        "SnapshotDate": day,
        "ExtractTimestamp": f"{day} 08:00:00",
        "ExtractType": "full",
        "ExtractNumber": str(plan.number),
        "Version": "R018.00",
    }
    for variable, value in values.items():
        write(f'"{variable}","{value}"\n')


def _write_entities(write: dict[str, rows.Write], plan: ExtractPlan) -> None:
    """Enterprises first, then establishments and branches: the seed draws them twice."""
    one_range = plan.establishments <= ONE_RANGE
    enterprises = ENTERPRISES_FROM if one_range else ENTERPRISES_FROM - 1_000_000
    places = ESTABLISHMENTS_FROM if one_range else ESTABLISHMENTS_FROM - 1_000_000
    drawn = Drawer(plan.seed).enterprises(plan.establishments)
    for first_eight, enterprise in enumerate(drawn, enterprises):
        rows.write_enterprise(write, first_eight, enterprise)
    listed = list(Drawer(plan.seed).known(plan.known))
    for first_eight, enterprise in enumerate(listed, known.FIRST_KNOWN_ENTERPRISE):
        rows.write_enterprise(write, first_eight, enterprise)
    drawn = Drawer(plan.seed).enterprises(plan.establishments)
    for parent, enterprise in enumerate(drawn, enterprises):
        for place in enterprise.places:
            rows.write_place(write, places, parent, place)
            places += 1
        if enterprise.has_branch:
            rows.write_branch(write, parent, enterprise)
    for index, enterprise in enumerate(listed):
        first = known.FIRST_KNOWN_ESTABLISHMENT + index * known.MAX_PLACES
        for offset, place in enumerate(enterprise.places):
            parent = known.FIRST_KNOWN_ENTERPRISE + index
            rows.write_place(write, first + offset, parent, place)
