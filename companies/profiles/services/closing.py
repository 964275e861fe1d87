"""Closing a company's account, and opening it again while its data are still there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companies.profiles.services.facts import lock_company, touch_facts
from portal.accounts.models import User


@transaction.atomic
def close_company(*, company_id: int, by: User, reason: str, now: datetime) -> bool:
    """From now on the company counts nowhere and its members only read.

    False when it was closed already. Raises IntegrityError without a reason.
    """
    company = lock_company(company_id)
    if company.is_closed:
        return False
    company.closed_at, company.closed_by, company.close_reason = now, by, reason.strip()
    company.save(update_fields=["closed_at", "closed_by", "close_reason"])
    touch_facts(company_id)
    return True


@transaction.atomic
def reopen_company(*, company_id: int) -> bool:
    """Everything is as it was before closing; False when the company was open."""
    company = lock_company(company_id)
    if not company.is_closed:
        return False
    company.closed_at, company.closed_by, company.close_reason = None, None, ""
    company.save(update_fields=["closed_at", "closed_by", "close_reason"])
    touch_facts(company_id)
    return True
