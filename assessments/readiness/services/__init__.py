"""Writes of this room."""

from django.db import transaction

from assessments.readiness.services.errors import (
    IncompleteQuestionnaireError,
    NoQuestionnaireError,
    NothingAnsweredError,
    PlanRefusedError,
    ReadinessError,
    ScanClosedError,
    StepChangedError,
    StepPlannedError,
)
from assessments.readiness.services.examples import load_examples
from assessments.readiness.services.measures import load_measures
from assessments.readiness.services.planning import change_step, move_step, plan_step
from assessments.readiness.services.questionnaires import (
    draft_from,
    load_questionnaire,
    publish_questionnaire,
)
from assessments.readiness.services.scans import (
    Change,
    Saved,
    save_answers,
    start_scan,
    submit_scan,
)


@transaction.atomic
def load_reference() -> None:
    """What comes with the portal: the questionnaire, the first support measures and examples."""
    load_questionnaire()
    load_measures()
    load_examples()


__all__ = [
    "Change",
    "IncompleteQuestionnaireError",
    "NoQuestionnaireError",
    "NothingAnsweredError",
    "PlanRefusedError",
    "ReadinessError",
    "Saved",
    "ScanClosedError",
    "StepChangedError",
    "StepPlannedError",
    "change_step",
    "draft_from",
    "load_reference",
    "move_step",
    "plan_step",
    "publish_questionnaire",
    "save_answers",
    "start_scan",
    "submit_scan",
]
