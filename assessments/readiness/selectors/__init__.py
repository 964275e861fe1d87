"""Reads of this room."""

from assessments.readiness.selectors.measures import measures_by_topic, measures_for
from assessments.readiness.selectors.questionnaires import (
    published_questionnaire,
    questionnaire_text,
    transition_in_full,
    transitions_in_full,
)
from assessments.readiness.selectors.respondents import (
    Discussed,
    Discussion,
    Opinion,
    Voice,
    agreed_levels,
    discussion,
    respondent_of,
    statement_and_answer,
    unsettled_points,
    view_entries,
    view_progress,
)
from assessments.readiness.selectors.scans import (
    Progress,
    ReadinessProfile,
    comparable_entries,
    entries,
    progress,
    readiness_profile,
    readiness_profiles,
    scan_scores,
    scans_of,
    speaking_scans,
)

__all__ = [
    "Discussed",
    "Discussion",
    "Opinion",
    "Progress",
    "ReadinessProfile",
    "Voice",
    "agreed_levels",
    "comparable_entries",
    "discussion",
    "entries",
    "measures_by_topic",
    "measures_for",
    "progress",
    "published_questionnaire",
    "questionnaire_text",
    "readiness_profile",
    "readiness_profiles",
    "respondent_of",
    "scan_scores",
    "scans_of",
    "speaking_scans",
    "statement_and_answer",
    "transition_in_full",
    "transitions_in_full",
    "unsettled_points",
    "view_entries",
    "view_progress",
]
