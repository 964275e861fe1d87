"""A partner says what it seeks; companies look at it when the partner agreed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from companies.partners import services
from companies.partners.models import Partner
from companies.partners.services import NeedInput
from portal.common.vocabulary import Opportunity
from tests.access import rows
from tests.access.world import World
from tests.factories import (
    EstablishmentActivityFactory,
    EstablishmentFactory,
    PartnerContactFactory,
    PartnerFactory,
    PartnerNeedFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def url(name: str, partner: Partner) -> str:
    """A page of a partner."""
    return reverse(f"partners:{name}", args=[partner.pk])


@pytest.fixture
def contact(world: World, client: Client) -> Client:
    """The contact of this partner, logged in and reading English."""
    return log_in(world, client, rows.PARTNER_CONTACT)


def log_in(world: World, client: Client, persona: str) -> Client:
    """One persona, reading English."""
    person = world.people[persona]
    person.language = "en"
    person.save()
    client.force_login(person)
    return client


def test_say_what_is_sought_and_agree(world: World, contact: Client) -> None:
    data = {
        "description": "Wij pakken pralines in.",
        "visibility": "shown",
        "amount_enclave": "8",
        "radius_enclave": "20",
        "competences_enclave": ["haccp", "fijne-handenarbeid"],
    }
    page = contact.post(url("partner_edit", world.partner), data, follow=True).content.decode()
    for shown in ("Wij pakken pralines in.", "8 places", "within 20 km", "HACCP", "required"):
        assert shown in page
    world.partner.refresh_from_db()
    assert world.partner.consented_by == world.people[rows.PARTNER_CONTACT]

    member = log_in(world, Client(), rows.READER)
    shown_to_member = member.get(url("partner", world.partner)).content.decode()
    assert "Wij pakken pralines in." in shown_to_member
    assert world.people[rows.PARTNER_CONTACT].email not in shown_to_member
    assert member.get(url("partner_edit", world.partner)).status_code == 403

    number = world.partner.establishment_id
    contact.post(reverse("partners:opt_out_manage", args=[number]), {"scope": number})
    assert member.get(url("partner", world.partner)).status_code == 404


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"visibility": ""}, "visibility"),
        ({"visibility": "iedereen"}, "visibility"),
        ({"amount_enclave": "-8"}, "amount_enclave"),
        ({"radius_enclave": "501"}, "radius_enclave"),
        ({"competences_enclave": ["toveren"]}, "competences_enclave"),
        ({"description": "x" * 4001}, "description"),
        ({"description": "\x00"}, "description"),
    ],
)
def test_bad_input_stays_at_its_field(
    world: World, contact: Client, bad: dict[str, Any], field: str
) -> None:
    data = {"description": "Nieuw", "visibility": "hidden", "amount_fvdt": "12"} | bad
    answer = contact.post(url("partner_edit", world.partner), data)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert set(form.errors) == {field}
    assert form["amount_fvdt"].value() == "12"
    world.partner.refresh_from_db()
    assert world.partner.description == ""


def test_contacts_come_and_go(world: World, contact: Client) -> None:
    colleague = UserFactory()
    address = url("contacts", world.partner)
    contact.post(address, {"email": colleague.email.upper()})
    assert world.partner.contacts.filter(user=colleague).exists()
    for email, message in (
        (colleague.email, "already a contact"),
        ("niemand@voorbeeld.test", "no account with this verified address"),
        (world.people[rows.ADVISER].email, "Government staff"),
    ):
        answer = contact.post(address, {"email": email})
        assert message in str(answer.context["form"].errors)

    mine = world.partner.contacts.get(user=world.people[rows.PARTNER_CONTACT])
    other = world.other_partner.contacts.get()
    remove = reverse("partners:contact_remove", args=[world.partner.pk, other.pk])
    assert contact.post(remove).status_code == 404
    remove = reverse("partners:contact_remove", args=[world.partner.pk, mine.pk])
    assert contact.post(remove)["Location"] == reverse("dashboards:home")


def test_staff_record_a_partner_from_the_register(world: World, client: Client) -> None:
    adviser = log_in(world, client, rows.ADVISER)
    place, gone = EstablishmentFactory(), EstablishmentFactory(is_active=False)
    listing = reverse("partners:partner_list")
    for number, message in (
        ("x", "not the number of an establishment"),
        (place.enterprise_id, "not the number of an establishment"),
        (gone.number, "no longer active"),
        ("2000000339", "not in our copy"),
    ):
        answer = adviser.post(listing, {"number": number})
        assert message in str(answer.context["form"].errors)
        assert answer.context["form"]["number"].value() == number
    answer = adviser.post(listing, {"number": place.number})
    partner = Partner.objects.get(establishment=place)
    assert answer["Location"] == url("partner_edit", partner)


def test_staff_search_partners(world: World, client: Client) -> None:
    adviser = log_in(world, client, rows.COORDINATOR)
    PartnerFactory(establishment=EstablishmentFactory(name="Crème & Koek nv"))
    listing = reverse("partners:partner_list")
    found = adviser.get(listing, {"q": "creme koek"}).context["page"].object_list
    assert [str(partner) for partner in found] == ["Crème & Koek nv"]
    for nonsense in ({"q": "\x00%_'"}, {"page": "x"}, {"page": "-1"}, {"q": "x" * 500}):
        assert adviser.get(listing, nonsense).status_code == 200
    assert "No partners found" in adviser.get(listing, {"q": "bestaat niet"}).content.decode()


@pytest.mark.parametrize("name", ["partner", "partner_edit", "contacts", "partner_list"])
def test_queries_do_not_grow(world: World, client: Client, name: str) -> None:
    adviser = log_in(world, client, rows.ADVISER)
    address = (
        reverse("partners:partner_list") if name == "partner_list" else url(name, world.partner)
    )
    counts = []
    for number in (1, 8):
        for _ in range(number):
            PartnerNeedFactory(partner=PartnerFactory())
            PartnerContactFactory(partner=world.partner)
            code = str(10_000 + world.partner.establishment.activities.count())
            EstablishmentActivityFactory(establishment=world.partner.establishment, code=code)
        services.set_needs(
            partner_id=world.partner.pk,
            needs=[
                NeedInput(opportunity=opportunity, competences=frozenset({"haccp", "brc"}))
                for opportunity in list(Opportunity)[: number + 1]
            ],
        )
        with CaptureQueriesContext(connection) as captured:
            assert adviser.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1], [query["sql"] for query in captured]
    assert counts[1] <= 12


@pytest.mark.parametrize("name", ["partner", "partnerneed", "partnercontact"])
def test_admin_lists(world: World, client: Client, name: str) -> None:
    administrator = log_in(world, client, rows.ADMINISTRATOR)
    listing = reverse(f"admin:partners_{name}_changelist")
    assert administrator.get(listing, {"q": "Onderneming"}).status_code == 200


def test_admin_actions(world: World, client: Client) -> None:
    administrator = log_in(world, client, rows.ADMINISTRATOR)
    listing = reverse("admin:partners_partner_changelist")
    for action, expected in (("record_consent", "shown"), ("record_withdrawal", "hidden")):
        administrator.post(listing, {"action": action, "_selected_action": [world.partner.pk]})
        world.partner.refresh_from_db()
        assert services.visibility_of(world.partner).value == expected
