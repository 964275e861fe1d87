"""From numbers to rows of tables and charts, in the reader's language."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from assessments.dashboards.selectors import VerdictCounts
from assessments.opportunities.judgements import ShownVerdicts
from companies.profiles.models import Company
from portal.common.choices import (
    CELL_LABELS,
    GUIDANCE_LABELS,
    OPPORTUNITY_LABELS,
    PROVINCE_LABELS,
    TARGET_GROUP_LABELS,
    VERDICT_LABELS,
)
from portal.common.disclosure import MINIMUM_COMPANIES, sensitive
from portal.common.vocabulary import (
    Cell,
    GuidanceLevel,
    Opportunity,
    Province,
    TargetGroup,
    Verdict,
)

HUNDRED = 100  # FTE are counted in hundredths


def province_rows(counts: Iterable[tuple[str, int]]) -> list[tuple[Any, int]]:
    """(name of the province, companies)."""
    return [(PROVINCE_LABELS[Province(slug)], count) for slug, count in counts]


def cell_rows(counts: Iterable[tuple[str, int]]) -> list[tuple[Any, int]]:
    """(name of the activity, companies)."""
    return [(CELL_LABELS[Cell(slug)], count) for slug, count in counts]


def verdict_rows(table: Iterable[VerdictCounts]) -> dict[str, Any]:
    """Heads and rows of the table opportunity × verdict."""
    rows = list(table)
    return {
        "heads": [(verdict.value, VERDICT_LABELS[verdict]) for verdict in Verdict],
        "rows": [
            (OPPORTUNITY_LABELS[row.opportunity], [row.counts[v] for v in Verdict], row.judged)
            for row in rows
        ],
    }


def company_rows(
    companies: Iterable[Company], verdicts: Mapping[int, ShownVerdicts]
) -> list[dict[str, Any]]:
    """One row a company, with its verdicts in the fixed order."""
    return [
        {
            "company": company,
            "verdicts": [
                (OPPORTUNITY_LABELS[item], verdicts.get(company.pk, {}).get(item))
                for item in Opportunity
            ],
        }
        for company in companies
    ]


def workforce_figures(
    contributions: Mapping[tuple[str, str], Mapping[Hashable, int]],
) -> dict[str, Any]:
    """FTE by target group × guidance level, or None where it would say too much.

    No totals are shown, so a cell that is left out cannot be worked out from others.
    """

    def shown(group: TargetGroup, level: GuidanceLevel) -> float | None:
        cell = contributions.get((group.value, level.value), {})
        return None if sensitive(cell) else sum(cell.values()) / HUNDRED

    return {
        "minimum": MINIMUM_COMPANIES,
        "heads": [GUIDANCE_LABELS[level] for level in GuidanceLevel],
        "rows": [
            (TARGET_GROUP_LABELS[group], [shown(group, level) for level in GuidanceLevel])
            for group in TargetGroup
        ],
    }
