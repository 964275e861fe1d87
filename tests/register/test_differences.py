"""What imports changed, as staff reads it: counts, list, filters, file."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from companies.register import services
from companies.register.domain.numbers import format_number
from companies.register.models import NaceCode, RegisterDifference
from portal.accounts.roles import Role
from portal.common.run_rows import RunStatus
from portal.common.vocabulary import NaceVersion, Province
from tests.factories import EstablishmentActivityFactory, EstablishmentFactory, UserFactory, staff
from tests.register.differences import difference, finished_import
from tests.register.extracts import Extract, digits, place

pytestmark = pytest.mark.django_db
IMPORTS = reverse("register:imports")


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(staff(Role.ANALYST, language="en"))
    return client


def report(row: Any) -> str:
    return reverse("register:differences", args=[row.pk])


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def shown(client: Client, row: Any, **query: str) -> set[str]:
    response = client.get(report(row), query)
    assert response.status_code == 200
    return {one.name for one, _printed, _changes in response.context["rows"]}


def csv_of(client: Client, row: Any, **query: str) -> list[str]:
    response = client.get(reverse("register:differences_csv", args=[row.pk]), query)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()


def test_two_imports_one_after_the_other_are_told_apart(analyst: Client, tmp_path: Any) -> None:
    """From the files to the page: one place is new, one changed, one gone."""
    first = Extract().company(2).company(3)
    row = services.request_import(source=str(first.folder(tmp_path / "first")))
    assert services.run_import(pk=row.pk)
    assert "No differences are listed" in text_of(analyst.get(report(row)))

    second = Extract().company(2).company(4)
    second.drop("address", place(2)).add(
        "address",
        f'"{place(2)}","BAET",,,"9000","Gent","Gand","Dok Noord","Dok Noord","7",,,',
    )
    row = services.request_import(source=str(second.folder(tmp_path / "second")))
    assert services.run_import(pk=row.pk)
    text = text_of(analyst.get(report(row)))
    assert "Dok Noord" in text
    kinds = dict(
        RegisterDifference.objects.filter(register_import=row).values_list("number", "kind")
    )
    assert kinds == {
        digits(place(2)): "changed",
        digits(place(3)): "gone",
        digits(place(4)): "new",
    }
    assert reverse("register:establishment", args=[digits(place(4))]) in text
    listed = text_of(analyst.get(IMPORTS))
    assert listed.count('<th scope="row">') == 2


def test_the_list_shows_the_counts_and_leaves_out_what_changed_nothing(analyst: Client) -> None:
    finished_import(151, counts={"establishments_new": 1234})
    finished_import(152, is_dry_run=True)
    finished_import(153, status=RunStatus.FAILED)
    text = text_of(analyst.get(IMPORTS))
    assert "151 (Update)" in text
    assert "1,234" in text
    assert "152 (Update)" not in text
    assert "153 (Update)" not in text


def test_every_change_is_told_before_and_after(analyst: Client) -> None:
    NaceCode.objects.create(
        version="2025", code="10850", label_en="Ready meals", label_nl="Maaltijden"
    )
    row = finished_import()
    difference(
        row,
        EstablishmentFactory(name="Choco"),
        name=["Chocola", "Choco"],
        address=["Kerkstraat 1, 2000 Antwerpen", ""],
        activities=[["2025 10820 MAIN", "2025 10850 SECO"], ["2025 10850 MAIN"]],
        enterprise=["0123456749", "0200065765"],
        legal_situation=["000", "050"],
    )
    text = text_of(analyst.get(report(row)))
    for said in (
        "Chocola", "Kerkstraat 1, 2000 Antwerpen", "10820 (NACE 2025, main)",
        "10850 Ready meals (NACE 2025, main)", format_number("0200065765"), "050",
    ):  # fmt: skip
        assert said in text
    (_header, line) = csv_of(analyst, row)
    assert "Name: Chocola → Choco" in line
    assert "Address: Kerkstraat 1, 2000 Antwerpen → –" in line


def test_the_list_is_filtered_by_kind_province_and_nace(analyst: Client) -> None:
    row = finished_import()
    machining = EstablishmentFactory(name="Verspaner", province=Province.LIMBURG.value)
    EstablishmentActivityFactory(establishment=machining, code="25530")
    locks = EstablishmentFactory(name="Slotenmaker")
    EstablishmentActivityFactory(establishment=locks, code="25620")
    old = EstablishmentFactory(name="Oude verspaner")
    EstablishmentActivityFactory(
        establishment=old, code="25620", version=NaceVersion.NACE_2008.value
    )
    difference(row, machining, "new")
    difference(row, locks, "gone")
    difference(row, old)
    difference(finished_import(152), locks)
    assert shown(analyst, row) == {"Verspaner", "Slotenmaker", "Oude verspaner"}
    assert shown(analyst, row, kind="gone") == {"Slotenmaker"}
    assert shown(analyst, row, province="limburg") == {"Verspaner"}
    assert shown(analyst, row, nace="25") == {"Verspaner", "Slotenmaker"}
    # The same digits are another trade in another version.
    assert shown(analyst, row, nace="25.62") == {"Slotenmaker"}
    assert shown(analyst, row, nace="25.62", version="2008") == {"Oude verspaner"}
    assert shown(analyst, row, version="2008") == {"Verspaner", "Slotenmaker", "Oude verspaner"}
    assert shown(analyst, row, kind="new", nace="25620") == set()
    assert "Take a filter away" in text_of(analyst.get(report(row), {"kind": "returned"}))


@pytest.mark.parametrize(
    "query",
    [{"nace": "chocola"}, {"nace": "1" * 300}, {"kind": "x"}, {"province": "x"}, {"version": "1"}],
)
def test_a_wrong_question_is_told_at_its_place_and_finds_nothing(
    analyst: Client, query: dict[str, str]
) -> None:
    row = finished_import()
    difference(row, EstablishmentFactory(), "new")
    response = analyst.get(report(row), query)
    assert list(response.context["rows"]) == []
    assert "invalid-feedback" in response.content.decode()
    assert len(csv_of(analyst, row, **query)) == 1


def test_the_file_has_what_was_asked_and_no_formula(analyst: Client) -> None:
    row = finished_import()
    difference(row, EstablishmentFactory(name="=1+1"), "new")
    difference(row, EstablishmentFactory(name="Weg"), "gone")
    assert len(csv_of(analyst, row)) == 3
    header, line = csv_of(analyst, row, kind="new")
    assert header.startswith("What happened;Establishment number;Name;")
    assert ";'=1+1;" in line
    assert ";2000;Antwerpen;Antwerp;" in line


def test_an_establishment_that_is_not_in_the_register_is_named_without_a_link(
    analyst: Client,
) -> None:
    row = finished_import()
    RegisterDifference.objects.create(
        register_import=row,
        number="2999999935",
        enterprise_number="0200065765",
        name="Nergens",
        kind="gone",
    )
    text = text_of(analyst.get(report(row)))
    assert "Nergens" in text
    assert reverse("register:establishment", args=["2999999935"]) not in text


def test_only_what_was_really_imported_has_a_report(analyst: Client) -> None:
    for row in (finished_import(is_dry_run=True), finished_import(status=RunStatus.FAILED)):
        assert analyst.get(report(row)).status_code == 404
    assert analyst.get(reverse("register:differences", args=[0])).status_code == 404


def test_whoever_imports_reads_what_a_trial_run_would_change(client: Client) -> None:
    row = finished_import(is_dry_run=True)
    difference(row, EstablishmentFactory(name="Zou weg zijn"), "gone")
    client.force_login(staff(Role.ADMINISTRATOR, language="en"))
    text = text_of(client.get(report(row)))
    assert "This was a trial run: nothing changed." in text
    assert "Zou weg zijn" in text
    assert reverse("dashboards:touched", args=[row.pk]) not in text
    assert "(Update)" not in text_of(client.get(IMPORTS))


def test_a_company_does_not_see_how_the_register_is_kept(client: Client) -> None:
    row = finished_import()
    client.force_login(UserFactory())
    for url in (IMPORTS, report(row), reverse("register:differences_csv", args=[row.pk])):
        assert client.get(url).status_code == 404
    assert IMPORTS not in client.get(reverse("register:search")).content.decode()


def test_queries_do_not_grow_with_the_list(analyst: Client, django_assert_num_queries: Any) -> None:
    row = finished_import()
    for _ in range(20):
        found = EstablishmentFactory()
        EstablishmentActivityFactory(establishment=found)
        difference(row, found, activities=[["2025 10820 MAIN"], ["2025 10850 MAIN"]])
    with django_assert_num_queries(8):
        analyst.get(report(row))
    with django_assert_num_queries(6):
        analyst.get(IMPORTS)
