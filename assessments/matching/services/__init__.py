"""Writes of this room."""

from assessments.matching.services.introductions import (
    AlreadyOpenError,
    CompanyNotOpenError,
    IntroductionError,
    StepMovedError,
    begin_introduction,
    take_step,
)
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
    "AlreadyOpenError",
    "CompanyNotOpenError",
    "IntroductionError",
    "StepMovedError",
    "begin_introduction",
    "cancel_run",
    "draft_from",
    "execute",
    "load_reference",
    "publish",
    "queue_behind",
    "queue_company_run",
    "queue_full_run",
    "sweep_runs",
    "take_step",
]
