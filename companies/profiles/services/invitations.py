"""Invitations by e-mail: sent, sent again, withdrawn, accepted."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from companies.profiles.enums import MemberRole
from companies.profiles.models import Invitation, Membership
from companies.profiles.services.acceptances import accept_privacy
from companies.profiles.services.facts import lock_company
from companies.profiles.services.mails import FOLDER
from portal.accounts.models import User
from portal.accounts.roles import is_government
from portal.common.mail import tell

_signer = signing.Signer(salt="profiles.invitation", sep=".")


class InvitationError(Exception):
    """An invitation cannot be made or accepted; ``code`` says why, for the message.

    ``already_member``, ``used`` (accepted or withdrawn meanwhile, or the company closed),
    ``expired``, ``other_address`` (the person has not confirmed the invited address) or
    ``government`` (staff cannot be members).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def find_invitation(token: str) -> Invitation | None:
    """The invitation of a link, whatever its state; None for a link that we never sent."""
    try:
        secret = _signer.unsign(token)
    except signing.BadSignature:
        return None
    return (
        Invitation.objects.select_related("company", "invited_by")
        .filter(token_hash=_hash(secret))
        .first()
    )


def _send(invitation: Invitation, secret: str, origin: str) -> None:
    """Tell the person, in the language of the account or else of whoever invites."""
    if not origin:
        return
    known = EmailAddress.objects.filter(email__iexact=invitation.email, verified=True)
    language = known.values_list("user__language", flat=True).first()
    path = reverse("profiles:invitation", args=[_signer.sign(secret)])
    tell(
        to=invitation.email,
        language=language or get_language() or "",
        template=f"{FOLDER}/invitation",
        context={
            "invitation": invitation,
            "company": invitation.company,
            "inviter": invitation.invited_by,
            "link": f"{origin}{path}",
        },
    )


@transaction.atomic
def invite(
    *, company_id: int, email: str, role: MemberRole, by: User, origin: str = ""
) -> Invitation:
    """Invite somebody, whether or not there is an account with this address.

    Inviting an address again renews the invitation that waits: an earlier link stops
    working. Raises InvitationError ``already_member`` for an address on the members page.
    """
    company = lock_company(company_id)
    email = email.strip().lower()
    if Membership.objects.filter(company=company, user__email__iexact=email).exists():
        raise InvitationError("already_member")
    secret, now = secrets.token_urlsafe(24), timezone.now()
    invitation, _ = Invitation.objects.waiting().update_or_create(
        company=company,
        email=email,
        defaults={
            "role": role,
            "token_hash": _hash(secret),
            "invited_at": now,
            "invited_by": by,
            "expires_at": now + timedelta(days=settings.INVITATION_DAYS),
        },
    )
    _send(invitation, secret, origin)
    return invitation


def _lock(invitation_id: int) -> Invitation:
    """The invitation, with its company locked first; InvitationError ``used`` when over."""
    company_id = Invitation.objects.values_list("company_id", flat=True).get(pk=invitation_id)
    lock_company(company_id)
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation_id)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise InvitationError("used")
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation_id: int, by: User) -> None:
    """The link stops working; InvitationError ``used`` when it was accepted meanwhile."""
    invitation = _lock(invitation_id)
    invitation.withdrawn_at = timezone.now()
    invitation.withdrawn_by = by
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])


@transaction.atomic
def accept_invitation(*, invitation_id: int, user: User) -> Membership:
    """The invited person becomes a member and accepts the privacy statement.

    Only a person who confirmed the invited address may; see InvitationError. Somebody
    who became a member in another way keeps the role of then.
    """
    invitation = _lock(invitation_id)
    if invitation.company.is_closed:
        raise InvitationError("used")  # as if the company had withdrawn it
    if invitation.is_expired:
        raise InvitationError("expired")
    if not is_invited(user=user, invitation=invitation):
        raise InvitationError("other_address")
    if is_government(user):
        raise InvitationError("government")
    membership, _ = Membership.objects.get_or_create(
        company_id=invitation.company_id, user=user, defaults={"role": invitation.role}
    )
    accept_privacy(user=user)
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return membership


def is_invited(*, user: User, invitation: Invitation) -> bool:
    """The person confirmed the address that was invited."""
    confirmed = EmailAddress.objects.filter(
        user=user, verified=True, email__iexact=invitation.email
    )
    return bool(confirmed.exists())
