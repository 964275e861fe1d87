"""Writes of this room."""

from django.db import transaction

from assessments.readiness.services.errors import (
    AnswerChangedError,
    IncompleteQuestionnaireError,
    NoQuestionnaireError,
    NothingAnsweredError,
    NotRespondentError,
    ReadinessError,
    ScanClosedError,
    UnsettledError,
)
from assessments.readiness.services.measures import load_measures
from assessments.readiness.services.questionnaires import (
    draft_from,
    load_questionnaire,
    publish_questionnaire,
)
from assessments.readiness.services.respondents import (
    join_scan,
    save_view,
    settle,
    take_over_agreed,
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
    "AnswerChangedError",
    "Change",
    "IncompleteQuestionnaireError",
    "NoQuestionnaireError",
    "NotRespondentError",
    "NothingAnsweredError",
    "ReadinessError",
    "Saved",
    "ScanClosedError",
    "UnsettledError",
    "draft_from",
    "join_scan",
    "load_reference",
    "publish_questionnaire",
    "save_answers",
    "save_view",
    "settle",
    "start_scan",
    "submit_scan",
    "take_over_agreed",
]
