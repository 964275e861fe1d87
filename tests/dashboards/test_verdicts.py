"""Verdicts on the home page, in the list and in the figures: computed, judged, and moved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.dashboards import selectors
from companies.profiles.models import Company
from portal.accounts.roles import Role
from portal.common.vocabulary import Opportunity, Verdict
from tests.factories import MembershipFactory, UserFactory, staff
from tests.matching.factories import assess, judge, matched_company

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return matched_company(name="De Kade vzw")


@pytest.fixture
def member(client: Client, company: Company) -> Client:
    client.force_login(MembershipFactory(company=company, user=UserFactory(language="en")).user)
    return client


@pytest.fixture
def coordinator() -> Client:
    client = Client()
    client.force_login(staff(Role.COORDINATOR, language="en"))
    return client


def page(client: Client, name: str, query: str = "") -> str:
    response = client.get(reverse(f"dashboards:{name}") + query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_home_and_list_show_both_verdicts(
    member: Client, coordinator: Client, company: Company
) -> None:
    judge(company, Opportunity.ENCLAVE, Verdict.LAAG)
    for html in (page(member, "home"), page(coordinator, "company_list")):
        assert "Low</span> according to Ann Adviseur" in html
        assert html.count("High</span> computed") == 1
        assert html.count("High</span>") >= len(Opportunity)


def test_home_tells_what_moved_until_understood(member: Client, company: Company) -> None:
    assert "moved since" not in page(member, "home")
    # The factory writes outcomes without the rules: the home page needs no explanation.
    assess(company, Verdict.GEMIDDELD)
    company.assessments.filter(is_current=True).update(
        assessed_at=timezone.now() + timedelta(minutes=1)
    )
    judge(company, Opportunity.ENCLAVE, Verdict.LAAG)
    html = page(member, "home")
    assert "5 verdicts moved since" in html
    assert "Reshoring: from High to Medium" in html
    assert "Enclave work: Low according to Ann Adviseur; computed: Medium" in html
    assert "The computed verdict went from High to Medium." in html
    assert reverse("opportunities:overview", args=[company.pk]) in html
    card = member.get(reverse("dashboards:home")).context["cards"][0]
    url = reverse("opportunities:understood", args=[company.pk])
    html = member.post(url, {"token": card.unseen.token, "back": "home"}, follow=True)
    assert "moved since" not in html.content.decode()


def test_the_filter_finds_the_verdict_that_counts(coordinator: Client, company: Company) -> None:
    judge(company, Opportunity.ENCLAVE, Verdict.LAAG)
    listed = {
        (opportunity, verdict): "De Kade vzw"
        in page(coordinator, "company_list", f"?opportunity={opportunity}&verdict={verdict}")
        for opportunity in ("enclave", "fvdt")
        for verdict in ("hoog", "laag")
    }
    assert listed == {
        ("enclave", "hoog"): False,
        ("enclave", "laag"): True,
        ("fvdt", "hoog"): True,
        ("fvdt", "laag"): False,
    }


def test_the_figures_count_what_counts_and_say_how_many_an_adviser_judged(
    coordinator: Client, company: Company
) -> None:
    matched_company(Verdict.GEMIDDELD)
    judge(company, Opportunity.ENCLAVE, Verdict.LAAG)
    by_opportunity = {
        row.opportunity: row for row in selectors.verdict_table(Company.objects.all())
    }
    enclave, fvdt = by_opportunity[Opportunity.ENCLAVE], by_opportunity[Opportunity.FVDT]
    assert {verdict.value: number for verdict, number in enclave.counts.items()} == {
        "hoog": 0,
        "gemiddeld": 1,
        "laag": 1,
        "onvolledig": 0,
    }
    assert (enclave.judged, fvdt.judged) == (1, 0)
    assert fvdt.counts[Verdict.HOOG] == 1
    assert "Of these, by an adviser" in page(coordinator, "government")


def test_the_figures_take_one_query(company: Company, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        selectors.verdict_table(Company.objects.all())
