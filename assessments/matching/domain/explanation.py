"""Why a pair matches, in plain values that can be stored; and why it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assessments.matching.domain.candidates import Limit, Pair, first_broken_limit
from assessments.matching.domain.engine import Engine, Ranked
from assessments.matching.domain.policy import COMPONENTS
from assessments.matching.domain.scoring import Scored, score_pair


def components_of(scored: Scored) -> list[dict[str, Any]]:
    """Component, weight and contribution in millionths, in the order they are added."""
    return [
        {
            "name": name,
            "value": value,
            "weight": weight,
            "contribution": part,
            "known": name not in scored.unknown,
        }
        for name, value, weight, part in zip(
            COMPONENTS, scored.components, scored.weights, scored.contributions, strict=True
        )
    ]


def evidence_of(scored: Scored) -> list[dict[str, Any]]:
    """Activities and codes that met; ``weight`` of ``weights_sum`` is the activity's part."""
    return [
        {
            "activity": meeting.activity,
            "weight": meeting.weight,
            "weights_sum": meeting.weights_sum,
            "version": meeting.version,
            "code": meeting.code,
            "classification": meeting.classification,
            "affinity": meeting.affinity,
            "class_weight": meeting.class_weight,
        }
        for meeting in scored.meetings
    ]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The first limit broken, or where the pair stands and what entering takes.

    ``needed`` is the score of the last stored match, None while there is room.
    """

    limit: Limit | None
    scored: Scored | None = None
    rank: int | None = None
    needed: int | None = None

    @property
    def is_stored(self) -> bool:
        """The pair is among the best K."""
        return self.rank is not None and self.needed is None


def why_not(engine: Engine, pair: Pair) -> WhyNot:
    """Answer for any pair of the problem."""
    limit = first_broken_limit(pair)
    if limit is not None:
        return WhyNot(limit=limit)
    ranked: Ranked = engine.rank(pair.company, pair.opportunity)
    rank = engine.rank_of(pair)
    stored = pair.row in ranked.rows
    return WhyNot(
        limit=None,
        scored=score_pair(pair),
        rank=rank,
        needed=None if stored else ranked.scores[-1],
    )
