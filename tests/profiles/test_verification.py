"""An adviser verifies or declines; until then a company counts nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from companies.profiles import services
from companies.profiles.enums import DeclineReason, VerificationStatus
from companies.profiles.models import Company
from companies.register.models import Classification, EnterpriseActivity
from portal.accounts.models import User
from tests.access import rows
from tests.access.world import World
from tests.factories import CompanyFactory, EnterpriseFactory, MembershipFactory
from tests.profiles.rules import keeps_all_rules

pytestmark = pytest.mark.django_db
PENDING = {"status": "pending", "decided_at": None, "decided_by": None}


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    """Limits count per test."""
    cache.clear()


def as_persona(world: World, persona: str) -> Client:
    person = world.people[persona]
    person.language = "en"
    person.save()
    client = Client()
    client.force_login(person)
    return client


def test_the_owners_hear_the_decision(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    company: Company = CompanyFactory(name="Nieuw vzw", created_by__language="en", **PENDING)
    MembershipFactory(company=company, user__is_active=False)
    adviser = as_persona(world, rows.ADVISER)
    with django_capture_on_commit_callbacks(execute=True):
        adviser.post(
            reverse("profiles:decline", args=[company.pk]),
            {"reason": "other", "note": "Stuur ons uw erkenning."},
        )
        adviser.post(reverse("profiles:verify", args=[company.pk]))
        adviser.post(reverse("profiles:verify", args=[company.pk]))  # twice is one mail
    assert [sent.to for sent in mail.outbox] == [[company.created_by.email]] * 2
    declined, verified = mail.outbox
    assert declined.subject == "[Maatwerkportaal] The sign-up of Nieuw vzw was declined"
    page = f"http://testserver{reverse('profiles:company', args=[company.pk])}"
    for words in (
        "Another reason",
        "Stuur ons uw erkenning.",
        "Ask an adviser to look again",
        page,
    ):
        assert words in declined.body
    assert "verified Nieuw vzw" in verified.body


def test_a_declined_owner_asks_again_once(world: World) -> None:
    company = world.company
    services.decline_company(
        company_id=company.pk,
        by=world.people[rows.ADVISER],
        reason=DeclineReason.NOT_RECOGNISED,
        note="Geen erkenning gevonden.",
    )
    owner, adviser = as_persona(world, rows.OWNER), as_persona(world, rows.ADVISER)
    page = owner.get(reverse("profiles:company", args=[company.pk])).content.decode()
    again = reverse("profiles:apply_again", args=[company.pk])
    assert "Not a recognised maatwerk company" in page
    assert "Geen erkenning gevonden." in page
    assert again in page
    reader = as_persona(world, rows.READER).get(reverse("profiles:company", args=[company.pk]))
    assert again not in reader.content.decode()

    empty = owner.post(again, {"note": ""})
    assert empty.status_code == 422
    assert "Explain why" in empty.content.decode()
    owner.post(again, {"note": "Erkend sinds 2019 <i>."})
    company.refresh_from_db()
    assert company.status == VerificationStatus.PENDING
    assert company.appealed_by == world.people[rows.OWNER]

    queue = adviser.get(reverse("profiles:queue")).content.decode()
    for words in (
        "Declined before: Not a recognised maatwerk company",
        "Erkend sinds 2019 &lt;i&gt;.",
    ):
        assert words in queue
    twice = owner.post(again, {"note": "Nog eens."}, follow=True)
    assert "no longer declined" in twice.content.decode()
    adviser.post(reverse("profiles:verify", args=[company.pk]))
    company.refresh_from_db()
    assert (company.status, company.decline_reason) == (VerificationStatus.VERIFIED, "")


def test_the_queue_shows_what_to_check(world: World, django_assert_max_num_queries: Any) -> None:
    def wait(name: str, **fields: Any) -> Company:
        company: Company = CompanyFactory(name=name, **PENDING, **fields)
        return company

    known = EnterpriseFactory(name="Officiële naam vzw", legal_form="017")
    EnterpriseActivity.objects.create(
        enterprise=known, version="2025", code="88995", classification=Classification.MAIN
    )
    wait("Andere schrijfwijze", enterprise_number=known.number)
    wait("Met de hand", in_register=False)
    gone = EnterpriseFactory(is_active=False)
    wait("Geschrapt", enterprise_number=gone.number)
    wait("Elders", province="limburg")
    adviser = as_persona(world, rows.ADVISER)
    with django_assert_max_num_queries(14):
        page = adviser.get(reverse("profiles:queue")).content.decode()
    for words in (
        "The register writes: Officiële naam vzw",
        "88995",
        "typed by hand",
        "Struck off",
    ):
        assert words in page
    assert "Elders" not in page


def test_the_queue_is_for_staff_who_follow_companies(world: World) -> None:
    for persona, status in (
        (rows.OWNER, 404),
        (rows.ANALYST, 404),
        (rows.COORDINATOR, 200),
    ):
        assert as_persona(world, persona).get(reverse("profiles:queue")).status_code == status


def test_stranded_companies_are_listed(world: World) -> None:
    keeps_all_rules()  # the company was signed up long ago
    User.objects.filter(memberships__company=world.company, memberships__role="owner").update(
        is_active=False
    )
    page = as_persona(world, rows.ADVISER).get(reverse("profiles:queue")).content.decode()
    assert reverse("profiles:members", args=[world.company.pk]) in page
    assert reverse("profiles:members", args=[world.other_company.pk]) not in page
