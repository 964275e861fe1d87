"""Writes of this room."""

from django.db import transaction

from assessments.readiness.services.errors import (
    ChangedSinceSeenError,
    IncompleteQuestionnaireError,
    NoQuestionnaireError,
    NotADraftError,
    NothingAnsweredError,
    ReadinessError,
    ScanClosedError,
)
from assessments.readiness.services.measures import load_measures
from assessments.readiness.services.questionnaires import (
    Seen,
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
    """What comes with the portal: the questionnaire and the first support measures."""
    load_questionnaire()
    load_measures()


__all__ = [
    "Change",
    "ChangedSinceSeenError",
    "IncompleteQuestionnaireError",
    "NoQuestionnaireError",
    "NotADraftError",
    "NothingAnsweredError",
    "ReadinessError",
    "Saved",
    "ScanClosedError",
    "Seen",
    "draft_from",
    "load_reference",
    "publish_questionnaire",
    "save_answers",
    "start_scan",
    "submit_scan",
]
