"""Which version of the texts somebody accepted."""

from __future__ import annotations

from django.db import transaction

from companies.profiles.content.terms import PRIVACY_VERSION, TERMS_VERSION
from companies.profiles.enums import LegalText
from companies.profiles.models import Acceptance, Company
from companies.profiles.services.facts import lock_company
from portal.accounts.models import User


@transaction.atomic
def accept_terms(*, company_id: int, by: User, version: str = TERMS_VERSION) -> None:
    """An owner accepts a version of the terms for the company; again is no error."""
    lock_company(company_id)
    Acceptance.objects.get_or_create(
        text=LegalText.TERMS, version=version, company_id=company_id, defaults={"accepted_by": by}
    )
    Company.objects.filter(pk=company_id).exclude(terms_version=version).update(
        terms_version=version
    )


@transaction.atomic
def accept_privacy(*, user: User, version: str = PRIVACY_VERSION) -> None:
    """A person accepts a version of the privacy statement; again is no error."""
    Acceptance.objects.get_or_create(
        text=LegalText.PRIVACY, version=version, company=None, accepted_by=user
    )


@transaction.atomic
def accept_texts(
    *,
    user: User,
    company_ids: list[int],
    terms_version: str = TERMS_VERSION,
    privacy_version: str = PRIVACY_VERSION,
) -> None:
    """The privacy statement for oneself, and the terms for companies that one owns."""
    accept_privacy(user=user, version=privacy_version)
    for company_id in sorted(company_ids):
        accept_terms(company_id=company_id, by=user, version=terms_version)
