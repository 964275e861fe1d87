"""What a person typed in a part of the profile and did not save."""

from __future__ import annotations

from companies.profiles.models import Company, PartDraft
from portal.accounts.models import User


def draft_of(company: Company, user: User, key: str) -> PartDraft | None:
    """This person's draft of a page; one query."""
    return PartDraft.objects.filter(company=company, saved_by=user, key=key).first()
