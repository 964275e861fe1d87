"""A partner says what it seeks; advisers record the same; companies look at it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from companies.partners import selectors, services
from companies.partners.enums import SharePurpose
from companies.partners.models import Conversation, Partner, PartnerConsent, PartnerNeed
from companies.partners.services import NeedInput
from companies.profiles.enums import VerificationStatus
from portal.common.vocabulary import Opportunity, Province
from tests.access import rows
from tests.access.world import World
from tests.factories import (
    ContactRequestFactory,
    ConversationFactory,
    EnterpriseFactory,
    EstablishmentActivityFactory,
    EstablishmentFactory,
    PartnerContactFactory,
    PartnerFactory,
    PartnerNeedFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def url(name: str, partner: Partner, *more: Any) -> str:
    """A page of a partner."""
    return reverse(f"partners:{name}", args=[partner.pk, *more])


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


WISH = {
    "description": "Dozen vullen op vrijdag.",
    "amount": "8",
    "radius_km": "20",
    "starts_on": TODAY.isoformat(),
    "ends_on": TOMORROW.isoformat(),
    "competences": ["haccp", "fijne-handenarbeid"],
    "contact_name": "Jo Janssens",
    "contact_function": "Plantmanager",
    "contact_phone": "+32 (0)9 000.00-00",
    "contact_email": "jo@voorbeeld.test",
}


def test_say_what_is_sought_agree_and_take_it_back(world: World, contact: Client) -> None:
    contact.post(url("partner_edit", world.partner), {"description": "Wij maken pralines."})
    add = url("need_add", world.partner, "enclave")
    page = contact.post(add, WISH, follow=True).content.decode()
    for shown in (
        "Wij maken pralines.",
        "Dozen vullen op vrijdag.",
        "8 places",
        "within 20 km",
        "HACCP",
        "required",
        "Jo Janssens",
        "Not shown to companies",
    ):
        assert shown in page, shown
    member = log_in(world, Client(), rows.READER)
    page_url = url("partner", world.partner)
    assert member.get(page_url).status_code == 404

    consents = contact.post(url("consent_give", world.partner, "show"), follow=True)
    assert consents.content.decode().count("Consent given") == 1
    shown_to_member = member.get(page_url).content.decode()
    assert "Dozen vullen op vrijdag." in shown_to_member
    assert "Jo Janssens" not in shown_to_member
    assert world.people[rows.PARTNER_CONTACT].email not in shown_to_member
    listing = member.get(reverse("partners:partner_list"), {"opportunity": "enclave"})
    assert page_url in listing.content.decode()
    assert "Record a partner" not in listing.content.decode()
    assert member.post(reverse("partners:partner_list"), {"number": "1"}).status_code == 403

    contact.post(url("consent_give", world.partner, "contact"))
    assert "Jo Janssens" in member.get(page_url).content.decode()
    contact.post(url("consent_withdraw", world.partner, "contact"))
    assert "Jo Janssens" not in member.get(page_url).content.decode()
    contact.post(url("consent_withdraw", world.partner, "show"))
    assert member.get(page_url).status_code == 404
    history = contact.get(url("consents", world.partner)).content.decode()
    assert history.count("Withdrawn on") == 2

    contact.post(url("consent_give", world.partner, "show"))
    number = world.partner.establishment_id
    contact.post(reverse("partners:opt_out_manage", args=[number]), {"scope": number})
    assert member.get(page_url).status_code == 404


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"amount": "-8"}, "amount"),
        ({"amount": "1000001"}, "amount"),
        ({"radius_km": "501"}, "radius_km"),
        ({"competences": ["toveren"]}, "competences"),
        ({"description": "x" * 1001}, "description"),
        ({"description": "\x00"}, "description"),
        ({"description": "", "amount": ""}, "description"),
        ({"ends_on": YESTERDAY.isoformat(), "starts_on": ""}, "ends_on"),
        ({"ends_on": TODAY.isoformat(), "starts_on": TOMORROW.isoformat()}, "ends_on"),
        ({"starts_on": "morgen"}, "starts_on"),
        ({"starts_on": "1999-01-01"}, "starts_on"),
        ({"contact_phone": "bel me"}, "contact_phone"),
        ({"contact_email": "jo"}, "contact_email"),
        ({"contact_name": ""}, "contact_name"),
    ],
)
def test_bad_input_stays_at_its_field(
    world: World, contact: Client, bad: dict[str, Any], field: str
) -> None:
    answer = contact.post(url("need_add", world.partner, "enclave"), WISH | bad)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert set(form.errors) == {field}
    assert form["contact_function"].value() == "Plantmanager"
    assert not world.partner.needs.exists()


def test_a_need_is_changed_closed_and_opened_again(world: World, contact: Client) -> None:
    need = PartnerNeedFactory(partner=world.partner)
    change = url("need_change", world.partner, need.pk)
    assert contact.get(change).context["form"]["amount"].value() == 8
    contact.post(change, {"amount": "5"})
    need.refresh_from_db()
    assert need.amount == 5
    second = contact.post(url("need_add", world.partner, "enclave"), {"amount": "2"})
    assert "open need for this already" in second.content.decode()
    assert second.context["form"]["amount"].value() == "2"

    contact.post(url("need_close", world.partner, need.pk))
    page = contact.get(url("partner", world.partner)).content.decode()
    assert "Closed needs" in page
    assert contact.get(change)["Location"] == url("partner", world.partner)
    assert "closed in the meantime" in contact.post(change, {"amount": "6"}).content.decode()
    other = PartnerNeedFactory(partner=world.partner)
    answer = contact.post(url("need_reopen", world.partner, need.pk), follow=True)
    assert "open need for this already" in answer.content.decode()
    other.delete()
    contact.post(url("need_reopen", world.partner, need.pk))
    need.refresh_from_db()
    assert need.is_open


def test_an_expired_need_is_seen_by_its_partner_only(world: World, contact: Client) -> None:
    PartnerNeedFactory(partner=world.partner, description="Voorbij", ends_on=YESTERDAY)
    services.give_consent(partner_id=world.partner.pk, by=world.people[rows.PARTNER_CONTACT])
    page = contact.get(url("partner", world.partner)).content.decode()
    assert "Expired" in page
    assert "Voorbij" in page
    assert "Voorbij" not in contact.get(url("as_company", world.partner)).content.decode()
    member = log_in(world, Client(), rows.OWNER)
    assert "Voorbij" not in member.get(url("partner", world.partner)).content.decode()


def test_only_work_has_a_kind(world: World, contact: Client) -> None:
    add = url("need_add", world.partner, "reshoring")
    contact.post(add, {"description": "Ontbramen", "sourcing": "bring_back"})
    assert world.partner.needs.get().sourcing == "bring_back"
    enclave = contact.get(url("need_add", world.partner, "enclave"))
    assert "sourcing" not in enclave.context["form"].fields
    for unknown in (
        url("need_add", world.partner, "goud"),
        url("need_change", world.partner, PartnerNeedFactory().pk),
        url("consent_give", world.partner, "verkopen"),
    ):
        assert contact.post(unknown, {"amount": "1"}).status_code == 404


def test_an_adviser_records_a_conversation(world: World, client: Client) -> None:
    adviser = log_in(world, client, rows.ADVISER)
    place = EstablishmentFactory()
    answer = adviser.post(reverse("partners:partner_list"), {"number": place.number})
    partner = Partner.objects.get(establishment=place)
    assert answer["Location"] == url("conversations", partner)
    told = {
        "held_on": YESTERDAY.isoformat(),
        "with_whom": "Jo Janssens, zaakvoerder",
        "agreed": "Wil met naam gevonden worden.",
        "agreed_to": ["show"],
    }
    for bad, field in (
        ({"held_on": TOMORROW.isoformat()}, "held_on"),
        ({"held_on": ""}, "held_on"),
        ({"with_whom": ""}, "with_whom"),
        ({"agreed": ""}, "agreed"),
        ({"agreed_to": ["contact"]}, "agreed_to"),
        ({"agreed_to": ["alles"]}, "agreed_to"),
    ):
        wrong = adviser.post(url("conversations", partner), told | bad)
        assert set(wrong.context["form"].errors) == {field}
    assert not Conversation.objects.exists()
    page = adviser.post(url("conversations", partner), told, follow=True).content.decode()
    assert "Wil met naam gevonden worden." in page
    assert "Not confirmed by the partner yet" in page
    adviser.post(url("need_add", partner, "enclave"), {"amount": "4"})
    assert "Recorded by an adviser" in adviser.get(url("partner", partner)).content.decode()
    assert partner.needs.get().is_from_adviser
    shown = adviser.get(url("consents", partner)).content.decode()
    assert "in the conversation of" in shown
    assert "Give consent" not in shown
    adviser.post(url("consent_withdraw", partner, "show"))
    assert not PartnerConsent.objects.open().exists()
    # A later conversation starts from what is agreed now.
    assert adviser.get(url("conversations", partner)).context["form"].initial["agreed_to"] == []


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
    assert contact.post(url("contact_remove", world.partner, other.pk)).status_code == 404
    removed = contact.post(url("contact_remove", world.partner, mine.pk))
    assert removed["Location"] == reverse("dashboards:home")


def test_staff_record_only_what_the_register_has(world: World, client: Client) -> None:
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


def test_staff_filter_partners(world: World, client: Client) -> None:
    adviser = log_in(world, client, rows.COORDINATOR)
    cakes = PartnerFactory(
        establishment=EstablishmentFactory(name="Crème & Koek nv", province=Province.LIMBURG.value)
    )
    PartnerNeedFactory(partner=cakes)
    PartnerNeedFactory(partner=world.other_partner, ends_on=YESTERDAY)
    waiting = PartnerFactory(
        status=VerificationStatus.PENDING, signed_up_at=timezone.now(), signed_up_by=UserFactory()
    )
    for asked, expected in (
        ({"q": "creme koek"}, {cakes}),
        ({"opportunity": "enclave"}, {cakes}),
        ({"province": "limburg"}, {cakes}),
        ({"needs": "without"}, {world.partner, world.other_partner, waiting}),
        ({"needs": "with"}, {cakes}),
        ({"status": "pending"}, {waiting}),
        ({}, {cakes, world.partner, world.other_partner, waiting}),
    ):
        found = adviser.get(reverse("partners:partner_list"), asked).context["page"].object_list
        assert set(found) == expected, asked
    for nonsense in (
        {"q": "\x00%_'"},
        {"page": "x"},
        {"page": "-1"},
        {"q": "x" * 500},
        {"opportunity": "goud"},
        {"needs": "veel"},
    ):
        assert adviser.get(reverse("partners:partner_list"), nonsense).status_code == 200
    nobody = adviser.get(reverse("partners:partner_list"), {"q": "bestaat niet"})
    assert "No partners found" in nobody.content.decode()


def test_companies_filter_on_what_they_see_only(world: World, client: Client) -> None:
    member = log_in(world, client, rows.OWNER)
    shown, hidden = PartnerFactory(), PartnerFactory(consented_at=None, consented_by=None)
    for partner in (shown, hidden):
        PartnerNeedFactory(partner=partner)
    answer = member.get(reverse("partners:partner_list"), {"opportunity": "enclave"})
    assert list(answer.context["page"].object_list) == [shown]
    assert "status" not in answer.context["filter"].form.fields


def test_the_name_of_a_natural_person_is_for_staff(world: World, client: Client) -> None:
    enterprise = EnterpriseFactory(is_natural_person=True, name="Jan Jansen")
    partner = PartnerFactory(establishment=EstablishmentFactory(name="Zoet", enterprise=enterprise))
    assert "Jan Jansen" not in (
        log_in(world, client, rows.OWNER).get(url("partner", partner)).content.decode()
    )
    assert "Jan Jansen" in (
        log_in(world, client, rows.ADVISER).get(url("partner", partner)).content.decode()
    )


def test_the_header_offers_what_one_may_open(world: World) -> None:
    listing, queue = reverse("partners:partner_list"), reverse("partners:queue")
    sign_up, own = reverse("partners:sign_up"), url("partner", world.partner)
    for persona, expected in (
        (rows.NEWCOMER, {sign_up}),
        (rows.OWNER, {listing}),
        (rows.PARTNER_CONTACT, {own}),
        (rows.ADVISER, {listing, queue}),
        (rows.ANALYST, set()),
    ):
        client = log_in(world, Client(), persona)
        page = client.get("/accessibility/").content.decode()
        found = {link for link in (listing, queue, sign_up, own) if f'href="{link}"' in page}
        assert found == expected, persona


@pytest.mark.parametrize(
    "name",
    ["partner", "as_company", "consents", "conversations", "contacts", "partner_list", "queue"],
)
def test_queries_do_not_grow(world: World, client: Client, name: str) -> None:
    adviser = log_in(world, client, rows.ADVISER)
    whole = {"partner_list", "queue"}
    address = reverse(f"partners:{name}") if name in whole else url(name, world.partner)
    counts = []
    for number in (1, 8):
        for _ in range(number):
            _more_of_everything(world)
        with CaptureQueriesContext(connection) as captured:
            assert adviser.get(address).status_code == 200
        counts.append(len(captured))
        PartnerNeed.objects.filter(partner=world.partner).delete()
    assert counts[0] == counts[1], [query["sql"] for query in captured]
    assert counts[1] <= 20


def _more_of_everything(world: World) -> None:
    partner, adviser = world.partner, world.people[rows.ADVISER]
    PartnerNeedFactory(partner=PartnerFactory())
    PartnerContactFactory(partner=partner)
    ContactRequestFactory(partner=partner)
    ContactRequestFactory(is_sign_up=True)
    conversation = ConversationFactory(partner=partner, recorded_by=adviser)
    services.give_consent(partner_id=partner.pk, by=adviser, conversation=conversation)
    services.withdraw_consent(partner_id=partner.pk, by=adviser)
    services.give_consent(partner_id=partner.pk, by=adviser, conversation=conversation)
    code = str(10_000 + partner.establishment.activities.count())
    EstablishmentActivityFactory(establishment=partner.establishment, code=code)
    taken = set(partner.needs.values_list("opportunity", flat=True))
    for opportunity in Opportunity:
        if opportunity.value not in taken:
            need = NeedInput(
                opportunity=opportunity, amount=1, competences=frozenset({"haccp", "brc"})
            )
            services.state_need(partner_id=partner.pk, need=need, by=adviser, now=timezone.now())
            return


@pytest.mark.parametrize(
    "name",
    [
        "partner",
        "partnerneed",
        "partnercontact",
        "contactrequest",
        "conversation",
        "partnerconsent",
    ],
)
def test_admin_lists(world: World, client: Client, name: str) -> None:
    administrator = log_in(world, client, rows.ADMINISTRATOR)
    _more_of_everything(world)
    listing = reverse(f"admin:partners_{name}_changelist")
    assert administrator.get(listing, {"q": "Onderneming"}).status_code == 200


def test_admin_actions(world: World, client: Client) -> None:
    administrator = log_in(world, client, rows.ADMINISTRATOR)
    contact = world.people[rows.PARTNER_CONTACT]
    listing = reverse("admin:partners_partner_changelist")
    for action in ("record_withdrawal", "record_opt_out"):
        services.give_consent(partner_id=world.partner.pk, by=contact)
        administrator.post(listing, {"action": action, "_selected_action": [world.partner.pk]})
        world.partner.refresh_from_db()
        assert not selectors.has_consent(world.partner, SharePurpose.SHOW)
    assert PartnerConsent.objects.filter(purpose=SharePurpose.SHOW).count() == 2
