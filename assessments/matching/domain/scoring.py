"""Components and score of one pair, in whole millionths.

This is the readable way that explains a pair; ``engine`` does the same for all
partners at once. Both give the same numbers, which the tests compare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.matching.domain.candidates import Pair
from assessments.matching.domain.policy import (
    COMPONENTS,
    CONTACT_NONE,
    UNKNOWN,
)
from assessments.matching.domain.problem import (
    Company,
    CustomerShare,
    Need,
    Offer,
    sector_of,
    share_weights,
)
from assessments.matching.domain.units import MILLION, contribution, half_up

PERCENT = MILLION // 100
NO_OFFER = Offer()


@dataclass(frozen=True, slots=True)
class Meeting:
    """An activity of the company and the partner's code that fits it best.

    ``affinity`` and ``class_weight`` are millionths; ``weight`` is the activity's
    part in ``weights_sum``.
    """

    activity: str
    weight: int
    weights_sum: int
    version: str
    code: str
    classification: str
    affinity: int
    class_weight: int


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair with its components, in the order of ``COMPONENTS``."""

    potential: int
    components: tuple[int, ...]
    weights: tuple[int, ...]
    contributions: tuple[int, ...]
    unknown: frozenset[str]
    distance_m: int
    radius_m: int
    meetings: tuple[Meeting, ...]

    @property
    def score(self) -> int:
        """Sum of the contributions, in millionths."""
        return sum(self.contributions)


def meetings_of(pair: Pair) -> tuple[Meeting, ...]:
    """For each activity the code with the highest affinity x class weight, if any."""
    weights = share_weights(pair.company.activities)
    total = sum(weights)
    found = []
    for activity, weight in zip(pair.company.activities, weights, strict=True):
        best: Meeting | None = None
        for version, code, classification in pair.codes:
            affinity = pair.policy.affinity(pair.opportunity, activity.key, version, code)
            class_weight = pair.policy.class_weights[classification]
            if affinity * class_weight > (best.affinity * best.class_weight if best else 0):
                best = Meeting(
                    activity.key,
                    weight,
                    total,
                    version,
                    code,
                    classification,
                    affinity,
                    class_weight,
                )
        if best is not None:
            found.append(best)
    return tuple(found)


def activity_of(meetings: Sequence[Meeting]) -> int:
    """Share-weighted mean of the best affinities, in millionths."""
    if not meetings:
        return 0
    gathered = sum(m.weight * m.affinity * m.class_weight for m in meetings)
    return half_up(gathered, MILLION * meetings[0].weights_sum)


def proximity_of(distance: int, radius: int) -> int:
    """1 at distance 0, 0 at the radius, in millionths."""
    return half_up(MILLION * (radius - distance), radius)


def capacity_of(offer: Offer, need: Need) -> int | None:
    """Offered against sought in one unit, in millionths; None when unknown.

    An amount of 0 sought says nothing; units that differ cannot be compared.
    """
    if offer.amount is None or not need.amount or offer.unit != need.unit:
        return None
    return min(MILLION, half_up(MILLION * offer.amount, need.amount))


def competence_of(company: Company, need: Need) -> int | None:
    """Share of what is asked that the company has, in millionths; None when nothing is."""
    if not need.asked:
        return None
    return half_up(MILLION * len(need.asked & company.competences), len(need.asked))


def diversification_of(
    customers: Sequence[CustomerShare], enterprise: int | None, sector: str
) -> int:
    """1 - min(1, share at this partner + half the rest of its sector), in millionths."""
    own = sum(c.share for c in customers if c.enterprise is not None and c.enterprise == enterprise)
    sector_rest = sum(
        c.share
        for c in customers
        if c.division == sector and (c.enterprise is None or c.enterprise != enterprise)
    )
    return MILLION - min(MILLION, own * PERCENT + sector_rest * PERCENT // 2)


def score_pair(pair: Pair) -> Scored:
    """Score a candidate: places and assessment are known and within the limits."""
    policy = pair.policy
    need = pair.need
    meetings = meetings_of(pair)
    offer = pair.company.offers.get(pair.opportunity, NO_OFFER)
    capacity = capacity_of(offer, need)
    competence = competence_of(pair.company, need)
    distance, radius = pair.distance_m, pair.radius_m
    components = (
        activity_of(meetings),
        proximity_of(distance, radius),
        UNKNOWN if capacity is None else capacity,
        UNKNOWN if competence is None else competence,
        diversification_of(pair.company.customers, pair.enterprise, sector_of(pair.codes)),
        pair.problem.contacts.get(pair.key, CONTACT_NONE),
    )
    weights = policy.opportunities[pair.opportunity].weights
    weight_values = tuple(getattr(weights, name) for name in COMPONENTS)
    potential = policy.potentials[pair.company.verdicts[pair.opportunity]]
    unknown = {"capacity": capacity, "competence": competence}
    return Scored(
        potential=potential,
        components=components,
        weights=weight_values,
        contributions=tuple(
            contribution(potential, weight, component)
            for weight, component in zip(weight_values, components, strict=True)
        ),
        unknown=frozenset(name for name, value in unknown.items() if value is None),
        distance_m=distance,
        radius_m=radius,
        meetings=meetings,
    )
