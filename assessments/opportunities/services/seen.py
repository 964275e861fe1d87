"""A member says "understood": what moves after this is news again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from assessments.opportunities.models import Assessment, AssessmentSeen, VerdictOverride
from portal.accounts.models import User
from portal.common.vocabulary import Opportunity


@transaction.atomic
def mark_seen(
    *,
    user: User,
    company_id: int,
    seen: Mapping[Opportunity, tuple[int, int | None]],
    now: datetime,
) -> int:
    """Note which outcome, and which verdict of an adviser, the member saw; how many were noted.

    ``seen`` holds the keys that stood on the page, so that what moved while the member was
    reading stays news. Keys that are not of this company and opportunity are left out.
    """
    outcomes = Assessment.objects.filter(
        company=company_id, pk__in=[outcome for outcome, _ in seen.values()]
    )
    overrides = VerdictOverride.objects.filter(
        company=company_id, pk__in=[override for _, override in seen.values() if override]
    )
    known = set(outcomes.order_by("pk").values_list("pk", "opportunity"))
    judged = set(overrides.order_by("pk").values_list("pk", "opportunity"))
    rows = [
        AssessmentSeen(
            user=user,
            company_id=company_id,
            opportunity=opportunity,
            assessment_id=outcome,
            override_id=override,
            seen_at=now,
        )
        for opportunity, (outcome, override) in seen.items()
        if (outcome, opportunity.value) in known
        and (override is None or (override, opportunity.value) in judged)
    ]
    AssessmentSeen.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["user", "company", "opportunity"],
        update_fields=["assessment", "override", "seen_at"],
    )
    return len(rows)
