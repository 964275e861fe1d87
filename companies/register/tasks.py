"""Background work of the register; the row is the queue."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from companies.register import intake, services
from companies.register.importing.folder import FolderError
from companies.register.models import RegisterImport
from portal.common import runs

logger = logging.getLogger(__name__)


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


@shared_task(  # type: ignore[untyped-decorator]
    name="register.import_next", ignore_result=True, soft_time_limit=110, time_limit=120
)
def import_next() -> None:
    """Start the extract of the folder that comes next, when nothing else goes on."""
    try:
        row = intake.start_next(now=timezone.now())
    except FolderError as error:
        logger.warning("The folder of register extracts cannot be read: %s", error)
        return
    if row is not None:
        logger.info("Register import %s starts: %s", row.pk, row.source_name)
        run_import.delay_on_commit(row.pk)
