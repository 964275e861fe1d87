"""The figures over the sector in the words of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.readiness.domain.benchmark import Mean
from assessments.readiness.pages.results import rounded
from assessments.readiness.selectors import OVERALL, Sector
from portal.common.charts.bars import Row
from portal.common.choices import PROVINCE_LABELS
from portal.common.components import UNKNOWN, localised


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One part over the sector; ``bands`` is empty when too few companies have a value."""

    title: Any
    mean: str
    companies: int
    bands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AreaColumn:
    """One province, or several taken together, with its number of companies."""

    title: str
    companies: int


@dataclass(frozen=True, slots=True)
class SectorPage:
    """What the page shows; without ``rows`` fewer companies than the minimum are counted.

    ``cells`` of ``area_rows`` stand in the order of ``areas``.
    """

    version: int
    companies: int
    verified: int
    bars: tuple[Row, ...]
    rows: tuple[FigureRow, ...]
    areas: tuple[AreaColumn, ...]
    area_rows: tuple[tuple[Any, tuple[str, ...]], ...]


def page_of(sector: Sector) -> SectorPage:
    """Put the page together; no query."""
    titles = {part.slug: part.title for part in sector.parts} | {OVERALL: _("Overall")}
    transitions = [part.slug for part in sector.parts if not part.is_module]
    modules = [part.slug for part in sector.parts if part.is_module]
    order = [*transitions, OVERALL, *modules] if sector.figures else []
    return SectorPage(
        version=sector.questionnaire.version,
        companies=sector.companies,
        verified=sector.verified,
        bars=tuple(
            _bar(titles[slug], sector.figures[slug].mean) for slug in order if slug in transitions
        ),
        rows=tuple(
            FigureRow(
                titles[slug],
                _number(sector.figures[slug].mean, few=_("too few")),
                sector.figures[slug].mean.companies,
                sector.figures[slug].bands,
            )
            for slug in order
        ),
        areas=tuple(
            AreaColumn(
                ", ".join(str(PROVINCE_LABELS[province]) for province in area.provinces),
                area.companies,
            )
            for area in sector.areas
        ),
        area_rows=tuple(
            (
                titles[slug],
                tuple(
                    _number(area.means.get(slug, Mean(None, 0)), few=UNKNOWN)
                    for area in sector.areas
                ),
            )
            for slug in order
        ),
    )


def _number(mean: Mean, *, few: str) -> str:
    return few if mean.value is None else localised(rounded(mean.value), 1)


def _bar(title: Any, mean: Mean) -> Row:
    shown = rounded(mean.value)
    text = _number(mean, few=_("too few"))
    return Row(title, None if shown is None else float(shown), text)
