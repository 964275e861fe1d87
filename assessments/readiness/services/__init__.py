"""Writes of this room."""

from assessments.readiness.services.errors import (
    IncompleteQuestionnaireError,
    NoQuestionnaireError,
    NothingAnsweredError,
    ReadinessError,
    ScanClosedError,
)
from assessments.readiness.services.questionnaires import (
    draft_from,
    load_reference,
    publish_questionnaire,
)
from assessments.readiness.services.scans import (
    Change,
    Saved,
    save_answers,
    start_scan,
    submit_scan,
)

__all__ = [
    "Change",
    "IncompleteQuestionnaireError",
    "NoQuestionnaireError",
    "NothingAnsweredError",
    "ReadinessError",
    "Saved",
    "ScanClosedError",
    "draft_from",
    "load_reference",
    "publish_questionnaire",
    "save_answers",
    "start_scan",
    "submit_scan",
]
