"""Reads of this room."""

from assessments.readiness.selectors.examples import examples_by_topic, examples_for
from assessments.readiness.selectors.measures import measures_by_topic, measures_for
from assessments.readiness.selectors.planning import (
    newer_scan,
    planned_step,
    planned_steps,
    statement_at,
    step_underway,
    support_needs,
)
from assessments.readiness.selectors.questionnaires import (
    published_questionnaire,
    questionnaire_text,
    transition_in_full,
    transitions_in_full,
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
    "comparable_entries",
    "entries",
    "examples_by_topic",
    "examples_for",
    "measures_by_topic",
    "measures_for",
    "newer_scan",
    "planned_step",
    "planned_steps",
    "progress",
    "published_questionnaire",
    "questionnaire_text",
    "readiness_profile",
    "readiness_profiles",
    "scan_scores",
    "scans_of",
    "speaking_scans",
    "statement_at",
    "step_underway",
    "support_needs",
    "transition_in_full",
    "transitions_in_full",
]
