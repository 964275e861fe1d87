"""Whom an import of the register touches: the companies that the person may see."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.dashboards.touched import MOST_SHOWN
from companies.register.models import RegisterImport
from portal.accounts.roles import Role
from portal.common.vocabulary import Opportunity, Province
from tests.factories import CompanyFactory, EstablishmentFactory, staff
from tests.matching.factories import introduction, stored_match
from tests.register.differences import difference, finished_import

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser(client: Client) -> Client:
    client.force_login(staff(Role.ADVISER, Province.ANTWERPEN, language="en"))
    return client


@pytest.fixture
def row() -> RegisterImport:
    return finished_import()


def page(client: Client, row: RegisterImport, **query: str) -> Any:
    response = client.get(reverse("dashboards:touched", args=[row.pk]), query)
    assert response.status_code == 200
    return response


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def companies(response: Any) -> list[str]:
    return [touched.company.name for touched in response.context["companies"]]


def test_a_match_whose_partner_disappeared_or_changed_is_told_with_what_changed(
    adviser: Client, row: RegisterImport
) -> None:
    company = CompanyFactory(name="Deze vzw")
    gone, moved, same = (EstablishmentFactory(name=name) for name in ("Weg", "Verhuisd", "Zelfde"))
    matches = [stored_match(company, establishment=one) for one in (gone, moved, same)]
    difference(row, gone, "gone")
    difference(row, moved, address=["Kerkstraat 1, 2000 Antwerpen", "Dok 7, 9000 Gent"])
    difference(row, EstablishmentFactory(name="Nieuw"), "new")
    CompanyFactory(name="Zonder partners")
    response = page(adviser, row)
    assert companies(response) == ["Deze vzw"]
    text = text_of(response)
    for said in ("Weg", "Gone: 1", "Verhuisd", "Dok 7, 9000 Gent", "Changed: 1"):
        assert said in text
    assert "Zelfde" not in text
    for match in matches[:2]:
        assert reverse("matching:match", args=[match.pk]) in text
    (touched,) = response.context["companies"]
    assert [partner.name for partner in touched.partners] == ["Weg", "Verhuisd"]


def test_an_adviser_sees_the_own_companies_only(adviser: Client, row: RegisterImport) -> None:
    partner = EstablishmentFactory()
    difference(row, partner, "gone")
    stored_match(CompanyFactory(name="Eigen"), establishment=partner)
    stored_match(
        CompanyFactory(name="Elders", province=Province.LIMBURG.value), establishment=partner
    )
    closed = CompanyFactory(
        name="Gesloten",
        closed_at=timezone.now(),
        closed_by=staff(Role.COORDINATOR),
        close_reason="gestopt",
    )
    stored_match(closed, establishment=partner)
    assert companies(page(adviser, row)) == ["Eigen"]
    coordinator = Client()
    coordinator.force_login(staff(Role.COORDINATOR))
    assert companies(page(coordinator, row)) == ["Eigen", "Elders"]


def test_matches_of_one_partner_stand_together_stale_ones_too(
    adviser: Client, row: RegisterImport
) -> None:
    company, partner = CompanyFactory(), EstablishmentFactory()
    stored_match(company, establishment=partner, proposed=True)
    stored_match(
        company,
        establishment=partner,
        opportunity=Opportunity.RESHORING.value,
        radius_m=60_000,
        is_stale=True,
    )
    difference(row, partner, "gone")
    (touched,) = page(adviser, row).context["companies"]
    (only,) = touched.partners
    assert [match.is_stale for match in only.matches] == [False, True]


def test_an_introduction_without_a_match_is_told_before_what_is_only_a_match(
    adviser: Client, row: RegisterImport
) -> None:
    company = CompanyFactory()
    matched, introduced, over = (EstablishmentFactory(name=name) for name in ("A", "B", "C"))
    stored_match(company, establishment=matched)
    introduction(company, establishment=introduced)
    introduction(company, "ask", "company_declines", establishment=over)
    for partner in (matched, introduced, over):
        difference(row, partner, "gone")
    response = page(adviser, row)
    (touched,) = response.context["companies"]
    assert [partner.name for partner in touched.partners] == ["B", "A", "C"]
    begun = touched.partners[0].introductions[0]
    text = text_of(response)
    assert reverse("matching:introduction", args=[begun.pk]) in text
    assert f"Introduction: Enclave work</a> ({begun.get_state_display()})" in text


def test_the_list_is_limited_to_one_kind(adviser: Client, row: RegisterImport) -> None:
    for name, kind in (("Een", "gone"), ("Twee", "changed"), ("Drie", "returned")):
        partner = EstablishmentFactory()
        difference(row, partner, kind)
        stored_match(CompanyFactory(name=name), establishment=partner)
    assert set(companies(page(adviser, row))) == {"Een", "Twee", "Drie"}
    assert companies(page(adviser, row, kind="gone")) == ["Een"]
    assert len(companies(page(adviser, row, kind="new"))) == 3  # not one of these kinds


def test_of_a_company_with_many_partners_the_first_are_shown_and_the_others_counted(
    adviser: Client, row: RegisterImport
) -> None:
    company = CompanyFactory()
    for _ in range(MOST_SHOWN + 3):
        partner = EstablishmentFactory()
        difference(row, partner)
        stored_match(company, establishment=partner)
    (touched,) = (response := page(adviser, row)).context["companies"]
    assert (len(touched.partners), touched.more) == (MOST_SHOWN, 3)
    assert "and 3 more partners" in text_of(response)


def test_without_anybody_the_page_says_so(adviser: Client, row: RegisterImport) -> None:
    assert "Nobody is touched" in text_of(page(adviser, row))


def test_an_analyst_and_an_import_that_was_not_done_have_no_such_page(
    client: Client, row: RegisterImport
) -> None:
    url = reverse("dashboards:touched", args=[row.pk])
    client.force_login(staff(Role.ANALYST))
    assert client.get(url).status_code == 404
    assert url not in client.get(reverse("register:differences", args=[row.pk])).content.decode()
    client.force_login(staff(Role.COORDINATOR))
    assert url in client.get(reverse("register:differences", args=[row.pk])).content.decode()
    dry = finished_import(152, is_dry_run=True)
    assert client.get(reverse("dashboards:touched", args=[dry.pk])).status_code == 404


def test_queries_do_not_grow_with_companies_and_partners(
    adviser: Client, row: RegisterImport, django_assert_num_queries: Any
) -> None:
    for _ in range(4):
        company = CompanyFactory()
        for _ in range(3):
            partner = EstablishmentFactory()
            difference(row, partner, activities=[["2025 10820 MAIN"], []])
            stored_match(company, establishment=partner)
    with django_assert_num_queries(12):
        page(adviser, row)
