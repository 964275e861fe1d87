"""An organisation signs up on its register entry, and staff or contacts answer."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from companies.partners import selectors, services
from companies.partners.content import consents, terms
from companies.partners.enums import Capacity, RefusalReason, SharePurpose
from companies.partners.models import ContactRequest, Partner, PartnerContact
from companies.partners.services import NeedInput, RequestError, SignUpError
from companies.profiles.enums import JoinStatus, VerificationStatus
from companies.profiles.models import Acceptance
from companies.register.domain.numbers import format_number
from companies.register.models import Establishment
from companies.register.services import refresh_search
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.common.vocabulary import Opportunity
from tests.factories import (
    CompanyFactory,
    EnterpriseFactory,
    EstablishmentFactory,
    OptOutFactory,
    PartnerContactFactory,
    PartnerFactory,
    PartnerNeedFactory,
    UserFactory,
    staff,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
# Texts that somebody accepted never change: add a version instead.
TERMS_PRINTS = {"2026-11": "f3695331dbf0f3bb"}
CONSENT_PRINTS = {
    ("show", "2026-11"): "b549e0f6a1baccbc",
    ("show", "2026-01"): "bfeda821bcf3b7ab",
    ("contact", "2026-11"): "0e4e09bddf60e121",
}
YES = {"capacity": "operations", "message": "Bel het algemene nummer.", "terms": "on"}


def test_texts_stay_as_they_were_accepted() -> None:
    folder = Path(__file__).resolve().parents[2] / "templates" / "partners" / "terms"
    found = {
        version: hashlib.sha256((folder / f"{version}.html").read_bytes()).hexdigest()[:16]
        for version in terms.PARTNER_TERMS_VERSIONS
    }
    assert found == TERMS_PRINTS


def test_consents_stay_as_they_were_given() -> None:
    found = {}
    for purpose, texts in consents.TEXTS.items():
        for text in texts:
            words = [value for name, value in vars(text).items() if name != "still_enough"]
            found[purpose.value, text.version] = hashlib.sha256(
                "\n".join(words).encode()
            ).hexdigest()[:16]
    assert found == CONSENT_PRINTS
    assert set(consents.TEXTS) == set(SharePurpose)


@pytest.fixture
def place() -> Establishment:
    """A bakery that nobody signed up."""
    place: Establishment = EstablishmentFactory(name="Bakkerij Zoet nv")
    return place


@pytest.fixture
def person() -> User:
    """Who works there, reading English."""
    person: User = UserFactory(language="en")
    return person


def sign_up(place: Establishment, person: User, **fields: Any) -> ContactRequest:
    """The service with the usual answers."""
    wanted = {"capacity": Capacity.OPERATIONS, "now": NOW} | fields
    return services.sign_up_partner(establishment_number=place.number, user=person, **wanted)


def refused(number: str, person: User) -> str:
    """Why this person cannot sign this number up; empty when it can."""
    try:
        services.check_sign_up(number=number, user=person)
    except SignUpError as error:
        return error.code
    return ""


def test_from_search_to_a_page_that_nobody_else_sees(
    place: Establishment, person: User, client: Client
) -> None:
    refresh_search()
    client.force_login(person)
    search = reverse("partners:sign_up")
    page = client.get(search, {"q": "bakkerij zo", "province": ""}).content.decode()
    confirm = reverse("partners:sign_up_confirm", args=[place.number])
    assert confirm in page
    by_number = client.get(search, {"q": format_number(place.number)})
    assert by_number["Location"] == confirm
    by_enterprise = client.get(search, {"q": format_number(place.enterprise_id)})
    assert confirm in by_enterprise.content.decode()

    assert "Bakkerij Zoet nv" in client.get(confirm).content.decode()
    without_terms = client.post(confirm, YES | {"terms": ""})
    assert set(without_terms.context["form"].errors) == {"terms"}
    assert without_terms.context["form"]["message"].value() == YES["message"]
    answer = client.post(confirm, YES, follow=True)
    partner = Partner.objects.get(establishment=place)
    assert answer.redirect_chain[-1][0] == reverse("partners:partner", args=[partner.pk])
    assert "Waiting for an adviser" in answer.content.decode()
    assert "asks to act for this partner" not in answer.content.decode()
    assert (partner.status, partner.signed_up_by) == (VerificationStatus.PENDING, person)
    asked = ContactRequest.objects.get()
    assert (asked.terms_version, asked.is_sign_up) == (terms.PARTNER_TERMS_VERSION, True)
    assert Acceptance.objects.filter(accepted_by=person, text="privacy").exists()
    assert not partner.contacts.exists()
    # It is not for a newcomer who signs up to bring in colleagues.
    assert client.get(reverse("partners:contacts", args=[partner.pk])).status_code == 403


def test_clear_refusals(place: Establishment, person: User) -> None:
    gone = EstablishmentFactory(is_active=False)
    of_gone = EstablishmentFactory(enterprise=EnterpriseFactory(is_active=False))
    alone = EstablishmentFactory(
        street="", enterprise=EnterpriseFactory(is_natural_person=True, name="Jan Jansen")
    )
    at_home = EstablishmentFactory(
        street="Dorp", enterprise=EnterpriseFactory(is_natural_person=True, name="Jan Jansen")
    )
    own = EstablishmentFactory()
    company = CompanyFactory(enterprise_number=own.enterprise_id)
    left = PartnerFactory()
    OptOutFactory(number=left.establishment_id)
    assert refused("2000000339", person) == "unknown"
    assert refused(gone.number, person) == refused(of_gone.number, person) == "struck_off"
    assert refused(alone.number, person) == "no_address"
    assert refused(at_home.number, person) == ""
    assert refused(own.number, person) == "maatwerk"
    assert refused(left.establishment_id, person) == "opted_out"
    assert refused(place.number, staff(Role.ADVISER)) == "government"
    # No recognised maatwerk company after all: it may be a partner.
    company.status, company.decline_reason = VerificationStatus.DECLINED, "not_recognised"
    company.save()
    assert refused(own.number, person) == ""


def test_refusals_stand_at_the_search(person: User, client: Client) -> None:
    refresh_search()
    client.force_login(person)
    search = reverse("partners:sign_up")
    gone = EstablishmentFactory(is_active=False)
    of_gone = EstablishmentFactory(enterprise=EnterpriseFactory(is_active=False))
    empty = EnterpriseFactory()
    for typed, message in (
        (f"{gone.number[:-1]}{(int(gone.number[-1]) + 1) % 10}", "typing mistake"),
        ("2000000339", "not in our copy"),
        (gone.number, "no longer active"),
        (of_gone.enterprise_id, "no longer active"),
        (empty.number, "no active establishment"),
        ("0200065765", "not in our copy"),
        ("bestaat niet", "Nothing found"),
        ("\x00%_'", ""),
    ):
        answer = client.get(search, {"q": typed, "province": ""}, follow=True)
        assert answer.status_code == 200
        assert message in answer.content.decode(), typed
    assert client.get("/partners/sign-up/123/").status_code == 404
    assert client.get("/partners/join/123/").status_code == 404
    assert client.get("/partners/join/2000000339/").status_code == 404


def test_an_adviser_accepts_and_it_is_shown_as_agreed(
    place: Establishment, person: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    asked = sign_up(place, person)
    services.state_need(
        partner_id=asked.partner_id,
        need=NeedInput(opportunity=Opportunity.ENCLAVE, amount=6),
        by=person,
        now=NOW,
    )
    services.give_consent(partner_id=asked.partner_id, by=person)
    adviser = staff(Role.ADVISER)
    adviser.language = "en"
    adviser.save()
    client.force_login(adviser)
    queue = client.get(reverse("partners:queue")).content.decode()
    assert "Bakkerij Zoet nv" in queue
    assert person.email in queue
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("partners:request_accept", args=[asked.pk]))
    assert "Bakkerij Zoet nv" not in client.get(reverse("partners:queue")).content.decode()
    partner = Partner.objects.get(establishment=place)
    assert partner.is_verified
    assert partner.contacts.get().user == person
    (message,) = mail.outbox
    assert message.to == [person.email]
    assert reverse("partners:partner", args=[partner.pk]) in message.body
    again = client.post(reverse("partners:request_accept", args=[asked.pk]), follow=True)
    assert "answered or withdrawn" in again.content.decode()


def test_a_decline_takes_a_reason_and_asking_again_stays_possible(
    place: Establishment, person: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    asked = sign_up(place, person)
    services.describe_partner(partner_id=asked.partner_id, description="Wij bakken.")
    adviser = staff(Role.COORDINATOR)
    adviser.language = "en"
    adviser.save()
    client.force_login(adviser)
    decline = reverse("partners:request_decline", args=[asked.pk])
    for bad, field in (({}, "reason"), ({"reason": "other"}, "note"), ({"reason": "x"}, "reason")):
        answer = client.post(decline, bad)
        assert answer.status_code == 400
        assert set(answer.context["form"].errors) == {field}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(decline, {"reason": "not_entitled", "note": "Niemand kent u daar."})
    asked.refresh_from_db()
    assert (asked.status, asked.decided_by) == (JoinStatus.REFUSED, adviser)
    assert "Niemand kent u daar." in mail.outbox[0].body

    client.force_login(person)
    page = client.get(reverse("partners:sign_up")).content.decode()
    assert "Niemand kent u daar." in page
    sign_up(place, person, message="Ik ben er plantmanager.")
    partner = Partner.objects.get()
    assert (partner.status, partner.description) == (VerificationStatus.PENDING, "Wij bakken.")


def test_nobody_inherits_what_a_declined_stranger_typed(place: Establishment, person: User) -> None:
    asked = sign_up(place, UserFactory())
    services.describe_partner(partner_id=asked.partner_id, description="Verzonnen.")
    PartnerNeedFactory(partner=asked.partner)
    services.give_consent(partner_id=asked.partner_id, by=asked.user)
    services.decline_request(
        request_id=asked.pk, by=staff(Role.ADVISER), now=NOW, reason=RefusalReason.NOT_ENTITLED
    )
    partner = sign_up(place, person).partner
    assert (partner.description, partner.signed_up_by) == ("", person)
    assert not partner.needs.exists()
    assert not selectors.has_consent(partner, SharePurpose.SHOW)


def test_what_an_adviser_recorded_is_taken_over_and_nothing_is_lost(
    place: Establishment, person: User, client: Client
) -> None:
    adviser = staff(Role.ADVISER)
    partner = services.record_partner(establishment_number=place.number)
    services.record_conversation(
        partner_id=partner.pk,
        held_on=timezone.localdate(),
        with_whom="Jo Janssens, zaakvoerder",
        agreed="Wil gevonden worden.",
        agreed_to=[SharePurpose.SHOW],
        by=adviser,
        now=NOW,
    )
    need = services.state_need(
        partner_id=partner.pk,
        need=NeedInput(opportunity=Opportunity.ENCLAVE, amount=6),
        by=adviser,
        now=NOW,
    )
    client.force_login(person)
    confirm = reverse("partners:sign_up_confirm", args=[place.number])
    assert "already recorded" in client.get(confirm).content.decode()
    client.post(confirm, YES)
    partner.refresh_from_db()
    assert partner.is_verified  # what the adviser recorded keeps counting
    page = reverse("partners:partner", args=[partner.pk])
    assert client.get(page).status_code == 404
    services.accept_request(request_id=ContactRequest.objects.get().pk, by=adviser, now=NOW)
    shown = client.get(page).content.decode()
    assert "An adviser recorded this for you" in shown
    assert "Recorded by an adviser" in shown
    conversation = partner.conversations.get()
    client.post(
        reverse("partners:conversation_confirm", args=[partner.pk, conversation.pk]), follow=True
    )
    partner.refresh_from_db()
    assert (partner.consented_by, partner.signed_up_by) == (person, person)
    assert partner.needs.get() == need
    assert "An adviser recorded this for you" not in client.get(page).content.decode()


def test_somebody_else_asks_to_join_and_a_contact_accepts(
    place: Establishment, person: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    contact = PartnerContactFactory(
        partner=PartnerFactory(establishment=place), user=UserFactory(language="en")
    ).user
    client.force_login(person)
    join = reverse("partners:join", args=[place.number])
    assert client.get(reverse("partners:sign_up_confirm", args=[place.number])).url == join
    assert contact.email not in client.get(join).content.decode()
    assert set(client.post(join, {}).context["form"].errors) == {"capacity", "terms"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(join, YES)
    (message,) = mail.outbox
    assert message.to == [contact.email]
    assert "asked already" in client.get(join, follow=True).content.decode()

    asked = ContactRequest.objects.get()
    client.force_login(contact)
    contacts = reverse("partners:contacts", args=[asked.partner_id])
    assert person.email in client.get(contacts).content.decode()
    client.post(reverse("partners:request_accept", args=[asked.pk]))
    assert PartnerContact.objects.filter(partner=asked.partner, user=person).exists()
    client.force_login(person)
    assert client.get(join).url == reverse("partners:partner", args=[asked.partner_id])


def test_a_sign_up_that_waits_makes_the_next_one_join(place: Establishment, person: User) -> None:
    first = sign_up(place, UserFactory())
    assert refused(place.number, person) == "taken"
    with pytest.raises(SignUpError):
        sign_up(place, person)
    joins = services.request_to_join(
        partner_id=first.partner_id, user=person, capacity=Capacity.OTHER, now=NOW
    )
    assert refused(place.number, person) == "already_asked"
    # The one who was first was a mistake; staff accept the second.
    services.withdraw_request(request_id=first.pk, by=first.user, now=NOW)
    services.accept_request(request_id=joins.pk, by=staff(Role.ADVISER), now=NOW)
    partner = Partner.objects.get()
    assert (partner.is_verified, partner.signed_up_by) == (True, person)
    assert refused(place.number, person) == "already_contact"


def test_withdrawing_takes_what_was_typed_along(
    place: Establishment, person: User, client: Client
) -> None:
    asked = sign_up(place, person)
    PartnerNeedFactory(partner=asked.partner)
    client.force_login(person)
    client.post(reverse("partners:request_withdraw", args=[asked.pk]))
    assert not Partner.objects.exists()
    assert client.post(reverse("partners:request_withdraw", args=[asked.pk])).status_code == 404


@pytest.mark.parametrize("code", ["government", "already_contact", "already_asked"])
def test_who_cannot_ask_to_join(code: str) -> None:
    partner, user = PartnerFactory(), UserFactory()
    if code == "government":
        user = staff(Role.ANALYST)
    elif code == "already_contact":
        PartnerContactFactory(partner=partner, user=user)
    else:
        services.request_to_join(partner_id=partner.pk, user=user, capacity=Capacity.OTHER, now=NOW)
    with pytest.raises(RequestError) as caught:
        services.request_to_join(partner_id=partner.pk, user=user, capacity=Capacity.OTHER, now=NOW)
    assert caught.value.code == code


def test_who_joined_the_staff_meanwhile_is_no_contact(place: Establishment, person: User) -> None:
    asked = sign_up(place, person)
    person.groups.set(staff(Role.ADVISER).groups.all())
    with pytest.raises(RequestError) as caught:
        services.accept_request(request_id=asked.pk, by=staff(Role.COORDINATOR), now=NOW)
    assert caught.value.code == "government"
    assert not PartnerContact.objects.exists()


def test_the_name_of_a_natural_person_is_not_shown(person: User, client: Client) -> None:
    place = EstablishmentFactory(
        name="Zoet & Zout",
        street="Dorpsstraat",
        enterprise=EnterpriseFactory(is_natural_person=True, name="Jan Jansen"),
    )
    client.force_login(person)
    page = client.get(reverse("partners:sign_up_confirm", args=[place.number])).content.decode()
    assert "Zoet &amp; Zout" in page
    assert "Jan Jansen" not in page


def test_withdrawing_leaves_what_an_adviser_recorded(place: Establishment, person: User) -> None:
    asked = sign_up(place, person)
    services.record_conversation(
        partner_id=asked.partner_id,
        held_on=NOW.date(),
        with_whom="X",
        agreed="Y",
        agreed_to=(),
        by=staff(Role.ADVISER),
        now=NOW,
    )
    services.withdraw_request(request_id=asked.pk, by=person, now=NOW)
    partner = Partner.objects.get()
    assert (partner.status, partner.conversations.count()) == (VerificationStatus.DECLINED, 1)


def test_reopening_twice_keeps_what_was_changed_in_between(person: User) -> None:
    need = PartnerNeedFactory(description="before", closed_at=NOW, closed_by=person)
    type(need).objects.filter(pk=need.pk).update(
        description="after", closed_at=None, closed_by=None
    )
    services.reopen_need(need=need)
    need.refresh_from_db()
    assert (need.description, need.is_open) == ("after", True)
