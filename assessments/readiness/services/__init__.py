"""Writes of this room."""

from django.db import transaction

from assessments.readiness.services.errors import (
    IncompleteQuestionnaireError,
    NoQuestionnaireError,
    NothingAnsweredError,
    ReadinessError,
    ScanClosedError,
)
from assessments.readiness.services.measures import load_measures
from assessments.readiness.services.needs import NeedChange, NeedsSaved, save_needs
from assessments.readiness.services.questionnaires import (
    draft_from,
    load_questionnaire,
    publish_questionnaire,
)
from assessments.readiness.services.scans import (
    Change,
    Refusal,
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
    "IncompleteQuestionnaireError",
    "NeedChange",
    "NeedsSaved",
    "NoQuestionnaireError",
    "NothingAnsweredError",
    "ReadinessError",
    "Refusal",
    "Saved",
    "ScanClosedError",
    "draft_from",
    "load_reference",
    "publish_questionnaire",
    "save_answers",
    "save_needs",
    "start_scan",
    "submit_scan",
]
