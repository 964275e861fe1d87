"""The partner itself: recording it, its description, its contacts."""

from __future__ import annotations

from django.db import transaction

from companies.partners.models import Partner, PartnerContact
from companies.partners.services.locks import lock_partner
from companies.register.models import Establishment
from companies.register.services import remember_number
from portal.accounts.models import User


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
def describe_partner(*, partner_id: int, description: str) -> None:
    """What the organisation does and seeks, in its own words."""
    partner = lock_partner(partner_id)
    partner.description = description
    partner.save(update_fields=["description"])


@transaction.atomic
def add_contact(*, partner_id: int, user: User) -> PartnerContact:
    """Somebody acts for the partner; again is no error."""
    contact, _ = PartnerContact.objects.get_or_create(partner_id=partner_id, user=user)
    return contact


@transaction.atomic
def remove_contact(*, contact: PartnerContact) -> None:
    """Somebody no longer acts for the partner."""
    contact.delete()
