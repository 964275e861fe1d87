"""Reads about a company's data as a whole."""

from __future__ import annotations

from assessments.dashboards.company_data.export import WHAT
from companies.profiles.models import Company
from portal.accounts.models import ExportLog

LATEST = 10


def exports_of(company: Company) -> list[ExportLog]:
    """The last exports of this company since it signed up, newest first; one query."""
    return list(
        ExportLog.objects.filter(
            what=WHAT,
            subject__endswith=f"({company.enterprise_number})",
            exported_at__gte=company.created_at,
        ).select_related("exported_by")[:LATEST]
    )
