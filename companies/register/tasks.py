"""Background work of the register; the row is the queue."""

from __future__ import annotations

from celery import shared_task

from companies.register import services
from companies.register.models import RegisterImport
from portal.common import runs


@shared_task(name="register.run_import", soft_time_limit=50 * 60, time_limit=60 * 60)  # type: ignore[untyped-decorator]
def run_import(pk: int) -> bool:
    """Do the import with this id, unless it is done or somebody else is at it."""
    return services.run_import(pk=pk)


@shared_task(  # type: ignore[untyped-decorator]
    name="register.sweep_imports", ignore_result=True, soft_time_limit=30, time_limit=60
)
def sweep_imports() -> int:
    """Put imports whose worker died back in the queue and announce waiting ones again."""
    waiting = runs.sweep(RegisterImport)
    for pk in waiting:
        run_import.delay(pk)
    return len(waiting)
