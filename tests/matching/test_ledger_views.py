"""Pages of the ledger: opinions on matches, introductions and their steps, precision."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.matching.models import Interaction, Introduction
from assessments.matching.selectors.policies import published_policy
from companies.profiles.enums import MemberRole
from companies.profiles.models import Company
from portal.accounts.roles import Role
from portal.common.vocabulary import Opportunity, Province
from tests.factories import EnterpriseFactory, MembershipFactory, UserFactory, staff
from tests.matching.factories import (
    chocolate_maker,
    introduction,
    matched_company,
    opinion,
    stored_match,
)

pytestmark = pytest.mark.django_db
PINNED = {"introduction": 9, "company_introductions": 8, "introductions": 6, "precision": 6}


@pytest.fixture
def company() -> Any:
    return matched_company(name="De Kade vzw")


def member_of(company: Company, role: MemberRole = MemberRole.OWNER) -> Client:
    client = Client()
    user = UserFactory(language="en", full_name="Mia Member")
    client.force_login(MembershipFactory(company=company, user=user, role=role).user)
    return client


@pytest.fixture
def member(company: Company) -> Client:
    return member_of(company)


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(staff(Role.COORDINATOR, language="en", full_name="Cas Coordinator"))
    return client


def address(name: str, *args: Any) -> str:
    return reverse(f"matching:{name}", args=args)


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    response = client.get(address(name, *args), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# Opinions


def test_a_company_marks_a_match_and_takes_it_back_without_javascript(
    member: Client, company: Company
) -> None:
    match = stored_match(company, proposed=True)
    back = address("matches", company.pk) + "?opportunity=enclave"
    response = member.post(address("interested", match.pk), {"next": back})
    assert response.headers["Location"] == back
    text = page(member, "matches", company.pk)
    assert "Take back" in text
    assert ">Interested" not in text.replace("</svg>", "").replace("Interested</span>", "")
    member.post(address("take_back", match.pk), {"next": back})
    assert "Take back" not in page(member, "matches", company.pk)
    assert list(Interaction.objects.order_by("pk").values_list("opinion", flat=True)) == [
        "interested",
        "undone",
    ]


def test_with_htmx_only_the_block_comes_back(member: Client, company: Company) -> None:
    match = stored_match(company)
    response = member.post(address("interested", match.pk), headers={"HX-Request": "true"})
    text = response.content.decode()
    assert "<html" not in text
    assert f'id="opinion-{match.pk}"' in text
    assert "Noted: interested." in text


def test_the_way_back_never_leaves_the_portal(member: Client, company: Company) -> None:
    match = stored_match(company)
    for evil in ("https://evil.test/", "//evil.test/", "javascript:alert(1)"):
        response = member.post(address("interested", match.pk), {"next": evil})
        assert response.headers["Location"] == address("match", match.pk)


def test_not_relevant_asks_for_a_reason_and_another_one_for_words(
    member: Client, company: Company
) -> None:
    match = stored_match(company)
    url = address("not_relevant", match.pk)
    assert "Why is this partner not relevant?" in page(member, "not_relevant", match.pk)
    for data, message in (
        ({"words": "Zomaar"}, "Choose a reason."),
        ({"reason": "weather", "words": "Zomaar"}, "Zomaar"),
        ({"reason": "other"}, "Say in words what the other reason is."),
        ({"reason": "other", "words": "x" * 1001}, "1000"),
    ):
        response = member.post(url, data)
        assert response.status_code == 422
        assert message in response.content.decode()
    assert not Interaction.objects.exists()
    response = member.post(url, {"reason": "price", "words": "Te duur"}, follow=True)
    text = " ".join(response.content.decode().split())
    assert "The price does not fit: Te duur" in text
    assert "We want to meet this partner" not in text


def test_a_refusal_while_an_introduction_is_under_way_is_sent_there(
    member: Client, company: Company
) -> None:
    match = stored_match(company)
    introduction(company, match=match, establishment=match.establishment)
    response = member.post(address("not_relevant", match.pk), {"reason": "price"})
    assert response.status_code == 422
    assert "is under way" in response.content.decode()


def test_looking_is_noted_once_and_only_for_those_who_decide(
    member: Client, company: Company, coordinator: Client
) -> None:
    match = stored_match(company)
    trigger = f'hx-post="{address("seen", match.pk)}"'
    assert trigger not in page(coordinator, "match", match.pk)
    assert trigger in page(member, "match", match.pk)
    for _ in range(3):
        assert member.post(address("seen", match.pk)).status_code == 204
    assert Interaction.objects.get().opinion == "seen"
    assert trigger not in page(member, "match", match.pk)


def test_a_stale_match_keeps_what_was_said(member: Client, company: Company) -> None:
    match = stored_match(company, is_stale=True)
    opinion(company, "not_relevant", establishment=match.establishment, reason="distance")
    text = page(member, "matches", company.pk, state="stale")
    assert "Too far or hard to reach" in text
    assert "Take back" in text


def test_readers_look_and_a_company_that_waits_decides_nothing(company: Company) -> None:
    match = stored_match(company)
    reader = member_of(company, MemberRole.READER)
    assert "Interested" not in page(reader, "matches", company.pk)
    assert reader.post(address("interested", match.pk)).status_code == 403
    owner = member_of(company)
    Company.objects.filter(pk=company.pk).update(status="pending", decided_at=None, decided_by=None)
    assert owner.post(address("interested", match.pk)).status_code == 403
    assert owner.post(address("introduce", match.pk)).status_code == 403


# Introductions


def test_from_a_wish_of_the_company_to_an_agreement(
    member: Client, coordinator: Client, company: Company
) -> None:
    match = stored_match(company, proposed=True)
    assert "The partner gets no data of your company" in page(member, "introduce", match.pk)
    response = member.post(
        address("introduce", match.pk), {"seen": 0, "words": "Graag snel"}, follow=True
    )
    begun = Introduction.objects.get()
    text = " ".join(response.content.decode().split())
    assert "Now the adviser contacts the partner." in text
    assert "Graag snel" in text
    assert "Mia Member for the company" in text
    # The member may decline, and contacting is not the company's.
    assert address("step", begun.pk, "company_declines") in text
    assert address("step", begun.pk, "contact") not in text
    assert member.get(address("step", begun.pk, "contact")).status_code == 403
    # The match and the list show it instead of the proposal.
    shown = page(member, "matches", company.pk)
    assert address("introduction", begun.pk) in shown
    assert "Proposed" not in shown.replace("Proposals only", "")
    assert match.establishment.municipality in page(member, "company_introductions", company.pk)

    assert "De Kade vzw" in page(coordinator, "introductions")
    assert "De Kade vzw" in page(coordinator, "introductions", state="company_agrees")
    assert "De Kade vzw" not in page(coordinator, "introductions", state="running")
    for number, (step, data) in enumerate(
        (
            ("contact", {"words": "Gebeld met de directeur"}),
            ("show_interest", {}),
            ("meet", {"day": "2026-12-03"}),
            ("sign", {"day": "2026-12-10"}),
        ),
        start=1,
    ):
        response = coordinator.post(address("step", begun.pk, step), {"seen": number} | data)
        assert response.status_code == 302, response.content.decode()
    begun.refresh_from_db()
    assert begun.state == "agreement"
    assert "3 December 2026" in page(member, "introduction", begun.pk)


def test_an_adviser_proposes_and_the_company_decides(
    member: Client, coordinator: Client, company: Company
) -> None:
    match = stored_match(company)
    assert "Propose to the company" in page(coordinator, "match", match.pk)
    coordinator.post(address("introduce", match.pk), {"seen": 0})
    begun = Introduction.objects.get()
    assert begun.state == "proposed"
    assert coordinator.get(address("step", begun.pk, "agree")).status_code == 403
    member.post(address("step", begun.pk, "agree"), {"seen": 1})
    begun.refresh_from_db()
    assert begun.state == "company_agrees"


def test_what_a_step_asks_is_asked_at_its_place(coordinator: Client, company: Company) -> None:
    begun = introduction(company, "ask", "contact", "show_interest")
    for step, data, message in (
        ("meet", {}, "Choose a day."),
        ("meet", {"day": "morgen"}, "valid date"),
        ("meet", {"day": "0001-01-01"}, "2000"),
        ("partner_declines", {}, "Choose a reason."),
        ("partner_declines", {"reason": "completed"}, "Choose"),
        ("partner_declines", {"reason": "other", "words": " "}, "Say in words"),
    ):
        response = coordinator.post(address("step", begun.pk, step), {"seen": 3} | data)
        assert response.status_code == 422
        if message != "Choose":
            assert message in response.content.decode(), (step, data)
    assert begun.steps.count() == 3


def test_a_step_that_somebody_took_meanwhile_is_told(coordinator: Client, company: Company) -> None:
    begun = introduction(company, "ask", "contact")
    response = coordinator.post(address("step", begun.pk, "show_interest"), {"seen": 1})
    assert response.status_code == 409
    assert "Somebody took a step meanwhile" in response.content.decode()
    response = coordinator.get(address("step", begun.pk, "start"), follow=True)
    assert "does not follow" in response.content.decode()
    for wrong in ("ask", "propose", "dance"):
        assert coordinator.get(address("step", begun.pk, wrong)).status_code == 404
    assert (
        coordinator.post(address("step", begun.pk, "show_interest"), {"seen": "x"}).status_code
        == 422
    )


def test_an_introduction_is_not_begun_twice(member: Client, company: Company) -> None:
    match = stored_match(company)
    introduction(company, match=match, establishment=match.establishment)
    response = member.post(address("introduce", match.pk), {"seen": 0})
    assert response.status_code == 409
    assert "already under way" in response.content.decode()
    assert Introduction.objects.count() == 1


def test_neither_a_sole_trader_nor_a_person_of_the_partner_is_named(
    member: Client, company: Company
) -> None:
    person = EnterpriseFactory(name="Jan Janssens", is_natural_person=True)
    place = chocolate_maker(enterprise=person, name="Jan Janssens")
    begun = introduction(company, "ask", "contact", establishment=place)
    begun.steps.model.objects.bulk_create(
        [
            begun.steps.model(
                introduction=begun,
                number=3,
                transition="show_interest",
                state="partner_interested",
                side="partner",
                taken_at=begun.steps.first().taken_at,
                taken_by=UserFactory(full_name="Piet Partner"),
            )
        ]
    )
    Introduction.objects.filter(pk=begun.pk).update(state="partner_interested")
    for text in (
        page(member, "introduction", begun.pk),
        page(member, "company_introductions", company.pk),
    ):
        assert "Janssens" not in text
        assert "Piet Partner" not in text
    assert "The partner is interested" in page(member, "introduction", begun.pk)


def test_an_adviser_sees_the_introductions_of_companies_in_scope_only(client: Client) -> None:
    here = matched_company(name="Hier vzw", province="antwerpen")
    there = matched_company(name="Ginder vzw", province="limburg")
    for one in (here, there):
        introduction(one)
    client.force_login(staff(Role.ADVISER, Province.ANTWERPEN, language="en"))
    text = page(client, "introductions")
    assert "Hier vzw" in text
    assert "Ginder vzw" not in text


# Precision


def test_precision_counts_judged_proposals_only(coordinator: Client, company: Company) -> None:
    assert "Nothing judged yet" in page(coordinator, "precision")
    common: dict[str, Any] = {"policy": published_policy(), "proposed": True}
    for said, reason in (
        ("seen", ""),
        ("interested", ""),
        ("interested", ""),
        ("not_relevant", "price"),
        ("undone", ""),
    ):
        opinion(company, said, reason=reason, **common)
    opinion(company, "interested", policy=published_policy(), proposed=False)  # no proposal
    both = chocolate_maker()
    opinion(company, "interested", establishment=both, **common)
    opinion(company, "not_relevant", side="partner", reason="price", establishment=both, **common)
    opinion(company, "interested", opportunity=Opportunity.FVDT.value, **common)
    response = coordinator.get(address("precision"))
    rows = [
        (row["label"], row["version"], row["judged"], row["relevant"])
        for row in response.context["rows"]
    ]
    assert rows == [("Factories of the future", 1, 1, 1), ("Enclave work", 1, 4, 2)]
    text = " ".join(response.content.decode().split())
    assert "Only proposals that somebody judged count" in text
    assert "The price does not fit: 2" in text
    assert "15 to 85 %" in text  # Wilson for 2 of 4
    assert "few judgements" in text


def test_a_changed_mind_counts_once(coordinator: Client, company: Company) -> None:
    place = chocolate_maker()
    common: dict[str, Any] = {
        "policy": published_policy(),
        "proposed": True,
        "establishment": place,
    }
    opinion(company, "interested", **common)
    opinion(company, "not_relevant", reason="known", **common)
    (row,) = coordinator.get(address("precision")).context["rows"]
    assert (row["judged"], row["relevant"]) == (1, 0)
    opinion(company, "undone", **common)
    assert coordinator.get(address("precision")).context["rows"] == []


# Queries


def test_pages_of_the_ledger_have_a_fixed_number_of_queries(
    member: Client, coordinator: Client, company: Company
) -> None:
    begun = introduction(company, "ask", "contact", "show_interest", "meet")
    opinion(company, "interested", policy=published_policy(), proposed=True)
    pages: tuple[tuple[Client, str, tuple[Any, ...]], ...] = (
        (member, "introduction", (begun.pk,)),
        (member, "company_introductions", (company.pk,)),
        (coordinator, "introductions", ()),
        (coordinator, "precision", ()),
    )
    for client, name, args in pages:
        page(client, name, *args)
    for _ in range(4):
        introduction(company)
        opinion(company, "interested", policy=published_policy(), proposed=True)
    counts = {}
    for client, name, args in pages:
        with CaptureQueriesContext(connection) as queries:
            page(client, name, *args)
        counts[name] = len(queries)
    assert counts == PINNED
