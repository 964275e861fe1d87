"""A matching policy as a frozen value: weights, radii, caps and affinities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property

from assessments.matching.domain.units import MILLION
from portal.common.vocabulary import Opportunity, Verdict

# Order in which contributions are shown and added.
COMPONENTS = (
    "activity",
    "proximity",
    "capacity",
    "competence",
    "diversification",
    "contact",
)
UNKNOWN = MILLION // 2
CONTACT_ASKED = MILLION
CONTACT_INTRODUCED = 600_000
CONTACT_NONE = 300_000

_VERDICT_ORDER = (Verdict.LAAG, Verdict.GEMIDDELD, Verdict.HOOG)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weight of each component in millionths; they sum to one million."""

    activity: int = 350_000
    proximity: int = 200_000
    capacity: int = 150_000
    competence: int = 100_000
    diversification: int = 150_000
    contact: int = 50_000

    def __post_init__(self) -> None:
        if sum(getattr(self, item.name) for item in fields(self)) != MILLION:
            raise ValueError("the six weights must sum to 1 000 000")


@dataclass(frozen=True, slots=True)
class OpportunityPolicy:
    """Default radius, weights and verdict floor of one opportunity."""

    radius_m: int
    weights: Weights = Weights()
    floor: Verdict | None = None


@dataclass(frozen=True, slots=True, order=True)
class AffinityKey:
    """What an affinity is about.

    ``activity`` is a cell of the study, or ``version:prefix`` of an activity
    outside the ten cells; ``prefix`` the beginning of the partner's code.
    """

    opportunity: Opportunity
    activity: str
    version: str
    prefix: str


@dataclass(frozen=True)
class Policy:
    """One version of the policy; all fractions are whole millionths."""

    version: int
    opportunities: Mapping[Opportunity, OpportunityPolicy]
    affinities: Mapping[AffinityKey, int]
    # (NACE version, code prefix) that make an establishment a possible partner.
    watched: Mapping[Opportunity, frozenset[tuple[str, str]]]
    top_k: int = 50
    per_opportunity: int = 5
    per_partner: int = 3
    potentials: Mapping[Verdict, int] = field(
        default_factory=lambda: {
            Verdict.HOOG: MILLION,
            Verdict.GEMIDDELD: 700_000,
            Verdict.LAAG: 300_000,
        }
    )
    class_weights: Mapping[str, int] = field(
        default_factory=lambda: {"MAIN": MILLION, "SECO": 700_000, "ANCI": 400_000}
    )

    def allows(self, opportunity: Opportunity, verdict: Verdict) -> bool:
        """The verdict is not below the floor of the opportunity."""
        floor = self.opportunities[opportunity].floor
        return floor is None or _VERDICT_ORDER.index(verdict) >= _VERDICT_ORDER.index(floor)

    @cached_property
    def _by_activity(self) -> dict[tuple[Opportunity, str], dict[tuple[str, str], int]]:
        """Affinities by opportunity and activity, then by version and prefix."""
        found: dict[tuple[Opportunity, str], dict[tuple[str, str], int]] = {}
        for key, value in self.affinities.items():
            by_code = found.setdefault((key.opportunity, key.activity), {})
            by_code[key.version, key.prefix] = value
        return found

    @cached_property
    def _own_prefixes(self) -> dict[Opportunity, frozenset[str]]:
        """Prefixes of activities outside the cells that have affinities."""
        found: dict[Opportunity, set[str]] = {}
        for key in self.affinities:
            if ":" in key.activity:
                found.setdefault(key.opportunity, set()).add(key.activity)
        return {opportunity: frozenset(keys) for opportunity, keys in found.items()}

    def affinity(self, opportunity: Opportunity, activity: str, version: str, code: str) -> int:
        """Affinity of an activity with a partner's code; the longest prefix wins, else 0.

        For an activity outside the ten cells, the longest own prefix that has any
        affinity with the code decides first.
        """
        for own in self._keys_of(opportunity, activity):
            known = self._by_activity.get((opportunity, own), {})
            for length in range(len(code), 0, -1):
                value = known.get((version, code[:length]))
                if value is not None:
                    return value
        return 0

    def is_watched(self, opportunity: Opportunity, version: str, code: str) -> bool:
        """The code makes an establishment a possible partner for the opportunity."""
        watched = self.watched.get(opportunity, frozenset())
        return any((version, code[:length]) in watched for length in range(len(code), 0, -1))

    def _keys_of(self, opportunity: Opportunity, activity: str) -> list[str]:
        if ":" not in activity:
            return [activity]
        version, code = activity.split(":", 1)
        known = self._own_prefixes.get(opportunity, frozenset())
        keys = (f"{version}:{code[:length]}" for length in range(len(code), 0, -1))
        return [key for key in keys if key in known]
