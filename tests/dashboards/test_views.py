"""Home per role, dashboard and list of companies: who sees what, at what cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.common.vocabulary import Cell, Province
from tests.access import rows
from tests.access.world import World
from tests.factories import (
    ActivityFactory,
    CompanyFactory,
    WorkforceCellFactory,
    WorkforceYearFactory,
)

pytestmark = pytest.mark.django_db


def as_persona(world: World, persona: str) -> Client:
    client = Client()
    client.force_login(world.people[persona])
    return client


def page(world: World, persona: str, name: str, query: str = "") -> str:
    response = as_persona(world, persona).get(reverse(name) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_newcomer_is_told_to_sign_a_company_up(world: World) -> None:
    assert reverse("profiles:sign_up") in page(world, rows.NEWCOMER, "dashboards:home")


def test_a_member_sees_the_own_company_and_the_next_step(world: World) -> None:
    html = page(world, rows.READER, "dashboards:home")
    assert "Deze vzw" in html
    assert "Andere vzw" not in html
    assert reverse("readiness:overview", args=[world.company.pk]) in html


def test_a_partner_contact_finds_the_own_page(world: World) -> None:
    html = page(world, rows.PARTNER_CONTACT, "dashboards:home")
    assert reverse("partners:partner", args=[world.partner.pk]) in html
    assert reverse("partners:partner", args=[world.other_partner.pk]) not in html


def test_an_adviser_sees_who_waits_in_the_own_provinces(world: World) -> None:
    CompanyFactory(name="Wachtend vzw", status="pending", decided_at=None, decided_by=None)
    assert "Wachtend vzw" in page(world, rows.ADVISER, "dashboards:home")
    assert "Wachtend vzw" not in page(world, rows.OTHER_ADVISER, "dashboards:home")


@pytest.mark.parametrize("name", ["dashboards:home", "dashboards:government"])
def test_an_analyst_never_sees_the_name_of_a_company(world: World, name: str) -> None:
    html = page(world, rows.ANALYST, name)
    assert "Deze vzw" not in html
    assert "Andere vzw" not in html


def test_workforce_of_few_companies_is_hidden(world: World) -> None:
    """Two companies make a figure: one could subtract its own and know the other's."""
    html = page(world, rows.ANALYST, "dashboards:government")
    assert "hidden" in html or "verborgen" in html
    assert ">50<" not in html


def test_workforce_of_enough_companies_is_shown(world: World) -> None:
    for _ in range(4):
        WorkforceCellFactory(workforce_year=WorkforceYearFactory(), fte=25, heads=30)
    assert "150" in page(world, rows.ANALYST, "dashboards:government")


@pytest.mark.parametrize(
    ("query", "found", "left_out"),
    [
        ("?q=deze", "Deze vzw", "Andere vzw"),
        (f"?province={Province.LIMBURG}", "Andere vzw", "Deze vzw"),
        (f"?cell={Cell.MAAK_HOUT}", "Andere vzw", "Deze vzw"),
        ("?q=andere&status=verified", "Andere vzw", "Deze vzw"),
    ],
)
def test_the_list_shows_what_the_filter_asks(
    world: World, query: str, found: str, left_out: str
) -> None:
    ActivityFactory(company=world.other_company, cell=Cell.MAAK_HOUT.value, turnover_share=0)
    html = page(world, rows.COORDINATOR, "dashboards:company_list", query)
    assert found in html
    assert left_out not in html


def test_a_number_finds_its_company_in_any_notation(world: World) -> None:
    number = world.company.enterprise_number
    dotted = f"{number[:4]}.{number[4:7]}.{number[7:]}"
    html = page(world, rows.COORDINATOR, "dashboards:company_list", f"?q={dotted}")
    assert "Deze vzw" in html
    assert "Andere vzw" not in html


@pytest.mark.parametrize("query", ["?province=atlantis", "?verdict=x&opportunity=y", "?page=9999"])
def test_a_strange_filter_is_no_error(world: World, query: str) -> None:
    page(world, rows.COORDINATOR, "dashboards:company_list", query)


def test_nothing_found_says_what_to_do(world: World) -> None:
    html = page(world, rows.COORDINATOR, "dashboards:company_list", "?q=bestaat-niet")
    assert f'href="{reverse("dashboards:company_list")}"' in html


@pytest.mark.parametrize(
    ("persona", "name", "queries"),
    [
        (rows.OWNER, "dashboards:home", 12),
        (rows.ADVISER, "dashboards:home", 12),
        (rows.ANALYST, "dashboards:government", 12),
        (rows.COORDINATOR, "dashboards:company_list", 7),
    ],
)
def test_the_number_of_queries_is_pinned(
    world: World, django_assert_num_queries: Any, persona: str, name: str, queries: int
) -> None:
    client = as_persona(world, persona)
    for _ in range(3):
        CompanyFactory()
    with django_assert_num_queries(queries):
        client.get(reverse(name))
