"""Reads over verdicts of advisers: which are in force, and which there were."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from assessments.opportunities.models import Assessment, VerdictOverride
from companies.profiles.models import Company
from portal.common.vocabulary import Opportunity


def override_verdict() -> Subquery:
    """For a query over assessments: the adviser's verdict in force, or NULL."""
    return Subquery(
        VerdictOverride.objects.in_force()
        .filter(company=OuterRef("company"), opportunity=OuterRef("opportunity"))
        .values("verdict")[:1]
    )


def with_counted_verdict(assessments: QuerySet[Assessment]) -> QuerySet[Any]:  # Any: annotated
    """With ``counted``: the adviser's verdict while one is in force, else the computed one."""
    return assessments.annotate(
        override=override_verdict(), counted=Coalesce(F("override"), F("verdict"))
    )


def overrides_of(company: Company, opportunity: Opportunity) -> QuerySet[VerdictOverride]:
    """All of one opportunity, the newest first, with the people and the outcomes."""
    return (
        VerdictOverride.objects.filter(company=company, opportunity=opportunity)
        .select_related("given_by", "ended_by", "assessment")
        .order_by("-given_at", "-pk")
    )
