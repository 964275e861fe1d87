"""Background work of this room: keys only, guarded by the row, one service call each."""

from __future__ import annotations

import logging

from celery import shared_task

from assessments.matching import services

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def run_matching(run_id: int) -> None:
    """Do a queued run; nothing when another worker has it or it ended."""
    services.execute(run_id=run_id)


@shared_task(ignore_result=True, soft_time_limit=50, time_limit=60)  # type: ignore[untyped-decorator]
def nightly_run() -> None:
    """Queue the full run of the night."""
    run_matching.delay_on_commit(services.queue_full_run().pk)


@shared_task(ignore_result=True, soft_time_limit=50, time_limit=60)  # type: ignore[untyped-decorator]
def sweep_runs() -> None:
    """Announce runs of dead workers, and runs whose message got lost, again."""
    for run_id in services.sweep_runs():
        logger.warning("Run %s is announced again", run_id)
        run_matching.delay_on_commit(run_id)


@shared_task(ignore_result=True, soft_time_limit=50, time_limit=60)  # type: ignore[untyped-decorator]
def match_behind() -> None:
    """Match companies whose facts or assessments moved."""
    for run_id in services.queue_behind():
        run_matching.delay_on_commit(run_id)
