"""Pages of this room."""

from assessments.matching.views.introductions import (
    company_introductions,
    introduce,
    introduction,
    introductions,
    step,
)
from assessments.matching.views.matches import match, matches, why_not
from assessments.matching.views.opinions import interested, not_relevant, seen, take_back
from assessments.matching.views.precision import precision
from assessments.matching.views.runs import cancel, run, runs, start

__all__ = [
    "cancel",
    "company_introductions",
    "interested",
    "introduce",
    "introduction",
    "introductions",
    "match",
    "matches",
    "not_relevant",
    "precision",
    "run",
    "runs",
    "seen",
    "start",
    "step",
    "take_back",
    "why_not",
]
