"""Invitations, requests to join, and companies that wait for a member of staff."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet

from companies.profiles.enums import JoinStatus, VerificationStatus
from companies.profiles.models import Company, Invitation, JoinRequest, Membership
from companies.profiles.models.company import CompanyQuerySet
from portal.accounts.models import User


def waiting_invitations(company: Company) -> QuerySet[Invitation]:
    """Invitations that nobody accepted or withdrew, expired ones too; by address."""
    return Invitation.objects.filter(company=company).waiting().order_by("email", "pk")


def open_join_requests(company: Company, now: datetime) -> QuerySet[JoinRequest]:
    """Requests that wait for a decision, oldest first."""
    return (
        JoinRequest.objects.filter(company=company)
        .open(now)
        .select_related("user")
        .order_by("requested_at", "pk")
    )


def invitations_for(user: User, now: datetime) -> QuerySet[Invitation]:
    """Open invitations to the addresses that this person confirmed."""
    confirmed = EmailAddress.objects.filter(
        user=user, verified=True, email__iexact=OuterRef("email")
    )
    return (
        Invitation.objects.open(now)
        .filter(Exists(confirmed))
        .select_related("company", "invited_by")
        .order_by("invited_at", "pk")
    )


def join_requests_of(user: User) -> QuerySet[JoinRequest]:
    """What this person asked, newest first; withdrawn requests are left out."""
    return (
        JoinRequest.objects.filter(user=user)
        .exclude(status=JoinStatus.WITHDRAWN)
        .select_related("company")
        .order_by("-requested_at", "-pk")
    )


def _run_by_nobody() -> Q:
    """Condition on Company: no owner with an active account."""
    owners = Membership.objects.active_owners().filter(company=OuterRef("pk"))
    return ~Exists(owners)  # type: ignore[return-value]


def has_active_owner(company: Company) -> bool:
    """Somebody can decide for the company."""
    return Membership.objects.active_owners().filter(company=company).exists()


def staff_decides_on_members(company: Company) -> bool:
    """No owner can, or may: all are blocked, or the sign-up itself was declined."""
    return company.status == VerificationStatus.DECLINED or not has_active_owner(company)


def stranded(companies: CompanyQuerySet) -> QuerySet[Company]:
    """Of these companies the ones without an active owner."""
    return companies.filter(_run_by_nobody()).order_by("name_key", "pk")


def requests_for_staff(companies: CompanyQuerySet, now: datetime) -> QuerySet[JoinRequest]:
    """Open requests to these companies on which no owner can decide, oldest first."""
    waiting = companies.filter(_run_by_nobody() | Q(status=VerificationStatus.DECLINED))
    return (
        JoinRequest.objects.open(now)
        .filter(company__in=waiting.order_by().values("pk"))
        .select_related("company", "user")
        .order_by("requested_at", "pk")
    )


def to_verify(companies: CompanyQuerySet) -> QuerySet[Company]:
    """Of these companies the ones that wait for a decision, oldest first."""
    return (
        companies.filter(status=VerificationStatus.PENDING)
        .select_related("created_by", "appealed_by")
        .order_by("created_at", "pk")
    )
