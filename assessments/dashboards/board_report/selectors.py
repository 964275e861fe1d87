"""Reads over board reports."""

from __future__ import annotations

from assessments.dashboards.models import BoardReport
from companies.profiles.models import Company

MOST_SHOWN = 50


def reports_of(company: Company) -> list[BoardReport]:
    """The latest reports of a company that are kept, the newest first, with who asked."""
    found = BoardReport.objects.filter(company=company).select_related("requested_by")
    return list(found.order_by("-queued_at", "-pk")[:MOST_SHOWN])


def report_of(company: Company, report_id: int) -> BoardReport | None:
    """One report of the company, with who asked; one query."""
    found = BoardReport.objects.filter(company=company, pk=report_id)
    report = found.select_related("requested_by").first()
    if report is not None:
        report.company = company
    return report
