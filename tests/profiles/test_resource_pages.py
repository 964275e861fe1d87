"""Pages on places, equipment and current work: what is typed, looked up and refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from companies.profiles.enums import MemberRole, PointSource
from companies.profiles.models import Company, Enclave, Equipment
from companies.register.domain.lambert import parse_point
from tests.factories import (
    CompanyEstablishmentFactory,
    CompanyFactory,
    EnterpriseFactory,
    EstablishmentFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

MANAGEMENT = {"TOTAL_FORMS": "9", "INITIAL_FORMS": "0"}
PARTS = ("establishments", "equipment", "current_work")


@pytest.fixture
def company() -> Company:
    """A company in the register with one workplace in Antwerp."""
    company: Company = CompanyFactory(enterprise_number=EnterpriseFactory().number)
    CompanyEstablishmentFactory(company=company)
    return company


def client_of(company: Company, role: MemberRole) -> Client:
    """Logged in as a member with this role."""
    person = UserFactory(language="en")
    MembershipFactory(company=company, user=person, role=role)
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def editor(company: Company) -> Client:
    """Somebody who may change the profile."""
    return client_of(company, MemberRole.EDITOR)


def send(client: Client, company: Company, part: str, **lists: list[dict[str, Any]]) -> Any:
    """Type these rows, list by list, on the page as it stands, and save."""
    url = reverse(f"profiles:{part}", args=[company.pk])
    data: dict[str, Any] = {"state_token": client.get(url).context["token"]}
    for prefix, rows in lists.items():
        data |= {f"{prefix}-{name}": value for name, value in MANAGEMENT.items()}
        data |= {
            f"{prefix}-{position}-{name}": value
            for position, row in enumerate(rows)
            for name, value in row.items()
        }
    return client.post(url, data)


def texts(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())


def test_the_number_alone_brings_the_address(company: Company, editor: Client) -> None:
    listed = EstablishmentFactory(
        enterprise_id=company.enterprise_number, street="Dok", house_number="7", postcode="9000"
    )
    answer = send(editor, company, "establishments", place=[{"number": listed.number}])
    assert answer.status_code == 302
    (place,) = company.establishments.all()
    assert (place.street, place.house_number, place.postcode) == ("Dok", "7", "9000")
    assert place.point_source == PointSource.REGISTER


def test_a_point_pasted_from_a_map_counts_and_is_shown(company: Company, editor: Client) -> None:
    row = {"postcode": "9000", "point": "51,0543 3,7174"}
    assert send(editor, company, "establishments", place=[row]).status_code == 302
    (place,) = company.establishments.all()
    assert (place.x_m, place.y_m) == parse_point("51.0543, 3.7174")
    shown = texts(editor.get(reverse("profiles:establishments", args=[company.pk])))
    assert "Point used: own point." in shown
    assert "51.0543" in shown


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"postcode": "9000", "point": "52.3702, 4.8952"}, "does not lie in Belgium"),
        ({"postcode": "9000", "point": "3.7174, 51.0543"}, "Latitude comes first"),
        ({"postcode": "9000", "point": "bij de kerk"}, "Type latitude and longitude"),
        ({"postcode": "9000", "point": "50.6326, 5.5797"}, "km from 9000"),
        ({"postcode": "0999"}, "no Belgian postcode"),
        ({"postcode": "90"}, "four digits"),
        ({"name": "Loods"}, "Type the postcode"),
        ({"number": "0200065765"}, "number of an enterprise"),
        ({"number": "2000000338"}, "does not exist"),
        ({"number": "2000000339"}, "register does not know this number"),
        ({}, "keep at least one place"),
        ({"postcode": "9000", "is_removed": "on"}, "keep at least one place"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    company: Company, editor: Client, row: dict[str, Any], message: str
) -> None:
    before = list(company.establishments.values())
    answer = send(editor, company, "establishments", place=[row])
    assert message in texts(answer)
    assert list(company.establishments.values()) == before
    for value in set(row.values()) - {"on"}:
        assert f'value="{value}"' in texts(answer)


def test_places_of_others_and_closed_ones_are_refused(company: Company, editor: Client) -> None:
    other = EstablishmentFactory()
    closed = EstablishmentFactory(enterprise_id=company.enterprise_number, is_active=False)
    rows = [{"number": other.number}, {"number": closed.number}]
    answer = texts(send(editor, company, "establishments", place=rows))
    assert "belongs to another enterprise" in answer
    assert "this establishment is closed" in answer


def test_a_number_stands_once(company: Company, editor: Client) -> None:
    listed = EstablishmentFactory(enterprise_id=company.enterprise_number, postcode="9000")
    rows = [{"number": listed.number}] * 2
    assert "already listed" in texts(send(editor, company, "establishments", place=rows))


def test_equipment_is_kept_changed_and_removed(company: Company, editor: Client) -> None:
    rows = [
        {"kind": "cobot", "description": "Schroeven", "year_bought": "2022", "quantity": "2"},
        {"kind": "erp"},
    ]
    assert send(editor, company, "equipment", equipment=rows).status_code == 302
    found = Equipment.objects.filter(company=company).order_by("kind")
    assert [(row.kind, row.quantity, row.year_bought) for row in found] == [
        ("cobot", 2, 2022),
        ("erp", 1, None),
    ]
    send(editor, company, "equipment", equipment=[rows[0], rows[1] | {"is_removed": "on"}])
    assert [row.kind for row in found.all()] == ["cobot"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"description": "Pers"}, "Choose a kind"),
        ({"kind": "other"}, "Describe equipment"),
        ({"kind": "cobot", "year_bought": "1949"}, "1950"),
        ({"kind": "cobot", "year_bought": "2099"}, "still has to come"),
        ({"kind": "cobot", "quantity": "0"}, "1"),
        ({"kind": "cobot", "quantity": "99999999999999999999"}, "1000"),
        ({"kind": "raket"}, "raket"),
    ],
)
def test_wrong_equipment_is_told_at_its_field(
    company: Company, editor: Client, row: dict[str, Any], message: str
) -> None:
    answer = send(editor, company, "equipment", equipment=[row])
    assert answer.status_code == 200
    assert message in texts(answer)
    assert answer.context["formset"].total_error_count() == 1
    assert not Equipment.objects.exists()


def test_three_lists_are_saved_as_one(company: Company, editor: Client) -> None:
    host = EnterpriseFactory(name="Gastheer nv")
    answer = send(
        editor,
        company,
        "current_work",
        enclave=[{"host_number": host.number, "places": "8", "nace_division": "10"}],
        ownproduct=[{"name": "Tuinbank", "turnover_share": "12"}],
        cooperation=[{"partner_name": "Buur vzw", "kind": "purchase", "since_year": "2019"}],
    )
    assert answer.status_code == 302
    assert company.enclaves.get().host_name == "Gastheer nv"
    assert company.own_products.get().turnover_share == 12
    assert company.cooperations.get().since_year == 2019


def test_one_wrong_list_keeps_all_three_back(company: Company, editor: Client) -> None:
    answer = send(
        editor,
        company,
        "current_work",
        enclave=[{"host_name": "Gastheer nv", "places": "8"}],
        ownproduct=[
            {"name": "Bank", "turnover_share": "60"},
            {"name": "Tafel", "turnover_share": "50"},
        ],
        cooperation=[],
    )
    assert "add up to 110" in texts(answer)
    assert not Enclave.objects.exists()


@pytest.mark.parametrize(
    ("lists", "message"),
    [
        ({"enclave": [{"host_name": "X"}]}, "Type the number of places"),
        ({"enclave": [{"places": "3"}]}, "Type the name"),
        ({"ownproduct": [{"turnover_share": "3"}]}, "Type the name of the product"),
        ({"ownproduct": [{"name": "A"}, {"name": "A"}]}, "already listed"),
        ({"cooperation": [{"partner_name": "X"}]}, "Choose a kind"),
        ({"cooperation": [{"kind": "other"}]}, "Type the name"),
        ({"cooperation": [{"kind": "other", "partner_number": "2000000339"}]}, "establishment"),
    ],
)
def test_wrong_current_work_is_told_at_its_field(
    company: Company, editor: Client, lists: dict[str, Any], message: str
) -> None:
    empty: dict[str, list[dict[str, Any]]] = {"enclave": [], "ownproduct": [], "cooperation": []}
    answer = send(editor, company, "current_work", **(empty | lists))
    assert message in texts(answer)
    assert answer.context["formset"].total_error_count() == 1


def test_a_private_person_is_not_named_by_the_register(company: Company, editor: Client) -> None:
    person = EnterpriseFactory(name="Jan Janssens", is_natural_person=True)
    row = {"kind": "other", "partner_number": person.number}
    answer = send(editor, company, "current_work", enclave=[], ownproduct=[], cooperation=[row])
    assert "Jan Janssens" not in texts(answer)
    assert "Type the name" in texts(answer)


@pytest.mark.parametrize("part", PARTS)
def test_a_form_that_was_tampered_with_is_no_crash(
    company: Company, editor: Client, part: str
) -> None:
    answer = editor.post(reverse(f"profiles:{part}", args=[company.pk]), {"x": "y"})
    assert answer.status_code == 200


@pytest.mark.parametrize("part", PARTS)
def test_readers_look_and_cannot_save(company: Company, part: str) -> None:
    reader = client_of(company, MemberRole.READER)
    url = reverse(f"profiles:{part}", args=[company.pk])
    answer = reader.get(url)
    assert answer.status_code == 200
    assert 'name="state_token"' not in texts(answer)
    assert reader.post(url, {}).status_code == 403


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("count", [1, 30])
def test_a_page_costs_the_same_whatever_the_rows(
    company: Company, editor: Client, part: str, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        CompanyEstablishmentFactory(company=company, name=f"Plek {number}")
        Equipment.objects.create(company=company, kind="cobot", description=str(number))
        Enclave.objects.create(company=company, host_name=f"Gast {number}", places=3)
    with django_assert_max_num_queries(12):
        assert editor.get(reverse(f"profiles:{part}", args=[company.pk])).status_code == 200


def test_a_row_that_saved_itself_stays_when_the_page_saves_again(
    company: Company, editor: Client
) -> None:
    url = reverse("profiles:equipment", args=[company.pk])
    first = {"kind": "cobot", "quantity": "1"}
    second = {"kind": "erp", "quantity": "1"}
    send(editor, company, "equipment", equipment=[first])
    # The page was made without rows: what it saved by itself still counts as spare there.
    send(editor, company, "equipment", equipment=[first, second])
    assert sorted(company.equipment.values_list("kind", flat=True)) == ["cobot", "erp"]
    assert editor.get(url).context["formset"].initial_form_count() == 2


def test_a_customer_that_saved_itself_stays_too(company: Company, editor: Client) -> None:
    row = {"name": "Klant", "nace_division": "10", "turnover_share": "10"}
    for _ in range(2):
        assert send(editor, company, "customers", customer=[row]).status_code == 302
    assert company.customers.count() == 1
