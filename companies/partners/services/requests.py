"""Requests to act for a partner: made, answered, withdrawn."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from companies.partners.content.terms import PARTNER_TERMS_VERSION
from companies.partners.enums import Capacity, RefusalReason
from companies.partners.models import ContactRequest, Partner, PartnerContact
from companies.partners.services.locks import lock_partner
from companies.partners.services.mails import tell_contacts, tell_people
from companies.partners.services.partner import add_contact
from companies.profiles.enums import JoinStatus, VerificationStatus
from companies.profiles.services import accept_privacy
from portal.accounts.models import User
from portal.accounts.roles import is_government


class RequestError(Exception):
    """A request cannot be made or answered; ``code`` says why, for the message.

    ``already_contact``, ``already_asked``, ``government``, or ``over`` (answered or
    withdrawn meanwhile).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def request_to_join(
    *,
    partner_id: int,
    user: User,
    capacity: Capacity,
    now: datetime,
    message: str = "",
    origin: str = "",
) -> ContactRequest:
    """Ask to act for a partner for which somebody else does; its contacts get a mail.

    Accepts the newest terms and privacy statement. Raises RequestError.
    """
    partner = lock_partner(partner_id)
    if is_government(user):
        raise RequestError("government")
    if PartnerContact.objects.filter(partner=partner, user=user).exists():
        raise RequestError("already_contact")
    if ContactRequest.objects.open().filter(partner=partner, user=user).exists():
        raise RequestError("already_asked")
    accept_privacy(user=user)
    request = ContactRequest.objects.create(
        partner=partner,
        user=user,
        is_sign_up=False,
        capacity=capacity,
        message=message,
        terms_version=PARTNER_TERMS_VERSION,
        requested_at=now,
    )
    tell_contacts(
        partner=partner,
        template="join_request",
        origin=origin,
        path=reverse("partners:contacts", args=[partner.pk]),
        request=request,
    )
    return request


def _lock(request_id: int) -> tuple[ContactRequest, Partner]:
    """The open request, its partner locked first; RequestError ``over`` when it is none."""
    partner_id = ContactRequest.objects.values_list("partner_id", flat=True).get(pk=request_id)
    partner = lock_partner(partner_id)
    request = ContactRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if request.status != JoinStatus.OPEN:
        raise RequestError("over")
    return request, partner


def _answer(request: ContactRequest, status: JoinStatus, by: User, now: datetime) -> None:
    request.status = status
    request.decided_at, request.decided_by = now, by
    request.save(
        update_fields=["status", "decided_at", "decided_by", "refusal_reason", "refusal_note"]
    )


@transaction.atomic
def accept_request(*, request_id: int, by: User, now: datetime, origin: str = "") -> PartnerContact:
    """The person becomes a contact and gets a mail; a partner that waited is verified.

    Raises RequestError ``over``, or ``government`` for somebody who joined the staff meanwhile.
    """
    request, partner = _lock(request_id)
    if is_government(request.user):
        raise RequestError("government")
    contact = add_contact(partner_id=partner.pk, user=request.user)
    if request.is_sign_up or not partner.is_verified:
        partner.status = VerificationStatus.VERIFIED
        partner.signed_up_at, partner.signed_up_by = request.requested_at, request.user
        partner.save(update_fields=["status", "signed_up_at", "signed_up_by"])
    _answer(request, JoinStatus.ACCEPTED, by, now)
    _tell(request, "accepted", origin, reverse("partners:partner", args=[partner.pk]))
    return contact


@transaction.atomic
def decline_request(
    *,
    request_id: int,
    by: User,
    now: datetime,
    reason: RefusalReason,
    note: str = "",
    origin: str = "",
) -> None:
    """The person does not act for the partner, and gets a mail with the reason.

    A partner that waited for this sign-up is declined with it. Asking again stays possible.
    Raises RequestError ``over``.
    """
    request, partner = _lock(request_id)
    request.refusal_reason, request.refusal_note = reason, note
    _answer(request, JoinStatus.REFUSED, by, now)
    if request.is_sign_up and partner.is_pending:
        partner.status = VerificationStatus.DECLINED
        partner.save(update_fields=["status"])
    _tell(request, "declined", origin, reverse("partners:sign_up"))


@transaction.atomic
def withdraw_request(*, request_id: int, by: User, now: datetime) -> None:
    """The person no longer asks. Raises RequestError ``over``.

    A partner that only this person was signing up goes, with what the person typed. One that
    an adviser talked with, or that has contacts, stays as one whose sign-up was declined.
    """
    request, partner = _lock(request_id)
    _answer(request, JoinStatus.WITHDRAWN, by, now)
    others = ContactRequest.objects.open().filter(partner=partner)
    if not (request.is_sign_up and partner.is_pending) or others.exists():
        return
    if partner.conversations.exists() or partner.contacts.exists():
        partner.status = VerificationStatus.DECLINED
        partner.save(update_fields=["status"])
    else:
        partner.delete()


def _tell(request: ContactRequest, template: str, origin: str, path: str) -> None:
    tell_people(
        people=[request.user],
        template=template,
        origin=origin,
        path=path,
        partner=request.partner,
        request=request,
    )
