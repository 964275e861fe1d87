"""Requests to join a company that is signed up already."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from companies.profiles.enums import JoinStatus, MemberRole
from companies.profiles.models import JoinRequest, Membership
from companies.profiles.services.facts import lock_company
from companies.profiles.services.mails import company_path, members_path, tell_owners, tell_people
from companies.register.domain.numbers import format_enterprise_number
from portal.accounts.models import User
from portal.accounts.roles import is_government


class JoinError(Exception):
    """A request cannot be made or decided; ``code`` says why, for the message.

    ``already_member``, ``already_asked``, ``government``, ``closed`` (the company's account)
    or ``over`` (decided, withdrawn or expired meanwhile).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def request_to_join(
    *, company_id: int, user: User, role: MemberRole, message: str = "", origin: str = ""
) -> JoinRequest:
    """Ask to act for a company; its owners get a mail. Raises JoinError."""
    company = lock_company(company_id)
    now = timezone.now()
    if company.is_closed:
        raise JoinError("closed")
    if is_government(user):
        raise JoinError("government")
    if Membership.objects.filter(company=company, user=user).exists():
        raise JoinError("already_member")
    expire_join_requests(now=now, company_id=company_id)
    if JoinRequest.objects.filter(company=company, user=user).open(now).exists():
        raise JoinError("already_asked")
    request = JoinRequest.objects.create(
        company=company,
        user=user,
        role=role,
        message=message,
        requested_at=now,
        expires_at=now + timedelta(days=settings.JOIN_REQUEST_DAYS),
    )
    tell_owners(
        company=company,
        template="join_request",
        origin=origin,
        path=members_path(company),
        request=request,
    )
    return request


def _lock(request_id: int) -> JoinRequest:
    """The request, with its company locked first; JoinError ``over`` when it is decided."""
    company_id = JoinRequest.objects.values_list("company_id", flat=True).get(pk=request_id)
    lock_company(company_id)
    request = JoinRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if request.shown_status != JoinStatus.OPEN:
        raise JoinError("over")
    return request


def _close(request: JoinRequest, by: User, status: JoinStatus) -> None:
    request.status = status
    request.decided_at = timezone.now()
    request.decided_by = by
    request.save(update_fields=["status", "decided_at", "decided_by"])


@transaction.atomic
def accept_join_request(
    *, request_id: int, by: User, role: MemberRole, origin: str = ""
) -> Membership:
    """The person becomes a member with the role that the decider chooses, and gets a mail.

    Raises JoinError ``over``, or ``government`` for somebody who joined the staff meanwhile.
    """
    request = _lock(request_id)
    if is_government(request.user):
        raise JoinError("government")
    membership, _ = Membership.objects.get_or_create(
        company_id=request.company_id, user=request.user, defaults={"role": role}
    )
    _close(request, by, JoinStatus.ACCEPTED)
    tell_people(
        people=[request.user],
        template="join_accepted",
        origin=origin,
        path=company_path(request.company),
        company=request.company,
        role=MemberRole(membership.role).label,
    )
    return membership


@transaction.atomic
def refuse_join_request(*, request_id: int, by: User, origin: str = "") -> None:
    """The person gets a mail; asking again stays possible. Raises JoinError ``over``."""
    request = _lock(request_id)
    _close(request, by, JoinStatus.REFUSED)
    tell_people(
        people=[request.user],
        template="join_refused",
        origin=origin,
        path=reverse("profiles:sign_up"),
        number=format_enterprise_number(request.company.enterprise_number),
    )


@transaction.atomic
def withdraw_join_request(*, request_id: int, by: User) -> None:
    """The person no longer asks. Raises JoinError ``over``."""
    _close(_lock(request_id), by, JoinStatus.WITHDRAWN)


@transaction.atomic
def expire_join_requests(*, now: datetime, company_id: int | None = None) -> int:
    """Close what nobody answered in time; answers how many."""
    late = JoinRequest.objects.filter(status=JoinStatus.OPEN, expires_at__lte=now)
    if company_id is not None:
        late = late.filter(company_id=company_id)
    return late.update(status=JoinStatus.EXPIRED)
