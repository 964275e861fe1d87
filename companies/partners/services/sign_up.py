"""Sign-up of an organisation on its register entry, by somebody who acts for it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from companies.partners.content.terms import PARTNER_TERMS_VERSION
from companies.partners.enums import Capacity
from companies.partners.models import ContactRequest, Partner, PartnerContact
from companies.partners.opt_out.selectors import opted_out_among
from companies.partners.services.consents import withdraw_consent
from companies.partners.services.locks import lock_partner
from companies.partners.services.partner import record_partner
from companies.profiles.enums import VerificationStatus
from companies.profiles.models import Company
from companies.profiles.services import accept_privacy
from companies.register.models import Establishment
from portal.accounts.models import User
from portal.accounts.roles import is_government


class SignUpError(Exception):
    """An establishment cannot be signed up; ``code`` says why, for the message.

    ``unknown``, ``struck_off``, ``no_address`` (a natural person without one), ``maatwerk``
    (a maatwerk company), ``opted_out``, ``government``, ``already_contact``,
    ``already_asked``, or ``taken``: somebody else acts for it, so one asks to join.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_sign_up(*, number: str, user: User) -> Establishment:
    """The establishment with this ten-digit number when ``user`` may sign it up.

    Raises SignUpError.
    """
    place = Establishment.objects.select_related("enterprise").filter(pk=number).first()
    if place is None:
        raise SignUpError("unknown")
    if is_government(user):
        raise SignUpError("government")
    if not place.is_active or not place.enterprise.is_active:
        raise SignUpError("struck_off")
    if place.enterprise.is_natural_person and not (place.street and place.postcode):
        raise SignUpError("no_address")
    if opted_out_among([place]):
        raise SignUpError("opted_out")
    companies = Company.objects.exclude(status=VerificationStatus.DECLINED)
    if companies.filter(enterprise_number=place.enterprise_id).exists():
        raise SignUpError("maatwerk")
    partner = Partner.objects.filter(establishment=place).first()
    if partner is not None:
        _check_partner(partner, user)
    return place


def _check_partner(partner: Partner, user: User) -> None:
    if PartnerContact.objects.filter(partner=partner, user=user).exists():
        raise SignUpError("already_contact")
    asked = ContactRequest.objects.open().filter(partner=partner)
    if asked.filter(user=user).exists():
        raise SignUpError("already_asked")
    runs = PartnerContact.objects.filter(partner=partner, user__is_active=True)
    if runs.exists() or asked.sign_ups().exists():
        raise SignUpError("taken")


@transaction.atomic
def sign_up_partner(
    *,
    establishment_number: str,
    user: User,
    capacity: Capacity,
    now: datetime,
    message: str = "",
    is_demo: bool = False,
) -> ContactRequest:
    """Ask to act for an organisation; staff answer, and nothing is shown before that.

    A new one waits for verification, and ``user`` may state its needs meanwhile. What an
    adviser recorded of it earlier stays, and is seen once the request is accepted.
    Accepts the newest terms and privacy statement. Raises SignUpError.
    """
    place = check_sign_up(number=establishment_number, user=user)
    is_new = not Partner.objects.filter(establishment=place).exists()
    partner = lock_partner(record_partner(establishment_number=place.number, is_demo=is_demo).pk)
    _check_partner(partner, user)
    if is_new or not partner.is_verified:
        _wait(partner, user, now)
    accept_privacy(user=user)
    try:
        with transaction.atomic():
            return ContactRequest.objects.create(
                partner=partner,
                user=user,
                is_sign_up=True,
                capacity=capacity,
                message=message,
                terms_version=PARTNER_TERMS_VERSION,
                requested_at=now,
            )
    except IntegrityError:
        # Somebody else signed the same one up in between.
        raise SignUpError("taken") from None


def _wait(partner: Partner, user: User, now: datetime) -> None:
    """A new or once declined partner waits; nobody inherits what a stranger typed."""
    if partner.signed_up_by_id not in (None, user.pk):
        partner.needs.all().delete()
        partner.description = ""
        withdraw_consent(partner_id=partner.pk, by=user)
    partner.status = VerificationStatus.PENDING
    partner.signed_up_at, partner.signed_up_by = now, user
    partner.save(update_fields=["status", "description", "signed_up_at", "signed_up_by"])
