"""Questionnaires as versioned data; scans with answers, views, needs, reviews and steps."""

from assessments.readiness.domain.answers import AnswerKind
from assessments.readiness.models.examples import PracticeExample
from assessments.readiness.models.measures import PAYING_KINDS, MeasureKind, SupportMeasure
from assessments.readiness.models.questionnaire import (
    Level,
    Questionnaire,
    Statement,
    Transition,
)
from assessments.readiness.models.respondents import (
    RESPONDENT_FUNCTION_LABELS,
    Respondent,
    RespondentAnswer,
)
from assessments.readiness.models.review import Reopening, StatementComment
from assessments.readiness.models.roadmap import PlannedStep
from assessments.readiness.models.scan import ANSWER_KIND_LABELS, Answer, Scan
from assessments.readiness.models.support import TEAM_SHARE_LABELS, SupportNeedShare

__all__ = [
    "ANSWER_KIND_LABELS",
    "PAYING_KINDS",
    "RESPONDENT_FUNCTION_LABELS",
    "TEAM_SHARE_LABELS",
    "Answer",
    "AnswerKind",
    "Level",
    "MeasureKind",
    "PlannedStep",
    "PracticeExample",
    "Questionnaire",
    "Reopening",
    "Respondent",
    "RespondentAnswer",
    "Scan",
    "Statement",
    "StatementComment",
    "SupportMeasure",
    "SupportNeedShare",
    "Transition",
]
