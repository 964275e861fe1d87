"""Writes of this room."""

from django.db import transaction

from assessments.readiness.services.errors import (
    AnswerChangedError,
    ChangedSinceSeenError,
    CompanyClosedError,
    IncompleteQuestionnaireError,
    LaterMomentError,
    NoQuestionnaireError,
    NotADraftError,
    NothingAnsweredError,
    NotRespondentError,
    PlanRefusedError,
    ReadinessError,
    ScanClosedError,
    ScanOpenError,
    StepChangedError,
    StepPlannedError,
    UnsettledError,
)
from assessments.readiness.services.examples import load_examples
from assessments.readiness.services.measures import add_measure, load_measures
from assessments.readiness.services.needs import NeedChange, NeedsSaved, save_needs
from assessments.readiness.services.planning import change_step, move_step, plan_step
from assessments.readiness.services.questionnaires import (
    Seen,
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
from assessments.readiness.services.review import add_comment, check_reopenable, reopen_scan
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
    """What comes with the portal: the questionnaire, the first support measures and examples."""
    load_questionnaire()
    load_measures()
    load_examples()


__all__ = [
    "AnswerChangedError",
    "Change",
    "ChangedSinceSeenError",
    "CompanyClosedError",
    "IncompleteQuestionnaireError",
    "LaterMomentError",
    "NeedChange",
    "NeedsSaved",
    "NoQuestionnaireError",
    "NotADraftError",
    "NotRespondentError",
    "NothingAnsweredError",
    "PlanRefusedError",
    "ReadinessError",
    "Refusal",
    "Saved",
    "ScanClosedError",
    "ScanOpenError",
    "Seen",
    "StepChangedError",
    "StepPlannedError",
    "UnsettledError",
    "add_comment",
    "add_measure",
    "change_step",
    "check_reopenable",
    "draft_from",
    "join_scan",
    "load_reference",
    "move_step",
    "plan_step",
    "publish_questionnaire",
    "reopen_scan",
    "save_answers",
    "save_needs",
    "save_view",
    "settle",
    "start_scan",
    "submit_scan",
    "take_over_agreed",
]
