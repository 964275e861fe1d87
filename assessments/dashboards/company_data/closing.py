"""Closing a company in every room at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from assessments.matching.models import Match
from companies.profiles import services
from portal.accounts.models import User


@transaction.atomic
def close(*, company_id: int, by: User, reason: str, now: datetime) -> bool:
    """Close the company and take its matches back; False when it was closed already.

    Its figures leave the dashboards by themselves: they count open companies only.
    """
    if not services.close_company(company_id=company_id, by=by, reason=reason, now=now):
        return False
    Match.objects.filter(company_id=company_id, is_stale=False).update(
        is_stale=True, proposed=False
    )
    return True
