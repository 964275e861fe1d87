"""Pages of the register, as the people who use them see them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from companies.register.domain.numbers import format_number
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


def names(response: Any) -> list[str]:
    return [row[0].name for row in response.context["rows"]]


def test_the_first_visit_asks_and_finds_nothing_yet(visitor: Client) -> None:
    place("Chocolaterie Élan")
    response = visitor.get(SEARCH)
    assert response.status_code == 200
    assert names(response) == []


def test_a_name_is_found_by_its_beginning_whatever_the_accents_and_case(visitor: Client) -> None:
    place("Élan chocolade")
    place("De Élan")
    assert names(visitor.get(SEARCH, {"q": "ELAN ch"})) == ["Élan chocolade"]


def test_signs_that_mean_something_to_the_database_are_plain_signs(visitor: Client) -> None:
    place("100% Natuur")
    place("100 Bomen")
    assert names(visitor.get(SEARCH, {"q": "100%"})) == ["100% Natuur"]


def test_a_place_with_a_trade_name_is_found_by_the_name_of_its_enterprise(visitor: Client) -> None:
    EstablishmentFactory(enterprise=EnterpriseFactory(name="Moeder NV"), name="Winkeltje")
    assert names(visitor.get(SEARCH, {"q": "moeder"})) == ["Winkeltje"]


@pytest.mark.parametrize("which", ["pk", "enterprise_id"])
def test_a_number_is_found_in_any_notation(visitor: Client, which: str) -> None:
    wanted, _other = place("Gezocht"), place("Ander")
    number = getattr(wanted, which)
    for text in (number, format_number(number), f" {number} "):
        assert names(visitor.get(SEARCH, {"q": text})) == ["Gezocht"]


def test_a_mistyped_number_is_said_at_the_field_and_what_was_typed_stays(visitor: Client) -> None:
    response = visitor.get(SEARCH, {"q": "0200.065.766"})
    content = response.content.decode()
    assert "There is probably a typing mistake" in content
    assert 'value="0200.065.766"' in content
    assert "Nothing found" not in content


def test_nothing_found_says_what_to_do_next(visitor: Client) -> None:
    response = visitor.get(SEARCH, {"q": "bestaat niet"})
    assert "type only the beginning of the name" in response.content.decode()


def test_a_province_narrows_the_search(visitor: Client) -> None:
    place("Bakker Noord", province="antwerpen")
    place("Bakker Oost", province="limburg")
    assert names(visitor.get(SEARCH, {"q": "bakker", "province": "limburg"})) == ["Bakker Oost"]
    assert names(visitor.get(SEARCH, {"province": "limburg"})) == ["Bakker Oost"]


def test_what_is_no_longer_active_is_not_found_but_can_still_be_opened(visitor: Client) -> None:
    gone = place("Weg", is_active=False)
    assert names(visitor.get(SEARCH, {"q": "weg"})) == []
    page = visitor.get(reverse("register:establishment", args=[gone.pk]))
    assert "no longer in the part of the register" in page.content.decode()


def test_results_come_in_pages_that_keep_the_question(visitor: Client) -> None:
    for number in range(30):
        place(f"Bakker {number:02d}")
    first = visitor.get(SEARCH, {"q": "bakker"})
    assert len(names(first)) == 25
    assert "q=bakker" in first.content.decode()
    assert len(names(visitor.get(SEARCH, {"q": "bakker", "page": 2}))) == 5


def test_activities_carry_the_label_in_the_reader_s_language(visitor: Client) -> None:
    NaceCode.objects.create(
        version="2025", code="10820", label_nl="Chocolade", label_en="Chocolate making"
    )
    NaceCode.objects.create(version="2008", code="10820", label_en="another version")
    found = place("Choco")
    EstablishmentActivityFactory(
        establishment=found, code="46360", classification=Classification.ANCILLARY
    )
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
    assert names(visitor.get(SEARCH, {"q": "voorbeeldmans"})) == []
    visitor.force_login(staff(Role.ANALYST, language="en"))
    assert "Voorbeeldmans" not in visitor.get(url).content.decode()
    visitor.force_login(staff(Role.COORDINATOR, language="en"))
    assert "Voorbeeldmans" in visitor.get(url).content.decode()


def test_a_number_that_nobody_has_is_not_found(visitor: Client) -> None:
    assert visitor.get(reverse("register:establishment", args=["8999999999"])).status_code == 404
    assert visitor.get(reverse("register:establishment", args=["x"])).status_code == 404


def test_the_search_asks_the_database_little_however_many_results(
    visitor: Client, django_assert_num_queries: Any
) -> None:
    for number in range(25):
        place(f"Bakker {number:02d}")
    with django_assert_num_queries(HEADER_QUERIES + 7):
        visitor.get(SEARCH, {"q": "bakker"})


def test_the_page_of_an_establishment_asks_the_database_little(
    visitor: Client, django_assert_num_queries: Any
) -> None:
    found = place("Choco")
    for code in ("10830", "10890", "46370"):
        EstablishmentActivityFactory(establishment=found, code=code)
    url = reverse("register:establishment", args=[found.pk])
    with django_assert_num_queries(HEADER_QUERIES + 7):
        visitor.get(url)
