"""Background work of this room."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from assessments.opportunities.services import assess_behind

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True, soft_time_limit=240, time_limit=300)  # type: ignore[untyped-decorator]
def reassess_behind() -> None:
    """Catch up with companies whose facts, or the rules, moved. Runs every few seconds."""
    count = assess_behind(now=timezone.now())
    if count:
        logger.info("Assessed %s companies", count)
