"""Pages of this room."""

from assessments.matching.views.matches import match, matches, why_not
from assessments.matching.views.runs import cancel, run, runs, start

__all__ = ["cancel", "match", "matches", "run", "runs", "start", "why_not"]
