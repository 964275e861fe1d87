"""Board reports as tests need them: finished ones with their file."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.utils import timezone

from assessments.dashboards.models import BoardReport, BoardReportContent
from companies.profiles.models import Company
from portal.common.run_rows import RunStatus

PDF = b"%PDF-1.7 verslag"


def stored_report(company: Company, data: bytes = PDF, **fields: Any) -> BoardReport:
    """A finished report with its file."""
    values: dict[str, Any] = {
        "language": "nl",
        "status": RunStatus.FINISHED,
        "started_at": timezone.now(),
        "finished_at": timezone.now(),
        "facts_version": company.facts_version,
        "page_count": 3,
        "size": len(data),
        "sha256": sha256(data).hexdigest(),
    }
    report = BoardReport.objects.create(company=company, **(values | fields))
    BoardReportContent.objects.create(report=report, data=data)
    return report
