"""Reads of this room."""

from assessments.readiness.selectors.benchmark import Benchmark, benchmark_of
from assessments.readiness.selectors.beside import Beside, beside
from assessments.readiness.selectors.measures import measures_by_topic, measures_for
from assessments.readiness.selectors.parts import Part, StatementInFull, parts_of
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
from assessments.readiness.selectors.sector import OVERALL, Sector, sector_figures

__all__ = [
    "OVERALL",
    "Benchmark",
    "Beside",
    "Part",
    "Progress",
    "ReadinessProfile",
    "Sector",
    "StatementInFull",
    "benchmark_of",
    "beside",
    "comparable_entries",
    "entries",
    "measures_by_topic",
    "measures_for",
    "parts_of",
    "progress",
    "published_questionnaire",
    "questionnaire_text",
    "readiness_profile",
    "readiness_profiles",
    "scan_scores",
    "scans_of",
    "sector_figures",
    "speaking_scans",
    "transition_in_full",
    "transitions_in_full",
]
