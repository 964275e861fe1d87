"""Writes of this room: keyword-only and atomic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from companies.partners.models import Partner, PartnerContact, PartnerNeed
from companies.profiles.enums import UNIT_OF
from companies.profiles.models import Competence
from companies.register.models import Establishment
from companies.register.services import remember_number
from portal.accounts.models import User
from portal.common.vocabulary import Opportunity


class Visibility(StrEnum):
    """Whether companies may see the partner; an opt-out (``opt_out``) hides it in any case."""

    SHOWN = "shown"
    HIDDEN = "hidden"


@dataclass(frozen=True, kw_only=True)
class NeedInput:
    """What a partner seeks for an opportunity; the unit follows from it.

    ``competences`` are codes from the list: certificates are required, the others wished.
    """

    opportunity: Opportunity
    amount: int | None = None
    radius_km: int | None = None
    competences: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Nothing is asked."""
        return self.amount is None and self.radius_km is None and not self.competences


def visibility_of(partner: Partner) -> Visibility:
    """What the partner agreed to."""
    return Visibility.HIDDEN if partner.consented_at is None else Visibility.SHOWN


def _lock(partner_id: int) -> Partner:
    return Partner.objects.select_for_update(of=("self",), no_key=True).get(pk=partner_id)


@transaction.atomic
def record_partner(
    *, establishment_number: str, description: str = "", is_demo: bool = False
) -> Partner:
    """Keep an establishment of the register as a partner; one that is kept stays as it is.

    Every later import keeps its enterprise. Raises Establishment.DoesNotExist when the
    register has no such establishment.
    """
    establishment = Establishment.objects.get(pk=establishment_number)
    partner, _ = Partner.objects.get_or_create(
        establishment=establishment,
        defaults={"description": description, "is_demo": is_demo},
    )
    remember_number(number=establishment.enterprise_id)
    return partner


@transaction.atomic
def set_needs(*, partner_id: int, needs: Sequence[NeedInput]) -> None:
    """Replace what the partner seeks; Competence.DoesNotExist on an unknown code."""
    _lock(partner_id)
    wanted = {need.opportunity.value: need for need in needs if not need.is_empty}
    asked = set().union(*(need.competences for need in wanted.values()))
    known = {row.slug: row for row in Competence.objects.filter(slug__in=asked)}
    if asked - known.keys():
        raise Competence.DoesNotExist(", ".join(sorted(asked - known.keys())))
    PartnerNeed.objects.filter(partner_id=partner_id).exclude(opportunity__in=wanted).delete()
    for slug, need in wanted.items():
        row, _ = PartnerNeed.objects.update_or_create(
            partner_id=partner_id,
            opportunity=slug,
            defaults={
                "amount": need.amount,
                "unit": "" if need.amount is None else UNIT_OF[need.opportunity].value,
                "radius_km": need.radius_km,
            },
        )
        row.competences.set([known[code] for code in need.competences])


@transaction.atomic
def give_consent(*, partner_id: int, by: User) -> None:
    """The partner agrees to be shown to verified companies; an opt-out stays in force."""
    partner = _lock(partner_id)
    if partner.consented_at is None:
        partner.consented_at = timezone.now()
        partner.consented_by = by
    partner.save(update_fields=["consented_at", "consented_by"])


@transaction.atomic
def withdraw_consent(*, partner_id: int) -> None:
    """Companies no longer see what the partner told; the register entry stays public."""
    partner = _lock(partner_id)
    partner.consented_at = None
    partner.consented_by = None
    partner.save(update_fields=["consented_at", "consented_by"])


@transaction.atomic
def update_partner(
    *,
    partner_id: int,
    by: User,
    description: str,
    needs: Sequence[NeedInput],
    visibility: Visibility,
) -> None:
    """Everything that the edit page holds, in one transaction."""
    Partner.objects.filter(pk=partner_id).update(description=description)
    set_needs(partner_id=partner_id, needs=needs)
    if visibility is Visibility.SHOWN:
        give_consent(partner_id=partner_id, by=by)
    else:
        withdraw_consent(partner_id=partner_id)


@transaction.atomic
def add_contact(*, partner_id: int, user: User) -> PartnerContact:
    """Somebody acts for the partner; again is no error."""
    contact, _ = PartnerContact.objects.get_or_create(partner_id=partner_id, user=user)
    return contact


@transaction.atomic
def remove_contact(*, contact: PartnerContact) -> None:
    """Somebody no longer acts for the partner."""
    contact.delete()
