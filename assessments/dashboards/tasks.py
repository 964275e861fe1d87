"""Background work of this room."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from assessments.dashboards.company_data import deletion


@shared_task(ignore_result=True, soft_time_limit=550, time_limit=600)  # type: ignore[untyped-decorator]
def delete_closed_companies() -> None:
    """Delete companies whose time is over; each in a transaction of its own."""
    deletion.sweep(now=timezone.now())
