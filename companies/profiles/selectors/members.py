"""Who acts for which company."""

from __future__ import annotations

from django.db.models import Case, QuerySet, When

from companies.profiles.enums import MemberRole
from companies.profiles.models import Company, Membership
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
    """The companies that a person acts for."""
    return (
        Membership.objects.filter(user=user)
        .select_related("company")
        .order_by("company__name_key", "pk")
    )
