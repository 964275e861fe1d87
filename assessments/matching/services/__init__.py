"""Writes of this room."""

from assessments.matching.services.introductions import begin_introduction, take_step
from assessments.matching.services.ledger import (
    AlreadyOpenError,
    CompanyNotOpenError,
    IntroductionError,
    OptedOutError,
    StepMovedError,
)
from assessments.matching.services.opinions import (
    Subject,
    mark_interested,
    mark_not_relevant,
    note_seen,
    take_back,
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
    "OptedOutError",
    "StepMovedError",
    "Subject",
    "begin_introduction",
    "cancel_run",
    "draft_from",
    "execute",
    "load_reference",
    "mark_interested",
    "mark_not_relevant",
    "note_seen",
    "publish",
    "queue_behind",
    "queue_company_run",
    "queue_full_run",
    "sweep_runs",
    "take_back",
    "take_step",
]
