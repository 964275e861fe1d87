"""Questionnaires as versioned data, scans and answers."""

from assessments.readiness.domain.answers import AnswerKind
from assessments.readiness.models.measures import MeasureKind, SupportMeasure
from assessments.readiness.models.questionnaire import (
    Level,
    Questionnaire,
    Statement,
    Transition,
)
from assessments.readiness.models.scan import ANSWER_KIND_LABELS, Answer, Scan

__all__ = [
    "ANSWER_KIND_LABELS",
    "Answer",
    "AnswerKind",
    "Level",
    "MeasureKind",
    "Questionnaire",
    "Scan",
    "Statement",
    "SupportMeasure",
    "Transition",
]
