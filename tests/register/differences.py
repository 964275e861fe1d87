"""Imports and what they changed, written straight into the tables."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from companies.register.models import DifferenceKind, RegisterDifference, RegisterImport
from portal.common.run_rows import RunStatus


def finished_import(number: int = 151, **fields: Any) -> RegisterImport:
    """An update that brought the register to this extract."""
    values = {
        "source_name": f"{number}.zip",
        "status": RunStatus.FINISHED,
        "finished_at": timezone.now(),
        "extract_type": "update",
        "extract_number": number,
        "snapshot_on": "2026-11-02",
        "counts": {f"establishments_{kind.value}": 0 for kind in DifferenceKind},
    }
    return RegisterImport.objects.create(**(values | fields))


def difference(
    row: RegisterImport, establishment: Any, kind: str = "changed", **changes: Any
) -> RegisterDifference:
    """What an import changed at an establishment that is in the register."""
    return RegisterDifference.objects.create(
        register_import=row,
        number=establishment.pk,
        enterprise_number=establishment.enterprise_id,
        name=establishment.name,
        kind=kind,
        changes=changes,
    )
