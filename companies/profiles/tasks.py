"""Background work of this room."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from companies.profiles import services
from portal.common.audit import source


@shared_task(ignore_result=True, soft_time_limit=50, time_limit=60)  # type: ignore[untyped-decorator]
def prune_drafts() -> int:
    """Throw away input that was not saved within thirty days. Runs every night."""
    return services.prune_drafts(now=timezone.now())


@shared_task(  # type: ignore[untyped-decorator]
    name="profiles.sweep_documents", ignore_result=True, soft_time_limit=300, time_limit=330
)
def sweep_documents() -> int:
    """Delete documents for good that lay in the bin longer than the days of grace."""
    with source("sweep_documents"):
        return services.sweep_documents(now=timezone.now())


@shared_task(  # type: ignore[untyped-decorator]
    name="profiles.expire_join_requests", ignore_result=True, soft_time_limit=60, time_limit=90
)
def expire_join_requests() -> int:
    """Close requests to join that nobody answered in time."""
    with source("expire_join_requests"):
        return services.expire_join_requests(now=timezone.now())


@shared_task(  # type: ignore[untyped-decorator]
    name="profiles.drop_old_workbooks", ignore_result=True, soft_time_limit=50, time_limit=60
)
def drop_old_workbooks() -> int:
    """Throw away uploaded workbooks that nobody confirmed in a day. Runs every hour."""
    with source("drop_old_workbooks"):
        return services.drop_old_workbooks(now=timezone.now())
