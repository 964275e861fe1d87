"""One extract, full or update, from its files into the register or (on trial) back out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from companies.register.importing import incomplete, update_merge
from companies.register.importing.differences import Differences
from companies.register.importing.errors import ImportRefusedError, Rejects
from companies.register.importing.merge import merge
from companies.register.importing.reading import FULL_FILES, FullReader
from companies.register.importing.rows import PointOfPostcode
from companies.register.importing.selection import WatchList
from companies.register.importing.source import Meta, Source, open_source, read_meta
from companies.register.importing.staging import Staging
from companies.register.importing.update_reading import UPDATE_FILES, UpdateReader
from companies.register.models import (
    KnownNumber,
    PostalPoint,
    RegisterDifference,
    RegisterImport,
    WatchedNace,
)
from companies.register.searching import entries
from companies.register.selectors import current_import

# Raised when a full import fills further columns that updates need.
LAYOUT = 2
Told = Callable[[int, int], None]


@dataclass(slots=True)
class Outcome:
    """What came in, or on trial would come in."""

    meta: Meta
    counts: dict[str, int]
    rejects: Rejects
    incomplete: list[dict[str, str]] = field(default_factory=list)
    sample: list[RegisterDifference] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        """For the row of the import."""
        return {
            "extract_type": self.meta.kind,
            "extract_number": self.meta.number,
            "snapshot_on": self.meta.snapshot,
            "layout": LAYOUT,
            "counts": self.counts,
            "rejects": self.rejects.listed,
            "incomplete": self.incomplete,
        }


def apply_extract(row: RegisterImport, told: Told, finish: Callable[[Outcome], None]) -> None:
    """Import ``row.source_name`` in one transaction, or roll that back when it is a trial.

    ``finish`` writes the outcome: in that transaction, or on trial in one after it. Raises
    ImportRefusedError.
    """
    rejects = Rejects()
    with open_source(Path(row.source_name)) as source:
        meta = read_meta(source, rejects)
        is_update = meta.kind == RegisterImport.ExtractType.UPDATE
        if is_update:
            _check_follows(meta)
        source.require(UPDATE_FILES if is_update else FULL_FILES)
        with transaction.atomic():
            outcome = Outcome(meta, {}, rejects)
            (_update if is_update else _replace)(source, row.pk, outcome, told)
            if row.is_dry_run:
                outcome.sample = Differences.sample(row.pk)
                transaction.set_rollback(True)
            else:
                entries.refresh(update_merge.affected_places() if is_update else None)
                finish(outcome)
    if row.is_dry_run:
        with transaction.atomic():
            RegisterDifference.objects.bulk_create(outcome.sample)
            finish(outcome)


def _check_follows(meta: Meta) -> None:
    """An update fits one extract only: the one before it."""
    current = current_import()
    if current is None:
        raise ImportRefusedError(
            f"Extract {meta.number} is an update and the register is empty: "
            "import a full extract first"
        )
    at = current.extract_number or 0
    if meta.number != at + 1:
        raise ImportRefusedError(
            f"Extract {meta.number} is an update and the register is at extract {at}: "
            f"it can only be followed by update {at + 1}, or by a full extract"
        )
    if current.layout != LAYOUT:
        raise ImportRefusedError(
            f"Extract {meta.number} is an update and the register at extract {at} was imported "
            "by an older version of the portal: import a full extract first"
        )


def _inputs() -> dict[str, Any]:
    watched = WatchList(WatchedNace.objects.values_list("version", "prefix"))
    known = list(KnownNumber.objects.values_list("number", flat=True))
    if not watched and not known:
        raise ImportRefusedError("The watch list is empty: nothing would be kept")
    points = {
        code: PointOfPostcode(province, x_m, y_m)
        for code, province, x_m, y_m in PostalPoint.objects.values_list(
            "postcode", "province", "x_m", "y_m"
        )
    }
    staging = Staging()
    staging.create()
    return {"watched": watched, "known": known, "points": points, "staging": staging}


def _replace(source: Source, pk: int, outcome: Outcome, told: Told) -> None:
    """Stage the kept rows of a full extract and merge them."""
    FullReader(source, rejects=outcome.rejects, told=told, **_inputs()).read()
    differences = Differences(touched_only=False)
    differences.look()
    outcome.counts = merge(outcome.rejects) | differences.write(pk)


def _update(source: Source, pk: int, outcome: Outcome, told: Told) -> None:
    """Stage what an update touches, complete it from the register and merge it."""
    inputs = _inputs()
    reader = UpdateReader(source, rejects=outcome.rejects, told=told, **inputs)
    reader.read()
    left_open = incomplete.incomplete(reader.touched, inputs["watched"])
    update_merge.complete(inputs["watched"])
    differences = Differences(touched_only=True)
    differences.look()
    counts = update_merge.merge_update(outcome.rejects) | differences.write(pk)
    counts["touched"] = len(reader.touched.numbers())
    outcome.counts = counts | incomplete.counted(left_open)
    outcome.incomplete = incomplete.listed(left_open)
