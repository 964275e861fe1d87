"""Download, upload, preview and confirmation as people do them."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import Workbook, load_workbook

from companies.profiles import services
from companies.profiles.enums import CooperationKind, EquipmentKind
from companies.profiles.models import Company, Customer, WorkbookUpload, WorkforceYear
from companies.profiles.tasks import drop_old_workbooks
from portal.accounts.models import ExportLog
from tests.access import rows
from tests.access.world import World
from tests.factories import CustomerFactory
from tests.profiles.rules import breaks
from tests.profiles.workbook import files

pytestmark = pytest.mark.django_db


def url(name: str, company: Company, *more: Any) -> str:
    return reverse(f"profiles:{name}", args=[company.pk, *more])


@pytest.fixture
def company(world: World) -> Company:
    """This company with one customer, everybody in English."""
    for person in world.people.values():
        person.language = "en"
        person.save()
    CustomerFactory(company=world.company, name="Choco nv", nace_division="10", turnover_share=40)
    return world.company


@pytest.fixture
def owner(world: World, company: Company, client: Client) -> Client:
    client.force_login(world.people[rows.OWNER])
    return client


def downloaded(client: Client, company: Company) -> bytes:
    answer = client.get(url("workbook_download", company))
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert "attachment" in answer["Content-Disposition"]
    return answer.content


def upload(client: Client, company: Company, data: bytes, name: str = "profile.xlsx") -> Any:
    sent = {"workbook": SimpleUploadedFile(name, data)}
    return client.post(url("workbook", company), sent)


def more_customers(book: Workbook) -> None:
    """One share changes and one customer is added."""
    sheet = book["Customers"]
    sheet["D2"] = 35
    for place, value in enumerate(("Metaal bv", None, "25 Metal products", 20), start=1):
        sheet.cell(3, place).value = value


def confirm(client: Client, page: Any) -> Any:
    """Press the button of a preview."""
    return client.post(
        page.request["PATH_INFO"], {"seen": str(page.context["version"])}, follow=True
    )


def test_each_download_is_logged(company: Company, owner: Client) -> None:
    downloaded(owner, company)
    row = ExportLog.objects.get()
    assert row.what == "profile_workbook"
    assert company.enterprise_number in row.subject


def test_from_download_to_confirmation(company: Company, owner: Client) -> None:
    data = files.edited(downloaded(owner, company), more_customers)
    before = Company.objects.get(pk=company.pk).facts_version
    answer = upload(owner, company, data)
    assert answer.status_code == 302
    preview = owner.get(answer["Location"])
    text = preview.content.decode()
    assert "Customers, row 2, column D" in text
    assert "Customers, row 3" in text
    assert "Metaal bv" in text
    assert Customer.objects.get(company=company).turnover_share == 40  # nothing written yet
    assert Company.objects.get(pk=company.pk).facts_version == before

    assert "are saved" in confirm(owner, preview).content.decode()
    stored = company.customers.order_by("name").values_list("name", "turnover_share")
    assert list(stored) == [("Choco nv", 35), ("Metaal bv", 20)]
    after = Company.objects.get(pk=company.pk).facts_version
    assert after > before
    kept = WorkbookUpload.objects.get(company=company)
    assert kept.content == {}
    assert kept.confirmed_by is not None

    # Sent twice without harm.
    again = confirm(owner, preview).content.decode()
    assert "already saved" in again
    assert Company.objects.get(pk=company.pk).facts_version == after


def test_a_file_without_edits_has_nothing_to_confirm(company: Company, owner: Client) -> None:
    answer = upload(owner, company, downloaded(owner, company))
    text = owner.get(answer["Location"]).content.decode()
    assert "says the same" in text
    assert "Save these changes" not in text


def test_changes_in_between_lead_to_another_preview(company: Company, owner: Client) -> None:
    data = files.edited(downloaded(owner, company), more_customers)
    preview = owner.get(upload(owner, company, data)["Location"])
    CustomerFactory(company=company, name="Nieuw nv", nace_division="25", turnover_share=5)
    answer = confirm(owner, preview)
    text = answer.content.decode()
    assert "Nothing was saved yet" in text
    assert "Nieuw nv" in text  # would be removed: that is now part of the preview
    assert "also undo" in text
    assert company.customers.count() == 2
    confirm(owner, answer)
    assert set(company.customers.values_list("name", flat=True)) == {"Choco nv", "Metaal bv"}


def test_what_is_wrong_is_shown_and_nothing_is_kept(company: Company, owner: Client) -> None:
    def edit(book: Workbook) -> None:
        more_customers(book)
        book["Customers"]["D3"] = 90
        book["Workforce"]["B2"] = "Jan Peeters"

    waiting = WorkbookUpload.objects.count()
    answer = upload(owner, company, files.edited(downloaded(owner, company), edit))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Workforce, row 2, column B" in text
    assert "add up to 125" in text
    assert "Save these changes" not in text
    assert WorkbookUpload.objects.count() == waiting
    assert "Jan Peeters" not in text


def test_workforce_is_written_by_year_and_a_missing_year_stays(
    company: Company, owner: Client
) -> None:
    year = WorkforceYear.objects.get(company=company)

    def edit(book: Workbook) -> None:
        sheet = book["Workforce"]
        for place in range(1, 26):
            sheet.cell(2, place).value = None
        sheet["A2"], sheet["B2"] = year.year - 1, 3.5

    answer = upload(owner, company, files.edited(downloaded(owner, company), edit))
    confirm(owner, owner.get(answer["Location"]))
    stored = WorkforceYear.objects.filter(company=company).order_by("year")
    assert [one.year for one in stored] == [year.year - 1, year.year]
    assert float(stored[0].guides_fte) == 3.5


def test_places_equipment_and_current_work_go_round(company: Company, owner: Client) -> None:
    typed = {
        "Equipment": ("Robot", "Pallets", 2020, 2),
        "Enclaves": ("Gastheer nv", None, "10 Food", 6, 2021),
        "Own products": ("Houten spel", "Voor kinderen", 2019, 5),
        "Cooperation": ("Atelier Zuid vzw", None, None, 2022),
    }

    def edit(book: Workbook) -> None:
        for name, values in typed.items():
            for place, value in enumerate(values, start=1):
                book[name].cell(2, place).value = value
        book["Equipment"]["A2"] = str(EquipmentKind.choices[0][1])
        book["Cooperation"]["C2"] = str(CooperationKind.choices[0][1])

    with translation.override("en"):
        data = files.edited(downloaded(owner, company), edit)
    places = company.establishments.count()
    preview = owner.get(upload(owner, company, data)["Location"])
    assert "Houten spel" in preview.content.decode()
    confirm(owner, preview)
    assert company.equipment.get().quantity == 2
    assert company.enclaves.get().places == 6
    assert company.own_products.get().turnover_share == 5
    assert company.cooperations.get().partner_name == "Atelier Zuid vzw"
    assert company.establishments.count() == places
    # The next download says the same.
    again = owner.get(upload(owner, company, downloaded(owner, company))["Location"])
    assert "says the same" in again.content.decode()


def test_a_place_can_be_added_but_not_the_last_one_taken(company: Company, owner: Client) -> None:
    def emptied(book: Workbook) -> None:
        for place in range(1, 8):
            book["Establishments"].cell(2, place).value = None

    answer = upload(owner, company, files.edited(downloaded(owner, company), emptied))
    assert answer.status_code == 422
    assert "keep at least one place" in answer.content.decode()


def test_what_is_stored_may_be_older_than_a_rule(company: Company, owner: Client) -> None:
    """A sheet that nobody touched is not held against rules that came later."""
    CustomerFactory(
        company=company,
        name="Wijzelf",
        enterprise_number=company.enterprise_number,
        turnover_share=1,
    )
    answer = upload(owner, company, downloaded(owner, company))
    assert answer.status_code == 302


def test_each_sheet_is_left_alone_when_it_is_not_in_the_file(
    company: Company, owner: Client
) -> None:
    def edit(book: Workbook) -> None:
        more_customers(book)
        for name in ("Activities", "Workforce", "Offers", "Competences"):
            del book[name]

    activities = company.activities.count()
    answer = upload(owner, company, files.edited(downloaded(owner, company), edit))
    preview = owner.get(answer["Location"])
    assert "The sheet Activities is not in the file" in preview.content.decode()
    confirm(owner, preview)
    assert company.activities.count() == activities
    assert company.customers.count() == 2


BAD = {
    "empty": (b"", "The file is empty"),
    "csv": (b"naam;aandeel\n", "not an Excel file"),
    "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old Excel file"),
    "large": (b"PK\x03\x04" + bytes(3 * 1024 * 1024), "too large"),
    "broken": (files.plain()[:900], "damaged"),
    "macros": (files.with_members(files.plain(), {"xl/vbaProject.bin": b"x"}), "macros"),
    "bomb": (files.bomb(50 * 1024 * 1024), "unpacks to"),
    "entities": (files.laughing(), "parts that Excel does not make"),
    "other": (files.plain(), "None of the sheets"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_one_clear_line(company: Company, owner: Client, name: str) -> None:
    data, message = BAD[name]
    answer = upload(owner, company, data, "profile.xlsx")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["workbook"]
    assert len(answer.context["form"].errors["workbook"]) == 1
    assert message in answer.content.decode()


def test_no_file_at_all(company: Company, owner: Client) -> None:
    answer = owner.post(url("workbook", company), {})
    assert answer.status_code == 422
    assert "Choose a file" in answer.content.decode()


def test_an_upload_needs_the_token_of_the_page(world: World, company: Company) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.people[rows.OWNER])
    assert upload(strict, company, files.plain()).status_code == 403


@pytest.mark.parametrize("persona", [rows.READER, rows.ADVISER, rows.COORDINATOR])
def test_others_download_and_do_not_upload(
    world: World, company: Company, client: Client, persona: str
) -> None:
    client.force_login(world.people[persona])
    data = downloaded(client, company)
    assert "Choco nv" in str(
        [cell.value for cell in load_workbook(BytesIO(data))["Customers"]["A"]]
    )
    assert "Upload and see" not in client.get(url("workbook", company)).content.decode()
    assert upload(client, company, data).status_code == 403


def test_an_upload_is_kept_for_a_day(world: World, company: Company, owner: Client) -> None:
    now = timezone.now()
    content = files.EMPTY_WORKBOOK
    by = world.people[rows.OWNER]
    old = services.keep_workbook(
        company_id=company.pk, by=by, content=content, now=now - timedelta(hours=25)
    )
    assert owner.get(url("workbook_preview", company, old.pk)).status_code == 404
    fresh = services.keep_workbook(company_id=company.pk, by=by, content=content, now=now)
    assert not WorkbookUpload.objects.filter(pk=old.pk).exists()
    WorkbookUpload.objects.filter(pk=fresh.pk).update(uploaded_at=now - timedelta(hours=25))
    assert drop_old_workbooks() == 1


def test_the_file_of_another_company_is_noticed(
    world: World, company: Company, owner: Client, client: Client
) -> None:
    data = downloaded(owner, company)
    client.force_login(world.people[rows.OTHER_OWNER])
    answer = upload(client, world.other_company, data)
    page = client.get(answer["Location"]).content.decode()
    assert "downloaded for another company" in page


def test_queries_do_not_grow(company: Company, owner: Client) -> None:
    for count in (1, 15):
        for number in range(count):
            CustomerFactory(company=company, name=f"Klant {count} {number}", turnover_share=1)
        data = files.edited(downloaded(owner, company), more_customers)
        address = upload(owner, company, data)["Location"]
        for page in (address, url("workbook", company), url("workbook_download", company)):
            with CaptureQueriesContext(connection) as captured:
                assert owner.get(page).status_code == 200
            assert len(captured) <= 12, [query["sql"] for query in captured]
        # What is stored moved since the upload: the changes are worked out anew.
        CustomerFactory(company=company, name=f"Later {count}", turnover_share=1)
        with CaptureQueriesContext(connection) as captured:
            assert owner.get(address).status_code == 200
        assert len(captured) <= 12, [query["sql"] for query in captured]


def test_a_confirmed_upload_keeps_no_rows(world: World, company: Company) -> None:
    now = timezone.now()
    by = world.people[rows.OWNER]
    kept = services.keep_workbook(company_id=company.pk, by=by, content={"a": 1}, now=now)
    with breaks("workbook_emptied_when_confirmed"):
        WorkbookUpload.objects.filter(pk=kept.pk).update(confirmed_at=now, confirmed_by=by)


def test_a_confirmation_has_a_moment_and_a_person(world: World, company: Company) -> None:
    kept = services.keep_workbook(
        company_id=company.pk, by=world.people[rows.OWNER], content={}, now=timezone.now()
    )
    with breaks("workbook_confirmed_whole"):
        WorkbookUpload.objects.filter(pk=kept.pk).update(confirmed_at=timezone.now())
