"""Policies as the domain wants them."""

from __future__ import annotations

from assessments.matching.domain.policy import (
    AffinityKey,
    OpportunityPolicy,
    Weights,
)
from assessments.matching.domain.policy import Policy as PolicyValue
from assessments.matching.models import Policy
from companies.register.models import Classification, WatchedNace
from portal.common.versioned import VersionStatus
from portal.common.vocabulary import Opportunity, Verdict

METRES = 1000


def published_policy() -> Policy | None:
    """The policy in force."""
    return Policy.objects.filter(status=VersionStatus.PUBLISHED).first()


def policy_value(policy: Policy) -> PolicyValue:
    """The policy with its affinities and the register's watch list; three queries."""
    watched: dict[Opportunity, set[tuple[str, str]]] = {}
    rows = WatchedNace.objects.order_by("pk").values_list("opportunity", "version", "prefix")
    for opportunity, version, prefix in rows:
        watched.setdefault(Opportunity(opportunity), set()).add((version, prefix))
    return PolicyValue(
        version=policy.version,
        opportunities={
            Opportunity(row.opportunity): OpportunityPolicy(
                radius_m=row.radius_km * METRES,
                weights=Weights(*row.weights),
                floor=Verdict(row.verdict_floor) if row.verdict_floor else None,
            )
            for row in policy.opportunities.order_by("opportunity", "pk")
        },
        affinities={
            AffinityKey(
                Opportunity(row.opportunity), row.activity_key, row.nace_version, row.nace_prefix
            ): row.value
            for row in policy.affinities.order_by("pk")
        },
        watched={opportunity: frozenset(keys) for opportunity, keys in watched.items()},
        top_k=policy.top_k,
        per_opportunity=policy.proposals_per_opportunity,
        per_partner=policy.proposals_per_partner,
        potentials={
            Verdict.HOOG: policy.potential_high,
            Verdict.GEMIDDELD: policy.potential_medium,
            Verdict.LAAG: policy.potential_low,
        },
        class_weights={
            Classification.MAIN.value: policy.class_main,
            Classification.SECONDARY.value: policy.class_secondary,
            Classification.ANCILLARY.value: policy.class_ancillary,
        },
    )
