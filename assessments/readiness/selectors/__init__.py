"""Reads of this room."""

from assessments.readiness.selectors.benchmark import Benchmark, benchmark_of
from assessments.readiness.selectors.beside import Beside, beside
from assessments.readiness.selectors.examples import examples_by_topic, examples_for
from assessments.readiness.selectors.measures import measures_by_topic, measures_for
from assessments.readiness.selectors.parts import Part, StatementInFull, parts_of
from assessments.readiness.selectors.planning import (
    newer_scan,
    planned_step,
    planned_steps,
    statement_at,
    step_underway,
)
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
from assessments.readiness.selectors.sector import OVERALL, Sector, sector_figures
from assessments.readiness.selectors.steps import (
    NEEDS_SLUG,
    Step,
    first_unfinished,
    steps,
    support_needs,
)

__all__ = [
    "NEEDS_SLUG",
    "OVERALL",
    "Benchmark",
    "Beside",
    "Discussed",
    "Discussion",
    "Opinion",
    "Part",
    "Progress",
    "ReadinessProfile",
    "Sector",
    "StatementInFull",
    "Step",
    "Voice",
    "agreed_levels",
    "answers_by_statement",
    "benchmark_of",
    "beside",
    "comparable_entries",
    "current_documents",
    "discussion",
    "entries",
    "examples_by_topic",
    "examples_for",
    "first_unfinished",
    "measures_by_topic",
    "measures_for",
    "newer_scan",
    "parts_of",
    "planned_step",
    "planned_steps",
    "progress",
    "published_questionnaire",
    "questionnaire_text",
    "readiness_profile",
    "readiness_profiles",
    "respondent_of",
    "scan_scores",
    "scans_of",
    "sector_figures",
    "speaking_scans",
    "statement_and_answer",
    "statement_at",
    "step_underway",
    "steps",
    "support_needs",
    "transition_in_full",
    "transitions_in_full",
    "unsettled_points",
    "view_entries",
    "view_progress",
]
