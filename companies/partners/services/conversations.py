"""What an adviser records after a conversation, and the partner that confirms it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from companies.partners.enums import SharePurpose
from companies.partners.models import Conversation, PartnerConsent
from companies.partners.services.consents import give_consent, withdraw_consent
from companies.partners.services.locks import lock_partner
from portal.accounts.models import User


@transaction.atomic
def record_conversation(
    *,
    partner_id: int,
    held_on: date,
    with_whom: str,
    agreed: str,
    agreed_to: Collection[SharePurpose],
    by: User,
    now: datetime,
) -> Conversation:
    """Write down a conversation, and what the partner agreed to show.

    ``agreed_to`` holds every purpose that the partner agrees to from now on; a consent
    outside it ends.
    """
    lock_partner(partner_id)
    conversation = Conversation.objects.create(
        partner_id=partner_id,
        held_on=held_on,
        with_whom=with_whom,
        agreed=agreed,
        recorded_at=now,
        recorded_by=by,
    )
    for purpose in SharePurpose:
        if purpose in agreed_to:
            give_consent(partner_id=partner_id, by=by, purpose=purpose, conversation=conversation)
        else:
            withdraw_consent(partner_id=partner_id, by=by, purpose=purpose)
    return conversation


@transaction.atomic
def confirm_conversation(*, conversation: Conversation, by: User, now: datetime) -> None:
    """The partner says that the record is right; its consents are the partner's own from now.

    Again is no error.
    """
    lock_partner(conversation.partner_id)
    confirmed = Conversation.objects.filter(pk=conversation.pk, confirmed_at__isnull=True)
    if not confirmed.update(confirmed_at=now, confirmed_by=by):
        return
    recorded = PartnerConsent.objects.open().filter(conversation=conversation)
    for purpose in list(recorded.order_by("pk").values_list("purpose", flat=True)):
        give_consent(partner_id=conversation.partner_id, by=by, purpose=SharePurpose(purpose))
