"""Reads of this room."""

from assessments.readiness.selectors.measures import measures_by_topic, measures_for
from assessments.readiness.selectors.questionnaires import (
    published_questionnaire,
    questionnaire_text,
    transition_in_full,
    transitions_in_full,
)
from assessments.readiness.selectors.scans import (
    Progress,
    ReadinessProfile,
    answers_by_statement,
    comparable_entries,
    current_documents,
    entries,
    progress,
    readiness_profile,
    readiness_profiles,
    scan_scores,
    scans_of,
    speaking_scans,
)
from assessments.readiness.selectors.steps import (
    NEEDS_SLUG,
    Step,
    first_unfinished,
    steps,
    support_needs,
)

__all__ = [
    "NEEDS_SLUG",
    "Progress",
    "ReadinessProfile",
    "Step",
    "answers_by_statement",
    "comparable_entries",
    "current_documents",
    "entries",
    "first_unfinished",
    "measures_by_topic",
    "measures_for",
    "progress",
    "published_questionnaire",
    "questionnaire_text",
    "readiness_profile",
    "readiness_profiles",
    "scan_scores",
    "scans_of",
    "speaking_scans",
    "steps",
    "support_needs",
    "transition_in_full",
    "transitions_in_full",
]
