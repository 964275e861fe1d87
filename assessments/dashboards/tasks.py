"""Background work of this room."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from assessments.dashboards.board_report import services
from assessments.dashboards.company_data import deletion

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True, soft_time_limit=550, time_limit=600)  # type: ignore[untyped-decorator]
def delete_closed_companies() -> None:
    """Delete companies whose time is over; each in a transaction of its own."""
    deletion.sweep(now=timezone.now())


@shared_task(ignore_result=True, soft_time_limit=110, time_limit=120)  # type: ignore[untyped-decorator]
def make_report(report_id: int) -> None:
    """Make a board report that was asked; nothing when another worker has it or it ended."""
    services.make_report(report_id=report_id, now=timezone.now())


@shared_task(ignore_result=True, soft_time_limit=50, time_limit=60)  # type: ignore[untyped-decorator]
def sweep_reports() -> None:
    """Announce reports of dead workers, and those whose message got lost, again."""
    for report_id in services.sweep_reports():
        logger.warning("Board report %s is announced again", report_id)
        make_report.delay_on_commit(report_id)


@shared_task(ignore_result=True, soft_time_limit=550, time_limit=600)  # type: ignore[untyped-decorator]
def delete_old_reports() -> None:
    """Delete board reports that were kept long enough."""
    services.delete_old_reports(now=timezone.now())
