"""Which statement to take further first: gap times impact, divided by effort.

Source: readiness rules of the design. Exact fractions, so that the order never depends
on rounding; ties are broken by impact, then effort, then place in the questionnaire.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from assessments.readiness.domain.answers import FUTURE_LEVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A statement with a level (1 to 5), and impact and effort (1 to 5 each).

    ``place`` is its position in the questionnaire, one number for each statement.
    """

    slug: str
    level: int
    impact: int
    effort: int
    place: int


@dataclass(frozen=True, slots=True)
class RankedStep:
    """A statement below the target: how far, and how much a step is worth."""

    candidate: Candidate
    gap: int
    priority: Fraction


def rank(candidates: Iterable[Candidate], *, target: int = FUTURE_LEVEL) -> list[RankedStep]:
    """Statements below ``target``, the most worthwhile first.

    Statements without a level (unknown, not applicable) are no candidates: a step to an
    unknown place is no advice.
    """
    steps = [
        RankedStep(
            item,
            target - item.level,
            Fraction((target - item.level) * item.impact, item.effort),
        )
        for item in candidates
        if item.level < target
    ]
    return sorted(
        steps,
        key=lambda step: (
            -step.priority,
            -step.candidate.impact,
            step.candidate.effort,
            step.candidate.place,
        ),
    )
