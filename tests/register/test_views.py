"""Pages of the register, as the people who use them see them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from companies.register import services
from companies.register.models import Classification, NaceCode
from portal.accounts.roles import Role
from portal.common.vocabulary import NaceVersion
from tests.factories import (
    EnterpriseFactory,
    EstablishmentActivityFactory,
    EstablishmentFactory,
    UserFactory,
    staff,
)

pytestmark = pytest.mark.django_db
SEARCH = reverse("register:search")
# Session, user, groups, memberships and partner of the person: asked by every page's header.
HEADER_QUERIES = 5


@pytest.fixture
def visitor(client: Client) -> Client:
    """Somebody of a company, in English so that the tests can be read."""
    client.force_login(UserFactory(language="en"))
    return client


def place(name: str, **fields: Any) -> Any:
    found = EstablishmentFactory(enterprise=EnterpriseFactory(name=name), **fields)
    EstablishmentActivityFactory(establishment=found)
    return found


def test_activities_carry_the_label_in_the_reader_s_language(visitor: Client) -> None:
    NaceCode.objects.create(
        version="2025", code="10820", label_nl="Chocolade", label_en="Chocolate making"
    )
    NaceCode.objects.create(version="2008", code="10820", label_en="another version")
    found = place("Choco")
    EstablishmentActivityFactory(
        establishment=found, code="46360", classification=Classification.ANCILLARY
    )
    services.refresh_search()
    for url in (f"{SEARCH}?q=choco", reverse("register:establishment", args=[found.pk])):
        content = visitor.get(url).content.decode()
        assert "Chocolate making" in content
        assert "another version" not in content


def test_the_page_says_for_which_opportunities_the_activities_are_watched(visitor: Client) -> None:
    page = visitor.get(reverse("register:establishment", args=[place("Choco").pk]))
    assert "Enclave work" in page.content.decode()
    landfill = EstablishmentActivityFactory(code="38320", version=NaceVersion.NACE_2025.value)
    page = visitor.get(reverse("register:establishment", args=[landfill.establishment_id]))
    assert page.context["opportunities"] == []


def test_the_name_of_a_natural_person_is_for_staff_who_follow_companies_only(
    visitor: Client,
) -> None:
    person = EnterpriseFactory(name="Voorbeeldmans, An", is_natural_person=True, legal_form="")
    shop = EstablishmentFactory(enterprise=person, name="Bij An")
    url = reverse("register:establishment", args=[shop.pk])
    assert "Voorbeeldmans" not in visitor.get(url).content.decode()
    visitor.force_login(staff(Role.ANALYST, language="en"))
    assert "Voorbeeldmans" not in visitor.get(url).content.decode()
    visitor.force_login(staff(Role.COORDINATOR, language="en"))
    assert "Voorbeeldmans" in visitor.get(url).content.decode()


def test_a_number_that_nobody_has_is_not_found(visitor: Client) -> None:
    assert visitor.get(reverse("register:establishment", args=["8999999999"])).status_code == 404
    assert visitor.get(reverse("register:establishment", args=["x"])).status_code == 404


def test_the_page_of_an_establishment_asks_the_database_little(
    visitor: Client, django_assert_num_queries: Any
) -> None:
    found = place("Choco")
    for code in ("10830", "10890", "46370"):
        EstablishmentActivityFactory(establishment=found, code=code)
    url = reverse("register:establishment", args=[found.pk])
    with django_assert_num_queries(HEADER_QUERIES + 7):
        visitor.get(url)


def test_an_address_with_a_nul_is_no_number(visitor: Client) -> None:
    url = reverse("register:establishment", args=["2000"])
    assert visitor.get(f"{url[:-1]}%00/").status_code == 404
