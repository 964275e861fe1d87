"""Reads of this room."""

from assessments.readiness.selectors.measures import measures_by_topic, measures_for
from assessments.readiness.selectors.questionnaires import (
    Shown,
    published_questionnaire,
    questionnaire_text,
    statements_in_order,
    text_of,
    transition_in_full,
    transitions_in_full,
    version_beside_published,
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
    "Progress",
    "ReadinessProfile",
    "Shown",
    "comparable_entries",
    "entries",
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
    "statements_in_order",
    "text_of",
    "transition_in_full",
    "transitions_in_full",
    "version_beside_published",
]
