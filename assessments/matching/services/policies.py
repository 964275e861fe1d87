"""Policies: the first version, drafts, publication."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from assessments.matching.content import policy_v1
from assessments.matching.models import Affinity, Policy, PolicyOpportunity
from portal.accounts.models import User
from portal.common.versioned import VersionStatus


@transaction.atomic
def load_reference() -> None:
    """Load and publish version 1 where there is no policy yet; repeatable."""
    if Policy.objects.exists():
        return
    policy = Policy.objects.create(
        version=policy_v1.VERSION, note="Eerste versie / first version", published_at=timezone.now()
    )
    PolicyOpportunity.objects.bulk_create(
        PolicyOpportunity(policy=policy, opportunity=opportunity.value, radius_km=radius)
        for opportunity, radius in policy_v1.RADII_KM.items()
    )
    Affinity.objects.bulk_create(
        Affinity(
            policy=policy,
            opportunity=opportunity.value,
            cell=cell.value if cell else "",
            own_version=own_version,
            own_prefix=own_prefix,
            nace_version=version.value,
            nace_prefix=prefix,
            value=value,
        )
        for opportunity, cell, own_version, own_prefix, version, prefix, value in (
            policy_v1.affinities()
        )
    )
    Policy.objects.filter(pk=policy.pk).update(status=VersionStatus.PUBLISHED)


@transaction.atomic
def draft_from(*, policy: Policy, note: str = "") -> Policy:
    """A draft with everything of ``policy``, under the next version number."""
    # Two drafts made at once must not get one number.
    list(Policy.objects.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    latest = Policy.objects.aggregate(latest=Max("version"))["latest"] or 0
    left_out = {"id", "version", "status", "note", "published_at", "published_by"}
    values: dict[str, Any] = {
        field.attname: getattr(policy, field.attname)
        for field in Policy._meta.concrete_fields
        if field.name not in left_out
    }
    draft = Policy.objects.create(version=latest + 1, note=note, **values)
    opportunities = list(policy.opportunities.order_by("pk"))
    affinities = list(policy.affinities.order_by("pk"))
    rows: list[PolicyOpportunity | Affinity] = [*opportunities, *affinities]
    for row in rows:
        row.pk = None
        row.policy = draft
    PolicyOpportunity.objects.bulk_create(opportunities)
    Affinity.objects.bulk_create(affinities)
    return draft


@transaction.atomic
def publish(*, policy: Policy, by: User) -> None:
    """Put a draft in force; the version before it is retired and stays for its runs."""
    locked = Policy.objects.select_for_update(of=("self",)).get(pk=policy.pk)
    if locked.status != VersionStatus.DRAFT:
        raise ValueError("only a draft can be published")
    Policy.objects.filter(status=VersionStatus.PUBLISHED).update(status=VersionStatus.RETIRED)
    locked.status = VersionStatus.PUBLISHED
    locked.published_at = timezone.now()
    locked.published_by = by
    locked.save(update_fields=["status", "published_at", "published_by"])
