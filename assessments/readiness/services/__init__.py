"""Writes of this room."""

from django.db import transaction

from assessments.readiness.services.errors import (
    CompanyClosedError,
    IncompleteQuestionnaireError,
    LaterMomentError,
    NoQuestionnaireError,
    NothingAnsweredError,
    ReadinessError,
    ScanClosedError,
    ScanOpenError,
)
from assessments.readiness.services.measures import load_measures
from assessments.readiness.services.questionnaires import (
    draft_from,
    load_questionnaire,
    publish_questionnaire,
)
from assessments.readiness.services.review import add_comment, check_reopenable, reopen_scan
from assessments.readiness.services.scans import (
    Change,
    Saved,
    save_answers,
    start_scan,
    submit_scan,
)


@transaction.atomic
def load_reference() -> None:
    """What comes with the portal: the questionnaire and the first support measures."""
    load_questionnaire()
    load_measures()


__all__ = [
    "Change",
    "CompanyClosedError",
    "IncompleteQuestionnaireError",
    "LaterMomentError",
    "NoQuestionnaireError",
    "NothingAnsweredError",
    "ReadinessError",
    "Saved",
    "ScanClosedError",
    "ScanOpenError",
    "add_comment",
    "check_reopenable",
    "draft_from",
    "load_reference",
    "publish_questionnaire",
    "reopen_scan",
    "save_answers",
    "start_scan",
    "submit_scan",
]
