"""Giving and withdrawing consent to be shown: at once, with nothing rewritten.

Nothing is computed from a consent and stored: each page asks whether it is in force, so
a withdrawal holds from the next page on.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from companies.partners.content.consents import current_text
from companies.partners.enums import SharePurpose
from companies.partners.models import Conversation, Partner, PartnerConsent
from companies.partners.services.locks import lock_partner
from portal.accounts.models import User


@transaction.atomic
def give_consent(
    *,
    partner_id: int,
    by: User,
    purpose: SharePurpose = SharePurpose.SHOW,
    conversation: Conversation | None = None,
) -> PartnerConsent:
    """Agree to the newest text; again is no error, and an older consent makes way.

    ``conversation`` when an adviser records what the partner agreed to. The partner's own
    consent takes the place of one that an adviser recorded. An opt-out stays in force.
    """
    partner = lock_partner(partner_id)
    version = current_text(purpose).version
    given = PartnerConsent.objects.open().filter(partner=partner, purpose=purpose).first()
    is_own = conversation is None
    if (
        given is not None
        and given.version == version
        and (given.conversation is None or not is_own)
    ):
        repeat_consent(partner)
        return given
    if given is not None:
        _end(given, by)
    row = PartnerConsent.objects.create(
        partner=partner, purpose=purpose, version=version, given_by=by, conversation=conversation
    )
    repeat_consent(partner)
    return row


@transaction.atomic
def withdraw_consent(
    *, partner_id: int, by: User | None = None, purpose: SharePurpose | None = None
) -> None:
    """Take a consent back, or every one; without one nothing happens.

    Nobody is named (``by``) when the organisation opts out without log-in. Contact persons
    are shown on the page only, so without that page nothing is shown.
    """
    partner = lock_partner(partner_id)
    given = PartnerConsent.objects.open().filter(partner=partner)
    if purpose is not None:
        given = given.filter(purpose=purpose)
    for consent in given.order_by("pk"):
        _end(consent, by)
    repeat_consent(partner)


def _end(consent: PartnerConsent, by: User | None) -> None:
    consent.withdrawn_at, consent.withdrawn_by = timezone.now(), by
    consent.save(update_fields=["withdrawn_at", "withdrawn_by"])


def repeat_consent(partner: Partner) -> None:
    """The columns of the partner say what the open consent to be shown says."""
    given = PartnerConsent.objects.open().filter(partner=partner, purpose=SharePurpose.SHOW).first()
    partner.consented_at = given.given_at if given else None
    partner.consented_by = given.given_by if given else None
    partner.save(update_fields=["consented_at", "consented_by"])
