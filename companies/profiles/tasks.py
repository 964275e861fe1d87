"""Background work of this room."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from companies.profiles import services


@shared_task(ignore_result=True, soft_time_limit=50, time_limit=60)  # type: ignore[untyped-decorator]
def prune_drafts() -> int:
    """Throw away input that was not saved within thirty days. Runs every night."""
    return services.prune_drafts(now=timezone.now())
