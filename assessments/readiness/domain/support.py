"""Operator support crossed with the support that the teams need.

For each kind of support need stands how well the aids that answer it are used: the mean of
their levels with its range, as for any part of the scan. A need that occurs in many teams and
is poorly served comes first. Needs are shares of teams; nothing here is about a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from assessments.readiness.domain.answers import FUTURE_LEVEL, Response
from assessments.readiness.domain.parts import SupportNeed, TeamShare
from assessments.readiness.domain.roadmap import Candidate, rank
from assessments.readiness.domain.scoring import Score, score_transition, tally

SHARE_WEIGHTS: Final[Mapping[TeamShare, Fraction]] = MappingProxyType(
    {
        TeamShare.NONE: Fraction(0),
        TeamShare.SOME: Fraction(1, 6),
        TeamShare.MANY: Fraction(1, 2),
        TeamShare.MOST: Fraction(5, 6),
    }
)
"""The middle of each band of teams: no team, up to a third, up to two thirds, more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aid:
    """A statement of the operator-support module; ``response`` is None without an answer.

    ``place`` is its position in the questionnaire, impact and effort lie between 1 and 5.
    """

    slug: str
    needs: frozenset[SupportNeed]
    response: Response | None
    impact: int
    effort: int
    place: int


@dataclass(frozen=True, slots=True)
class ServedNeed:
    """One support need: in how many teams, which aids answer it, and how far they are.

    ``score`` is None when no aid that answers the need applies. ``urgency`` is the share of
    the teams times the levels up to the factory of the future; None while no level is known.
    ``first`` is the aid to take further first, None when all are far enough or unknown.
    """

    need: SupportNeed
    share: TeamShare
    aids: tuple[Aid, ...]
    score: Score | None
    urgency: Fraction | None
    first: Aid | None


def cross(shares: Mapping[SupportNeed, TeamShare], aids: Sequence[Aid]) -> tuple[ServedNeed, ...]:
    """The needs that were told, the most wide-spread and poorly served first.

    Needs without a known level come after those with urgency, the most wide-spread first;
    needs that nobody has, or that are served at level 4 or higher, have urgency 0 and come
    last. Ties keep the order of ``SupportNeed``.
    """
    found = [_served(need, shares[need], aids) for need in SupportNeed if need in shares]
    return tuple(sorted(found, key=_rank))


def _served(need: SupportNeed, share: TeamShare, aids: Sequence[Aid]) -> ServedNeed:
    helping = tuple(aid for aid in aids if need in aid.needs)
    score = score_transition(tally(aid.response for aid in helping))
    value = None if score is None else score.value
    urgency = None
    if SHARE_WEIGHTS[share] == 0:
        urgency = Fraction(0)
    elif value is not None:
        urgency = SHARE_WEIGHTS[share] * max(FUTURE_LEVEL - value, Fraction(0))
    return ServedNeed(need, share, helping, score, urgency, _first(helping))


def _first(aids: Sequence[Aid]) -> Aid | None:
    """The aid whose next level is most worthwhile, by the rule of the roadmap."""
    by_slug = {aid.slug: aid for aid in aids}
    steps = rank(
        Candidate(
            slug=aid.slug,
            level=aid.response.level,
            impact=aid.impact,
            effort=aid.effort,
            place=aid.place,
        )
        for aid in aids
        if aid.response is not None and aid.response.level is not None
    )
    return by_slug[steps[0].candidate.slug] if steps else None


def _rank(served: ServedNeed) -> tuple[int, Fraction]:
    if served.urgency is None:
        return 1, -SHARE_WEIGHTS[served.share]
    return (0 if served.urgency else 2), -served.urgency
