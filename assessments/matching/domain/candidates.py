"""Hard limits: which pairs are candidates, and the first limit that a pair breaks.

Numbers and order follow the list in ``docs``: distance 1, place 2, activity 3,
partner 4, rest 5, guides 6, certificate 7, assessment 8. Place is asked before
distance, because without a place there is no distance.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import isqrt

from assessments.matching.domain.policy import Policy
from assessments.matching.domain.problem import Company, Need, Problem
from portal.common.vocabulary import Opportunity


class Limit(StrEnum):
    """Why a pair is no candidate."""

    COMPANY_PLACE_UNKNOWN = "company_place_unknown"
    PARTNER_PLACE_UNKNOWN = "partner_place_unknown"
    TOO_FAR = "too_far"
    NO_AFFINITY = "no_affinity"
    OPTED_OUT = "opted_out"
    INACTIVE = "inactive"
    OWN_ENTERPRISE = "own_enterprise"
    RESTING = "resting"
    NO_GUIDES = "no_guides"
    CERTIFICATE_LACKING = "certificate_lacking"
    NO_ASSESSMENT = "no_assessment"
    BELOW_FLOOR = "below_floor"


NO_NEED = Need()


@dataclass(frozen=True, slots=True)
class Pair:
    """One company, one partner (row of the columns), one opportunity."""

    problem: Problem
    company: Company
    row: int
    opportunity: Opportunity

    @property
    def policy(self) -> Policy:
        """The policy of the run."""
        return self.problem.policy

    @property
    def number(self) -> int:
        """The partner's establishment number."""
        return int(self.problem.partners.number[self.row])

    @property
    def enterprise(self) -> int:
        """The partner's enterprise number."""
        return int(self.problem.partners.enterprise[self.row])

    @property
    def codes(self) -> tuple[tuple[str, str, str], ...]:
        """(version, code, classification) of the partner's activities."""
        return self.problem.partners.profiles[int(self.problem.partners.profile[self.row])]

    @property
    def need(self) -> Need:
        """What the partner seeks for this opportunity; empty when it said nothing."""
        terms = self.problem.partners.terms.get(self.number)
        return NO_NEED if terms is None else terms.needs.get(self.opportunity, NO_NEED)

    @property
    def key(self) -> tuple[int, int, Opportunity]:
        """How history refers to this pair."""
        return (self.company.number, self.number, self.opportunity)

    @property
    def distance_m(self) -> int:
        """Whole metres, half-up, from the company's nearest place; both places known."""
        partners = self.problem.partners
        x, y = int(partners.x[self.row]), int(partners.y[self.row])
        squared = min((px - x) ** 2 + (py - y) ** 2 for px, py in self.company.points)
        return (isqrt(4 * squared) + 1) // 2

    @property
    def radius_m(self) -> int:
        """The smaller of the known radii."""
        own = company_radius_m(self.policy, self.company, self.opportunity)
        stated = self.need.radius_m
        return own if stated is None else min(own, stated)


def company_radius_m(policy: Policy, company: Company, opportunity: Opportunity) -> int:
    """The company's own radius, or the policy's default."""
    offer = company.offers.get(opportunity)
    if offer is not None and offer.radius_m is not None:
        return offer.radius_m
    return policy.opportunities[opportunity].radius_m


def is_sought(pair: Pair) -> bool:
    """The partner has a watched code, or said itself that it seeks something."""
    terms = pair.problem.partners.terms.get(pair.number)
    if terms is not None and pair.opportunity in terms.needs:
        return True
    return any(
        pair.policy.is_watched(pair.opportunity, version, code) for version, code, _ in pair.codes
    )


def has_affinity(pair: Pair) -> bool:
    """Any activity of the company has affinity with any code of the partner."""
    return any(
        pair.policy.affinity(pair.opportunity, activity.key, version, code)
        for activity in pair.company.activities
        for version, code, classification in pair.codes
        if pair.policy.class_weights[classification]
    )


def company_limit(policy: Policy, company: Company, opportunity: Opportunity) -> Limit | None:
    """The first limit that the company breaks by itself, whatever the partner."""
    if not company.points:
        return Limit.COMPANY_PLACE_UNKNOWN
    if opportunity is Opportunity.ENCLAVE and company.guides_fte == 0:
        return Limit.NO_GUIDES
    verdict = company.verdicts.get(opportunity)
    if verdict is None:
        return Limit.NO_ASSESSMENT
    return None if policy.allows(opportunity, verdict) else Limit.BELOW_FLOOR


def place_limit(pair: Pair) -> Limit | None:
    """Limits 1 and 2."""
    if not pair.company.points:
        return Limit.COMPANY_PLACE_UNKNOWN
    if not pair.problem.partners.placed[pair.row]:
        return Limit.PARTNER_PLACE_UNKNOWN
    return Limit.TOO_FAR if pair.distance_m > pair.radius_m else None


def partner_limit(pair: Pair) -> Limit | None:
    """Limits 4 and 5."""
    terms = pair.problem.partners.terms.get(pair.number)
    if terms is not None and terms.opted_out:
        return Limit.OPTED_OUT
    if not pair.problem.partners.active[pair.row]:
        return Limit.INACTIVE
    if pair.company.is_own(pair.enterprise):
        return Limit.OWN_ENTERPRISE
    return Limit.RESTING if pair.key in pair.problem.resting else None


def first_broken_limit(pair: Pair) -> Limit | None:
    """The first limit that the pair breaks; None for a candidate."""
    if limit := place_limit(pair):
        return limit
    if not (is_sought(pair) and has_affinity(pair)):
        return Limit.NO_AFFINITY
    if limit := partner_limit(pair):
        return limit
    own = company_limit(pair.policy, pair.company, pair.opportunity)
    if own is Limit.NO_GUIDES:
        return own
    if not pair.need.required <= pair.company.competences:
        return Limit.CERTIFICATE_LACKING
    return own
