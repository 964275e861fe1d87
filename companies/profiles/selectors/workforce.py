"""The years of a company side by side: totals, the step from the year before, doorstroom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from companies.profiles.models import WorkforceYear
from portal.common.choices import GUIDANCE_LABELS, TARGET_GROUP_LABELS
from portal.common.vocabulary import GuidanceLevel, TargetGroup


@dataclass(frozen=True)
class Count:
    """Persons and FTE."""

    heads: int
    fte: Decimal


@dataclass(frozen=True)
class Row:
    """One row of the matrix: a target group (or all) at each guidance level, then together."""

    label: Any
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Change:
    """One figure in the year before and in this year."""

    label: Any
    before: Decimal
    now: Decimal
    decimals: int

    @property
    def difference(self) -> Decimal:
        """What was added; negative when it became less."""
        return self.now - self.before


@dataclass(frozen=True)
class YearReport:
    """A stored year as the page shows it; ``before`` is the year it is compared with."""

    rows: tuple[Row, ...]
    levels: tuple[Any, ...]
    before: int | None
    changes: tuple[Change, ...]
    doorstroom: tuple[tuple[str, int], ...]


def _count(cells: Iterable[Any]) -> Count:
    found = list(cells)
    return Count(sum(cell.heads for cell in found), sum((cell.fte for cell in found), Decimal(0)))


def _rows(year: WorkforceYear) -> tuple[Row, ...]:
    cells = list(year.cells.all())
    groups: list[tuple[Any, frozenset[str]]] = [
        (TARGET_GROUP_LABELS[group], frozenset({group.value})) for group in TargetGroup
    ]
    groups.append((_("Together"), frozenset(group.value for group in TargetGroup)))
    levels = [frozenset({level.value}) for level in GuidanceLevel]
    levels.append(frozenset(level.value for level in GuidanceLevel))
    return tuple(
        Row(
            label,
            tuple(
                _count(c for c in cells if c.target_group in names and c.guidance_level in at)
                for at in levels
            ),
        )
        for label, names in groups
    )


def _figures(year: WorkforceYear) -> list[tuple[Any, Decimal, int]]:
    """Label, figure and decimals."""
    rows = _rows(year)
    everybody = rows[-1].counts[-1]
    by_level = zip(GuidanceLevel, rows[-1].counts, strict=False)
    return [
        (_("Target-group workers (persons)"), Decimal(everybody.heads), 0),
        (_("Target-group workers (FTE)"), everybody.fte, 2),
        *((_("%(what)s (FTE)") % {"what": row.label}, row.counts[-1].fte, 2) for row in rows[:-1]),
        *(
            (_("%(what)s (FTE)") % {"what": GUIDANCE_LABELS[level]}, count.fte, 2)
            for level, count in by_level
        ),
        (_("Guides (FTE)"), year.guides_fte, 2),
        (_("Of whom qualified (FTE)"), year.guides_qualified_fte, 2),
        (_("Other supervision (FTE)"), year.supervision_fte, 2),
        (_("In enclaves (persons)"), Decimal(year.enclave_heads), 0),
        (_("On location (persons)"), Decimal(year.on_location_heads), 0),
        (_("Doorstroom (persons)"), Decimal(year.doorstroom_heads), 0),
    ]


def year_report(stored: Sequence[WorkforceYear], year: int) -> YearReport | None:
    """From years of a company, the latest first, ``cells`` fetched; no query.

    None when the year is not stored.
    """
    current = next((row for row in stored if row.year == year), None)
    if current is None:
        return None
    before = next((row for row in stored if row.year < year), None)
    changes: tuple[Change, ...] = ()
    if before is not None:
        changes = tuple(
            Change(label, then, now, decimals)
            for (label, now, decimals), (_label, then, _decimals) in zip(
                _figures(current), _figures(before), strict=True
            )
        )
    known = sorted((row for row in stored if row.year <= year), key=lambda row: row.year)
    return YearReport(
        rows=_rows(current),
        levels=tuple(GUIDANCE_LABELS[level] for level in GuidanceLevel),
        before=before.year if before else None,
        changes=changes,
        doorstroom=tuple((str(row.year), row.doorstroom_heads) for row in known),
    )
