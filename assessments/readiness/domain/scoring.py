"""Scores with their range, exact and without a clock or a database.

The score of a transition is the mean of its answered levels. A statement that does
not apply leaves the denominator. A statement that is unknown or not answered is an
open point: it could still turn out to be any level, so the score lies in a range
from "all open points are 1" to "all open points are 5". Source: readiness rules of
the design; fractions, so that no sum depends on the order of the answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from assessments.readiness.domain.answers import (
    HIGHEST_LEVEL,
    LOWEST_LEVEL,
    AnswerKind,
    Response,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts over the statements of one transition; all that its score depends on."""

    level_sum: int = 0
    answered: int = 0
    open_points: int = 0
    not_applicable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score on the scale 1 to 5 with its range, ``low <= value <= high``.

    ``value`` is None while no level is given; the range is then 1 to 5.
    """

    value: Fraction | None
    low: Fraction
    high: Fraction
    answered: int
    open_points: int
    not_applicable: int

    @property
    def is_settled(self) -> bool:
        """No open points: the range is one value."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class TransitionScore:
    """The score of one transition; None when every statement is not applicable."""

    slug: str
    score: Score | None


@dataclass(frozen=True, slots=True)
class ScanScore:
    """Scores in the order of the questionnaire; ``modules`` stand beside the overall one."""

    transitions: tuple[TransitionScore, ...]
    overall: Score | None
    modules: tuple[TransitionScore, ...] = ()

    def of(self, slug: str) -> Score | None:
        """The score of a part; KeyError when the questionnaire has no such one."""
        for part in (*self.transitions, *self.modules):
            if part.slug == slug:
                return part.score
        raise KeyError(slug)


def tally(responses: Iterable[Response | None]) -> Tally:
    """Count the answers of one transition; None stands for a statement without answer."""
    level_sum = answered = open_points = not_applicable = 0
    for response in responses:
        if response is None or response.kind is AnswerKind.UNKNOWN:
            open_points += 1
        elif response.kind is AnswerKind.NOT_APPLICABLE:
            not_applicable += 1
        else:
            answered += 1
            level_sum += response.level or 0
    return Tally(
        level_sum=level_sum,
        answered=answered,
        open_points=open_points,
        not_applicable=not_applicable,
    )


def score_transition(counts: Tally) -> Score | None:
    """The score of a transition, or None when nothing in it applies.

    A transition in which every statement is not applicable (or that has no statement)
    has neither a score nor a range: it says nothing about the company, which is
    something else than the lowest level.
    """
    applicable = counts.answered + counts.open_points
    if applicable == 0:
        return None
    return Score(
        value=Fraction(counts.level_sum, counts.answered) if counts.answered else None,
        low=Fraction(counts.level_sum + counts.open_points * LOWEST_LEVEL, applicable),
        high=Fraction(counts.level_sum + counts.open_points * HIGHEST_LEVEL, applicable),
        answered=counts.answered,
        open_points=counts.open_points,
        not_applicable=counts.not_applicable,
    )


def score_overall(scores: Sequence[Score | None]) -> Score | None:
    """The mean of the transitions, each with the same weight; None when none applies.

    A transition that does not apply leaves the mean. One without any answer has no
    value yet, so it counts in the range (1 to 5) but not in the value. The counts
    are sums over the transitions that apply.
    """
    applicable = [score for score in scores if score is not None]
    if not applicable:
        return None
    values = [score.value for score in applicable if score.value is not None]
    return Score(
        value=sum(values, Fraction(0)) / len(values) if values else None,
        low=sum((score.low for score in applicable), Fraction(0)) / len(applicable),
        high=sum((score.high for score in applicable), Fraction(0)) / len(applicable),
        answered=sum(score.answered for score in applicable),
        open_points=sum(score.open_points for score in applicable),
        not_applicable=sum(score.not_applicable for score in applicable),
    )


def score_scan(
    tallies: Mapping[str, Tally], modules: Mapping[str, Tally] = MappingProxyType({})
) -> ScanScore:
    """Score a whole scan from the counts per part, in the order of the mappings.

    The modules are scored in the same way and leave the overall score alone.
    """
    transitions = _scored(tallies)
    overall = score_overall([item.score for item in transitions])
    return ScanScore(transitions, overall, _scored(modules))


def _scored(tallies: Mapping[str, Tally]) -> tuple[TransitionScore, ...]:
    return tuple(
        TransitionScore(slug, score_transition(counts)) for slug, counts in tallies.items()
    )


@dataclass(frozen=True, slots=True)
class Extremes:
    """Slugs of the transitions with the highest and the lowest value."""

    strongest: tuple[str, ...]
    weakest: tuple[str, ...]


def extremes(scan: ScanScore) -> Extremes:
    """The strongest and weakest transitions; ties are all named.

    Both are empty when fewer than two transitions have a value or all are equal:
    there is then nothing to tell apart.
    """
    values = {
        item.slug: item.score.value
        for item in scan.transitions
        if item.score is not None and item.score.value is not None
    }
    if len(set(values.values())) < 2:
        return Extremes((), ())
    top, bottom = max(values.values()), min(values.values())
    return Extremes(
        tuple(slug for slug, value in values.items() if value == top),
        tuple(slug for slug, value in values.items() if value == bottom),
    )
