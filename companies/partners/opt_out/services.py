"""Opting out, and withdrawing that: keyword-only and atomic. ``now`` is passed in."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from companies.partners.opt_out import links
from companies.partners.opt_out.models import BY_STAFF, OptOut, Way
from companies.partners.opt_out.selectors import partners_at, standing_of
from companies.partners.services import withdraw_consent
from companies.register.domain.numbers import format_number, parse_number
from portal.accounts.models import User
from portal.accounts.roles import Role, has_role, may_see_companies
from portal.common.mail import tell
from portal.common.refusals import broken_rule

FOLDER = "partners/email"


class ReasonMissingError(Exception):
    """Staff withdraw an opt-out only with a reason."""


def way_of(user: User) -> Way:
    """How a person who is logged in records an opt-out or its withdrawal."""
    if has_role(user, Role.ADMINISTRATOR):
        return Way.ADMINISTRATOR
    return Way.ADVISER if may_see_companies(user) else Way.PARTNER


@transaction.atomic
def opt_out(
    *,
    number: str,
    way: Way,
    now: datetime,
    by: User | None = None,
    reason: str = "",
    origin: str = "",
) -> OptOut:
    """No proposals any more for this establishment, or for all places of this enterprise.

    Holds from the next page on, and for every later import. Consent to be shown ends, and
    contacts of the partner are told (when ``origin`` says where the portal is). Again is
    no error: the one in force stays as it is. Raises a NumberError when ``number`` is none.
    """
    number = parse_number(number)
    try:
        with transaction.atomic():
            row = OptOut.objects.create(
                number=number, opted_out_at=now, opted_out_by=by, way=way, reason=reason.strip()
            )
    except IntegrityError as error:
        if broken_rule(error) != "opt_out_once":
            raise
        return OptOut.objects.in_force().get(number=number)
    for partner_id in partners_at(number).values_list("pk", flat=True):
        withdraw_consent(partner_id=partner_id, by=by)
    _tell_contacts(row, "opted_out", origin)
    return row


@transaction.atomic
def withdraw(
    *,
    number: str,
    way: Way,
    now: datetime,
    by: User | None = None,
    reason: str = "",
    origin: str = "",
) -> bool:
    """The number may be proposed again; False when no opt-out of it was in force.

    What the partner agreed to before does not come back by itself. Raises
    ReasonMissingError when staff give no reason.
    """
    reason = reason.strip()
    if way in BY_STAFF and not reason:
        raise ReasonMissingError
    row = OptOut.objects.select_for_update(of=("self",)).in_force().filter(number=number).first()
    if row is None:
        return False
    row.withdrawn_at, row.withdrawn_by = now, by
    row.withdrawn_way, row.withdrawn_reason = way, reason
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_way", "withdrawn_reason"])
    _tell_contacts(row, "opt_out_undone", origin)
    return True


@transaction.atomic
def carry_along(*, loser: str, survivor: str, now: datetime, by: User) -> OptOut | None:
    """After a merge of two places: what the one wanted holds for the other too.

    Also when the one was covered by its whole enterprise and the other belongs to another.
    None when there is nothing to carry, or it holds already.
    """
    source, target = standing_of(loser), standing_of(survivor)
    if not source.is_opted_out or target.is_opted_out:
        return None
    first = min(source.in_force, key=lambda row: (row.opted_out_at, row.pk))
    return opt_out(
        number=survivor,
        way=Way.MERGE,
        now=now,
        by=by,
        reason=f"{format_number(first.number)}, {first.opted_out_at:%Y-%m-%d}",
    )


def _tell_contacts(row: OptOut, template: str, origin: str) -> None:
    """One mail to each contact of the partners concerned, in the contact's language."""
    if not origin:
        return
    partners = partners_at(row.number).select_related("establishment")
    for partner in partners.prefetch_related("contacts__user"):
        number = partner.establishment_id
        for contact in partner.contacts.all():
            if not contact.user.is_active:
                continue
            tell(
                to=contact.user.email,
                language=contact.user.language,
                template=f"{FOLDER}/{template}",
                context={
                    "person": contact.user,
                    "partner": partner,
                    "is_whole_enterprise": row.is_whole_enterprise,
                    "link": f"{origin}{links.path_for(number)}",
                },
                headers=links.mail_headers(number=number, origin=origin),
            )
