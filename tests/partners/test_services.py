"""What partners tell, and the rules of their tables."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from companies.partners import services
from companies.partners.models import Partner, PartnerContact, PartnerNeed
from companies.partners.services import NeedInput, Visibility
from companies.profiles.models import Competence
from companies.register.models import Establishment, KnownNumber
from portal.common.vocabulary import Opportunity
from tests.factories import (
    EstablishmentFactory,
    PartnerContactFactory,
    PartnerFactory,
    PartnerNeedFactory,
    UserFactory,
)
from tests.profiles.rules import breaks

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner() -> Partner:
    """A partner that did not agree to be shown yet."""
    partner: Partner = PartnerFactory(consented_at=None, consented_by=None)
    return partner


def visibility(partner: Partner) -> Visibility:
    """As it stands in the database."""
    partner.refresh_from_db()
    return services.visibility_of(partner)


def test_recording_twice_keeps_the_first() -> None:
    number = EstablishmentFactory().number
    first = services.record_partner(establishment_number=number, description="Eerst")
    again = services.record_partner(establishment_number=number, description="Later")
    assert first == again
    assert again.description == "Eerst"


def test_an_unknown_establishment_is_no_partner() -> None:
    with pytest.raises(Establishment.DoesNotExist):
        services.record_partner(establishment_number="2000000339")


def test_the_register_keeps_the_number_of_a_partner() -> None:
    establishment = EstablishmentFactory()
    services.record_partner(establishment_number=establishment.number)
    assert KnownNumber.objects.filter(number=establishment.enterprise_id).exists()


def test_needs_are_replaced_with_their_units(partner: Partner) -> None:
    services.set_needs(
        partner_id=partner.pk,
        needs=[
            NeedInput(
                opportunity=Opportunity.ENCLAVE,
                amount=8,
                radius_km=20,
                competences=frozenset({"haccp", "lassen"}),
            ),
            NeedInput(opportunity=Opportunity.RESHORING, amount=500),
            NeedInput(opportunity=Opportunity.FVDT),
        ],
    )
    enclave = PartnerNeed.objects.get(partner=partner, opportunity="enclave")
    services.set_needs(
        partner_id=partner.pk,
        needs=[NeedInput(opportunity=Opportunity.ENCLAVE, competences=frozenset({"haccp"}))],
    )
    kept = PartnerNeed.objects.get(partner=partner)
    assert kept.pk == enclave.pk
    assert (kept.amount, kept.unit, kept.radius_km) == (None, "", None)
    assert [row.slug for row in kept.competences.all()] == ["haccp"]


def test_unknown_competences_are_refused(partner: Partner) -> None:
    wish = NeedInput(opportunity=Opportunity.ENCLAVE, competences=frozenset({"toveren"}))
    with pytest.raises(Competence.DoesNotExist):
        services.set_needs(partner_id=partner.pk, needs=[wish])
    assert not partner.needs.exists()


def test_consent_and_back(partner: Partner) -> None:
    contact, adviser = UserFactory(), UserFactory()
    services.give_consent(partner_id=partner.pk, by=contact)
    assert visibility(partner) is Visibility.SHOWN
    since = partner.consented_at
    services.give_consent(partner_id=partner.pk, by=adviser)
    partner.refresh_from_db()
    assert (partner.consented_at, partner.consented_by) == (since, contact)

    services.withdraw_consent(partner_id=partner.pk)
    assert visibility(partner) is Visibility.HIDDEN


def test_a_contact_is_added_once(partner: Partner) -> None:
    user = UserFactory()
    assert services.add_contact(partner_id=partner.pk, user=user) == services.add_contact(
        partner_id=partner.pk, user=user
    )
    services.remove_contact(contact=PartnerContact.objects.get())
    assert not partner.contacts.exists()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("need_opportunity_known", {"opportunity": "goud"}),
        ("need_radius_range", {"radius_km": 0}),
        ("need_radius_range", {"radius_km": 501}),
        ("need_amount_has_unit", {"amount": 3, "unit": ""}),
    ],
)
def test_broken_needs(partner: Partner, name: str, fields: dict[str, Any]) -> None:
    with breaks(name):
        PartnerNeedFactory(partner=partner, **fields)


def test_one_need_per_opportunity(partner: Partner) -> None:
    PartnerNeedFactory(partner=partner)
    with breaks("need_once"):
        PartnerNeedFactory(partner=partner)


def test_consent_has_a_person_and_a_moment(partner: Partner) -> None:
    with breaks("partner_consent_whole"):
        Partner.objects.filter(pk=partner.pk).update(consented_at=timezone.now())


def test_a_person_is_a_contact_once(partner: Partner) -> None:
    contact = PartnerContactFactory(partner=partner)
    with breaks("partner_contact_once"):
        PartnerContactFactory(partner=partner, user=contact.user)
