"""Who acts for a company and which adviser follows it."""

from __future__ import annotations

from django.db import transaction

from companies.profiles.enums import MemberRole
from companies.profiles.models import CompanyAdviser, Membership
from companies.profiles.services.facts import lock_company
from companies.profiles.services.mails import members_path, tell_people
from portal.accounts.models import User


class LastOwnerError(Exception):
    """The change would leave the company without an owner whose account is active."""


def _keep_an_owner(membership: Membership) -> None:
    """LastOwnerError when this owner is the last one; the company is locked."""
    owners = Membership.objects.active_owners().filter(company_id=membership.company_id)
    if membership.role == MemberRole.OWNER and not owners.exclude(pk=membership.pk).exists():
        raise LastOwnerError


@transaction.atomic
def add_member(*, company_id: int, user: User, role: MemberRole = MemberRole.EDITOR) -> Membership:
    """Make a person a member; IntegrityError when the person already is one."""
    lock_company(company_id)
    return Membership.objects.create(company_id=company_id, user=user, role=role)


@transaction.atomic
def change_role(*, membership: Membership, role: MemberRole) -> None:
    """Give a member another role; LastOwnerError for the only owner.

    Membership.DoesNotExist when the person left meanwhile.
    """
    lock_company(membership.company_id)
    membership.refresh_from_db(fields=["role"])
    if role != MemberRole.OWNER:
        _keep_an_owner(membership)
    membership.role = role
    membership.save(update_fields=["role"])


@transaction.atomic
def remove_member(*, membership: Membership) -> None:
    """End a membership; LastOwnerError for the only owner.

    Membership.DoesNotExist when the person left meanwhile.
    """
    lock_company(membership.company_id)
    membership.refresh_from_db(fields=["role"])
    _keep_an_owner(membership)
    membership.delete()


@transaction.atomic
def appoint_owner(*, membership: Membership, origin: str = "") -> None:
    """Staff make a member owner of a company that no owner runs any more.

    ValueError while there is an active owner, or for a member whose account is blocked;
    Membership.DoesNotExist when the person left meanwhile.
    """
    company = lock_company(membership.company_id)
    if Membership.objects.active_owners().filter(company=company).exists():
        raise ValueError("The company has an active owner")
    membership.refresh_from_db(fields=["role"])
    if not membership.user.is_active:
        raise ValueError("A blocked account cannot own a company")
    membership.role = MemberRole.OWNER
    membership.save(update_fields=["role"])
    tell_people(
        people=[membership.user],
        template="appointed",
        origin=origin,
        path=members_path(company),
        company=company,
    )


@transaction.atomic
def assign_adviser(*, company_id: int, user: User) -> CompanyAdviser:
    """Let an adviser follow a company whatever its province; again is no error."""
    assigned, _ = CompanyAdviser.objects.get_or_create(company_id=company_id, user=user)
    return assigned


@transaction.atomic
def unassign_adviser(*, company_id: int, user: User) -> None:
    """The adviser no longer follows the company in person."""
    CompanyAdviser.objects.filter(company_id=company_id, user=user).delete()
