"""Writes of the cellar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from portal.common.domain.csp import Report
from portal.common.models import CspReport

KEPT = 200  # different reports
NEW_PER_MINUTE = 60  # anyone may post, so a flood of made-up reports costs one query each


@transaction.atomic
def keep_csp_reports(*, reports: Sequence[Report], now: datetime) -> int:
    """Count known reports, keep new ones up to a rate, drop the oldest over ``KEPT``.

    Answers how many reports were counted or kept.
    """
    fresh = CspReport.objects.filter(first_seen_at__gt=now - timedelta(minutes=1)).count()
    kept = 0
    for report in reports:
        same = CspReport.objects.filter(key=report.key)
        if same.update(times=F("times") + 1, last_seen_at=now):
            kept += 1
        elif fresh < NEW_PER_MINUTE:
            _insert(report, now)
            fresh += 1
            kept += 1
    surplus = CspReport.objects.order_by("-last_seen_at", "-pk").values("pk")[KEPT:]
    CspReport.objects.filter(pk__in=list(surplus.values_list("pk", flat=True))).delete()
    return kept


def _insert(report: Report, now: datetime) -> None:
    """Insert; when another request just did the same, its row stands."""
    CspReport.objects.bulk_create(
        [
            CspReport(
                key=report.key,
                page=report.page,
                directive=report.directive,
                blocked=report.blocked,
                source=report.source,
                line=report.line,
                first_seen_at=now,
                last_seen_at=now,
            )
        ],
        ignore_conflicts=True,
    )
