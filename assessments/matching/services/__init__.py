"""Writes of this room."""

from assessments.matching.services.policies import draft_from, load_reference, publish
from assessments.matching.services.runs import (
    cancel_run,
    execute,
    queue_behind,
    queue_company_run,
    queue_full_run,
    sweep_runs,
)

__all__ = [
    "cancel_run",
    "draft_from",
    "execute",
    "load_reference",
    "publish",
    "queue_behind",
    "queue_company_run",
    "queue_full_run",
    "sweep_runs",
]
