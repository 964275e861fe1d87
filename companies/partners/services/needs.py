"""Stating, closing and reopening what a partner seeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from companies.partners.enums import Sourcing
from companies.partners.models import PartnerNeed
from companies.partners.services.locks import lock_partner
from companies.profiles.enums import UNIT_OF
from companies.profiles.models import Competence
from portal.accounts.models import User
from portal.accounts.roles import is_government
from portal.common.refusals import broken_rule
from portal.common.vocabulary import Opportunity


class NeedExistsError(Exception):
    """There is an open need for this opportunity already."""


class NeedClosedError(Exception):
    """A closed need is reopened before it is changed."""


@dataclass(frozen=True, kw_only=True)
class NeedInput:
    """What a partner seeks for an opportunity; the unit follows from it.

    ``competences`` are codes from the list: certificates are required, the others wished.
    Dates are whole days, both included. The contact person is personal data.
    """

    opportunity: Opportunity
    sourcing: Sourcing | None = None
    amount: int | None = None
    radius_km: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    description: str = ""
    competences: frozenset[str] = frozenset()
    contact_name: str = ""
    contact_function: str = ""
    contact_phone: str = ""
    contact_email: str = ""


@transaction.atomic
def state_need(
    *,
    partner_id: int,
    need: NeedInput,
    by: User,
    now: datetime,
    need_id: int | None = None,
) -> PartnerNeed:
    """Keep a new need, or change the open one with ``need_id``, in the name of ``by``.

    Raises Competence.DoesNotExist on an unknown code, NeedExistsError when a new one is the
    second for its opportunity, NeedClosedError for a closed one and PartnerNeed.DoesNotExist
    for one that is not this partner's.
    """
    lock_partner(partner_id)
    competences = list(Competence.objects.filter(slug__in=need.competences))
    unknown = need.competences - {row.slug for row in competences}
    if unknown:
        raise Competence.DoesNotExist(", ".join(sorted(unknown)))
    if need_id is None:
        row = PartnerNeed(partner_id=partner_id, opportunity=need.opportunity.value)
    else:
        row = PartnerNeed.objects.get(pk=need_id, partner_id=partner_id)
        if not row.is_open:
            raise NeedClosedError
    _fill(row, need)
    row.stated_at, row.stated_by, row.is_from_adviser = now, by, is_government(by)
    _save(row)
    row.competences.set(competences)
    return row


def _fill(row: PartnerNeed, need: NeedInput) -> None:
    opportunity = Opportunity(row.opportunity)
    row.sourcing = need.sourcing.value if need.sourcing else ""
    row.amount = need.amount
    row.unit = "" if need.amount is None else UNIT_OF[opportunity].value
    row.radius_km = need.radius_km
    row.starts_on, row.ends_on = need.starts_on, need.ends_on
    row.description = need.description
    row.contact_name = need.contact_name
    row.contact_function = need.contact_function
    row.contact_phone = need.contact_phone
    row.contact_email = need.contact_email


def _save(row: PartnerNeed) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if broken_rule(error) != "need_once":
            raise
        raise NeedExistsError from None


@transaction.atomic
def close_need(*, need: PartnerNeed, by: User, now: datetime) -> None:
    """It is not sought any more; again is no error."""
    lock_partner(need.partner_id)
    PartnerNeed.objects.open().filter(pk=need.pk).update(closed_at=now, closed_by=by)


@transaction.atomic
def reopen_need(*, need: PartnerNeed) -> None:
    """It is sought again. Raises NeedExistsError when another one took its place."""
    lock_partner(need.partner_id)
    # What the caller read may have been reopened and changed meanwhile.
    row = PartnerNeed.objects.get(pk=need.pk)
    row.closed_at, row.closed_by = None, None
    _save(row)
