"""Who acts for which company."""

from __future__ import annotations

from django.db.models import Case, Exists, OuterRef, QuerySet, When

from companies.profiles.content.terms import PRIVACY_VERSION, TERMS_VERSION
from companies.profiles.enums import LegalText, MemberRole
from companies.profiles.models import Acceptance, Company, Membership
from portal.accounts.models import User


def members_of(company: Company) -> QuerySet[Membership]:
    """Members with their accounts: by role (owner, editor, reader), then address."""
    return (
        Membership.objects.filter(company=company)
        .select_related("user")
        .annotate(
            rank=Case(
                When(role=MemberRole.OWNER, then=0), When(role=MemberRole.EDITOR, then=1), default=2
            )
        )
        .order_by("rank", "user__email", "pk")
    )


def memberships_of(user: User) -> QuerySet[Membership]:
    """The companies that a person acts for, with whether the newest texts are accepted.

    ``has_terms``: somebody accepted the newest terms for the company; ``has_privacy``:
    this person accepted the newest privacy statement.
    """
    terms = Acceptance.objects.filter(
        text=LegalText.TERMS, version=TERMS_VERSION, company=OuterRef("company")
    )
    privacy = Acceptance.objects.filter(
        text=LegalText.PRIVACY, version=PRIVACY_VERSION, accepted_by=OuterRef("user")
    )
    return (
        Membership.objects.filter(user=user)
        .select_related("company")
        .annotate(has_terms=Exists(terms), has_privacy=Exists(privacy))
        .order_by("company__name_key", "pk")
    )
