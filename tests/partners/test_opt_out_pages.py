"""Opting out without log-in: the link, the code, the one click; and the page of staff."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pghistory.models
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from companies.partners.models import OptOut, Partner
from companies.partners.opt_out import links, services
from companies.partners.opt_out.models import Way
from companies.partners.opt_out.selectors import standing_of
from companies.register.services import refresh_search
from tests.access import rows
from tests.access.world import World
from tests.factories import EnterpriseFactory, EstablishmentFactory, PartnerFactory, checked

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
CONFIRM, UNDO = reverse("partners:opt_out_confirm"), reverse("partners:opt_out_undo")
CODE = reverse("partners:opt_out_code")


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def anonymous() -> Client:
    """A browser that reads English, and that a forged form could not use."""
    return Client(headers={"accept-language": "en"}, enforce_csrf_checks=False)


@pytest.fixture
def partner() -> Partner:
    """A partner that agreed to be shown."""
    found: Partner = PartnerFactory(establishment__name="Choco nv")
    return found


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_from_the_link_to_no_proposals_and_back(anonymous: Client, partner: Partner) -> None:
    number = partner.establishment_id
    link = links.path_for(number)
    text = page(anonymous, link)
    for shown in ("Choco nv", "business register (KBO)", "The whole enterprise", "not have to say"):
        assert shown in text
    assert not OptOut.objects.exists()  # whatever opens the links of a mail changes nothing

    token = links.token_for(number)
    answer = anonymous.post(CONFIRM, {"token": token, "scope": number, "reason": "Te druk"})
    assert answer["Location"] == link
    row = OptOut.objects.get()
    assert (row.number, row.way, row.reason) == (number, Way.LINK, "Te druk")
    text = page(anonymous, link)
    assert "Done: you get no proposals any more" in text
    assert "This establishment has wanted no proposals since" in text
    assert "Changed your mind?" in text

    anonymous.post(CONFIRM, {"token": token, "scope": partner.establishment.enterprise_id})
    text = page(anonymous, link)
    assert "The whole enterprise has wanted no proposals since" in text
    assert "Stop the proposals" not in text

    for taken_back in (partner.establishment.enterprise_id, number):
        anonymous.post(UNDO, {"token": token, "number": taken_back})
    assert not standing_of(number).is_opted_out
    assert "Stop the proposals" in page(anonymous, link)


def test_the_page_is_dutch_for_who_reads_dutch(partner: Partner) -> None:
    client = Client(headers={"accept-language": "nl-BE"})
    answer = client.get(links.path_for(partner.establishment_id))
    assert '<html lang="nl">' in answer.content.decode()


def test_an_enterprise_number_has_a_link_too(anonymous: Client) -> None:
    enterprise = EnterpriseFactory(is_natural_person=True, name="Jan Voorbeeldmans")
    link = links.path_for(enterprise.number)
    text = page(anonymous, link)
    assert "Voorbeeldmans" not in text
    assert "Only this establishment" not in text
    token = links.token_for(enterprise.number)
    anonymous.post(CONFIRM, {"token": token, "scope": enterprise.number})
    assert "The whole enterprise has wanted no proposals" in page(anonymous, link)


def test_a_number_outside_the_register_can_only_speak_for_itself(anonymous: Client) -> None:
    number = checked(87_111_222)
    assert "The whole enterprise" not in page(anonymous, links.path_for(number))
    anonymous.post(CONFIRM, {"token": links.token_for(number), "scope": number})
    assert standing_of(number).is_opted_out


@pytest.mark.parametrize("token", ["x", "2000000339", "a.b", "%00", "é" * 90, "0" * 500])
def test_a_link_that_is_not_ours_says_what_to_do(anonymous: Client, token: str) -> None:
    for answer in (
        anonymous.get(f"/partners/opt-out/{token}/"),
        anonymous.post(CONFIRM, {"token": token}),
        anonymous.post(UNDO, {"token": token}),
        anonymous.post(f"/partners/opt-out/{token}/", {"List-Unsubscribe": "One-Click"}),
    ):
        assert answer.status_code == 404
        assert "This link does not work" in answer.content.decode()
    assert not OptOut.objects.exists()


@pytest.mark.parametrize(
    "data",
    [{}, {"scope": ""}, {"scope": "all"}, {"scope": checked(87_000_001)},
     {"reason": "x" * 501}, {"reason": "\x00"}],
)  # fmt: skip
def test_bad_input_stays_on_the_page(
    anonymous: Client, partner: Partner, data: dict[str, str]
) -> None:
    token = links.token_for(partner.establishment_id)
    sent = {"token": token, "scope": partner.establishment_id} | data
    if not data:
        del sent["scope"]
    answer = anonymous.post(CONFIRM, sent)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not OptOut.objects.exists()


def test_another_number_cannot_be_opted_out_or_back_with_this_link(
    anonymous: Client, partner: Partner
) -> None:
    other = EstablishmentFactory()
    services.opt_out(number=other.number, way=Way.LINK, now=NOW)
    token = links.token_for(partner.establishment_id)
    anonymous.post(UNDO, {"token": token, "number": other.number})
    anonymous.post(CONFIRM, {"token": token, "scope": other.enterprise_id})
    assert standing_of(other.number).is_opted_out
    assert OptOut.objects.count() == 1


def test_one_click_of_a_mail_program(partner: Partner) -> None:
    mail_program = Client(enforce_csrf_checks=True)
    link = links.path_for(partner.establishment_id)
    assert mail_program.post(link, {"anything": "else"}).status_code == 400
    assert not OptOut.objects.exists()
    assert mail_program.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert standing_of(partner.establishment_id).is_opted_out
    partner.refresh_from_db()
    assert partner.consented_at is None


def test_forms_of_other_sites_are_refused(partner: Partner) -> None:
    client = Client(enforce_csrf_checks=True)
    sent = {"token": links.token_for(partner.establishment_id), "scope": partner.establishment_id}
    assert client.post(CONFIRM, sent).status_code == 403


def test_the_link_leaks_nowhere(
    anonymous: Client, partner: Partner, caplog: pytest.LogCaptureFixture
) -> None:
    token = links.token_for(partner.establishment_id)
    link = links.path_for(partner.establishment_id)
    answer = anonymous.get(link)
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    assert "report-uri" not in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    anonymous.post(link, {"List-Unsubscribe": "One-Click"})
    services.withdraw(
        number=partner.establishment_id, way=Way.LINK, now=OptOut.objects.get().opted_out_at
    )
    Partner.objects.update(consented_at=NOW, consented_by=PartnerFactory().consented_by)
    anonymous.post(CONFIRM, {"token": token, "scope": partner.establishment_id})
    kept = list(pghistory.models.Context.objects.values_list("metadata", flat=True))
    assert kept
    anonymous.get(f"{link[:-2]}/")
    assert token[:-1] not in caplog.text
    assert not [one for one in kept if token in str(one)]


# The code of a letter


def test_number_and_code_of_a_letter_lead_to_the_page(anonymous: Client, partner: Partner) -> None:
    number = partner.establishment_id
    assert "code from our letter" in page(anonymous, CODE)
    code = links.code_for(number).lower()
    answer = anonymous.post(CODE, {"number": f"{number[:4]} {number[4:]}", "code": code})
    assert answer["Location"] == links.path_for(number)
    for sent, field in (
        ({"number": number, "code": "AAAAA-AAAAA"}, "code"),
        ({"number": "123", "code": code}, "number"),
        ({"number": number}, "code"),
        ({"number": "\x00", "code": "\x00"}, "number"),
    ):
        answer = anonymous.post(CODE, sent)
        assert answer.status_code == 200
        assert field in answer.context["form"].errors


def test_codes_cannot_be_guessed_for_long(anonymous: Client) -> None:
    number = checked(87_111_222)
    answers = [
        anonymous.post(CODE, {"number": number, "code": "AAAAA-AAAAA"}).status_code
        for _ in range(11)
    ]
    assert answers == [200] * 10 + [429]
    right = {"number": number, "code": links.code_for(number)}
    assert anonymous.post(CODE, right).status_code == 429


def test_one_number_does_not_go_to_and_fro_all_day(anonymous: Client, partner: Partner) -> None:
    token = links.token_for(partner.establishment_id)
    answers = [anonymous.post(UNDO, {"token": token}).status_code for _ in range(21)]
    assert answers == [302] * 20 + [429]


# Staff, and contacts of the partner


def log_in(world: World, persona: str) -> Client:
    client = Client()
    world.people[persona].language = "en"
    world.people[persona].save()
    client.force_login(world.people[persona])
    return client


def manage(number: str, name: str = "opt_out_manage") -> str:
    return reverse(f"partners:{name}", args=[number])


def test_an_adviser_records_it_for_a_place_that_never_signed_up(world: World) -> None:
    adviser, place = log_in(world, rows.ADVISER), EstablishmentFactory(name="Koek nv")
    number = place.number
    text = page(adviser, reverse("register:establishment", args=[number]))
    assert manage(number) in text
    text = page(adviser, manage(number))
    assert links.path_for(number) in text
    assert links.code_for(number) in text
    assert "Proposals are allowed" in text

    adviser.post(manage(number), {"scope": place.enterprise_id, "reason": "Aan de telefoon"})
    row = OptOut.objects.get()
    assert (row.way, row.opted_out_by) == (Way.ADVISER, world.people[rows.ADVISER])
    text = page(adviser, manage(number))
    assert "The whole enterprise wants no proposals" in text
    assert "Aan de telefoon" in text

    undo = manage(number, "opt_out_manage_undo")
    answer = adviser.post(undo, {"number": place.enterprise_id, "reason": " "})
    assert "This field is required" in answer.content.decode()
    assert standing_of(number).is_opted_out
    adviser.post(undo, {"number": place.enterprise_id, "reason": "Vroeg het zelf"})
    assert not standing_of(number).is_opted_out
    assert "Vroeg het zelf" in page(adviser, manage(number))


def test_a_contact_opts_out_and_back_without_a_reason(world: World) -> None:
    contact, number = log_in(world, rows.PARTNER_CONTACT), world.partner.establishment_id
    text = page(contact, manage(number))
    assert links.code_for(number) not in text
    contact.post(manage(number), {"scope": number})
    assert OptOut.objects.get().way == Way.PARTNER
    edit = page(contact, reverse("partners:partner_edit", args=[world.partner.pk]))
    assert "This partner wants no proposals" in edit
    assert "Wants no proposals" in page(
        contact, reverse("partners:partner", args=[world.partner.pk])
    )
    contact.post(manage(number, "opt_out_manage_undo"), {"number": number})
    assert not standing_of(number).is_opted_out


def test_agreeing_to_be_shown_does_not_undo_an_opt_out(world: World) -> None:
    number = world.partner.establishment_id
    services.opt_out(number=number, way=Way.LINK, now=NOW)
    contact, member = log_in(world, rows.PARTNER_CONTACT), log_in(world, rows.READER)
    edit = reverse("partners:partner_edit", args=[world.partner.pk])
    contact.post(edit, {"description": "Nieuw"})
    contact.post(reverse("partners:consent_give", args=[world.partner.pk, "show"]))
    world.partner.refresh_from_db()
    assert world.partner.description == "Nieuw"
    shown = reverse("partners:partner", args=[world.partner.pk])
    assert member.get(shown).status_code == 404
    contact.post(manage(number, "opt_out_manage_undo"), {"number": number})
    assert member.get(shown).status_code == 200


@pytest.mark.parametrize("number", ["x", "123", "2000000300", "0" * 400])
def test_no_number_no_page(world: World, number: str) -> None:
    assert log_in(world, rows.ADVISER).get(manage(number)).status_code == 404


def test_the_register_says_who_wants_no_proposals(world: World) -> None:
    member, place = log_in(world, rows.READER), EstablishmentFactory(name="Koek nv")
    found = reverse("register:establishment", args=[place.number])
    assert "Wants no proposals" not in page(member, found)
    services.opt_out(number=place.enterprise_id, way=Way.LINK, now=NOW)
    assert "Wants no proposals" in page(member, found)
    refresh_search()
    assert "Wants no proposals" in page(member, f"{reverse('register:search')}?q=koek")
    assert manage(place.number) not in page(member, found)


def test_the_administrator_looks_and_does_not_touch(world: World) -> None:
    administrator = log_in(world, rows.ADMINISTRATOR)
    row = services.opt_out(number=world.partner.establishment_id, way=Way.LINK, now=NOW)
    listing = reverse("admin:partners_optout_changelist")
    assert row.number in page(administrator, f"{listing}?q={row.number}")
    assert row.number in page(administrator, reverse("admin:partners_optout_change", args=[row.pk]))
    assert administrator.get(reverse("admin:partners_optout_add")).status_code == 403
    listing = reverse("admin:partners_partner_changelist")
    selected = {"action": "record_opt_out", "_selected_action": [world.other_partner.pk]}
    administrator.post(listing, selected)
    assert OptOut.objects.get(number=world.other_partner.establishment_id).way == Way.ADMINISTRATOR


def test_the_pages_ask_the_database_little(
    world: World, anonymous: Client, django_assert_num_queries: Any
) -> None:
    number = world.partner.establishment_id
    services.opt_out(number=number, way=Way.LINK, now=NOW)
    with django_assert_num_queries(2):
        anonymous.get(links.path_for(number))
    adviser = log_in(world, rows.ADVISER)
    with django_assert_num_queries(7):
        adviser.get(manage(number))
