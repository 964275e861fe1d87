"""Giving and withdrawing consent: at once, by an owner, with nothing rewritten.

A consent is no fact about the company: nothing is computed from it and stored, each page
asks ``selectors.has_consent`` when it shows something. So ``facts_version`` stays, and a
withdrawal waits for no task.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from companies.profiles.content.consents import current_text
from companies.profiles.enums import ConsentPurpose
from companies.profiles.models import Company, Consent
from companies.profiles.services.facts import lock_company
from portal.accounts.models import User


@transaction.atomic
def give_consent(*, company_id: int, purpose: ConsentPurpose, by: User) -> Consent:
    """Agree to the newest text; again is no error, and an older consent makes way."""
    company = lock_company(company_id)
    version = current_text(purpose).version
    given = Consent.objects.open().filter(company=company, purpose=purpose).first()
    if given is not None and given.version == version:
        return given
    if given is not None:
        _end(given, by)
    return Consent.objects.create(company=company, purpose=purpose, version=version, given_by=by)


@transaction.atomic
def withdraw_consent(*, company_id: int, purpose: ConsentPurpose, by: User) -> None:
    """Take a consent back; without one nothing happens."""
    company: Company = lock_company(company_id)
    given = Consent.objects.open().filter(company=company, purpose=purpose).first()
    if given is not None:
        _end(given, by)


def _end(consent: Consent, by: User) -> None:
    consent.withdrawn_at, consent.withdrawn_by = timezone.now(), by
    consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
