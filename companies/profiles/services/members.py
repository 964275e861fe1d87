"""Who acts for a company and which adviser follows it."""

from __future__ import annotations

from django.db import transaction

from companies.profiles.enums import MemberRole
from companies.profiles.models import CompanyAdviser, Membership
from companies.profiles.services.facts import lock_company
from portal.accounts.models import User


class LastOwnerError(Exception):
    """The change would leave the company without an owner."""


def _other_owner_exists(membership: Membership) -> bool:
    return (
        Membership.objects.filter(company_id=membership.company_id, role=MemberRole.OWNER)
        .exclude(pk=membership.pk)
        .exists()
    )


@transaction.atomic
def add_member(*, company_id: int, user: User, role: MemberRole = MemberRole.EDITOR) -> Membership:
    """Make a person a member; IntegrityError when the person already is one."""
    lock_company(company_id)
    return Membership.objects.create(company_id=company_id, user=user, role=role)


@transaction.atomic
def change_role(*, membership: Membership, role: MemberRole) -> None:
    """Give a member another role; LastOwnerError for the only owner."""
    lock_company(membership.company_id)
    if role != MemberRole.OWNER and not _other_owner_exists(membership):
        raise LastOwnerError
    membership.role = role
    membership.save(update_fields=["role"])


@transaction.atomic
def remove_member(*, membership: Membership) -> None:
    """End a membership; LastOwnerError for the only owner."""
    lock_company(membership.company_id)
    if not _other_owner_exists(membership):
        raise LastOwnerError
    membership.delete()


@transaction.atomic
def assign_adviser(*, company_id: int, user: User) -> CompanyAdviser:
    """Let an adviser follow a company whatever its province; again is no error."""
    assigned, _ = CompanyAdviser.objects.get_or_create(company_id=company_id, user=user)
    return assigned


@transaction.atomic
def unassign_adviser(*, company_id: int, user: User) -> None:
    """The adviser no longer follows the company in person."""
    CompanyAdviser.objects.filter(company_id=company_id, user=user).delete()
