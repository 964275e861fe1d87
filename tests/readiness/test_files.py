"""The scan to take along: the Excel file and the page to print."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from assessments.readiness.models import Answer, Respondent, Scan, Statement
from assessments.readiness.services import start_scan, submit_scan
from companies.profiles.enums import MemberRole
from companies.profiles.models import Membership
from portal.accounts.models import ExportLog, User
from portal.accounts.roles import Role
from portal.common.vocabulary import Province
from tests.factories import MembershipFactory, UserFactory, staff
from tests.readiness.factories import answered_scan, commented, statement_in
from tests.readiness.test_views import logged_in

pytestmark = pytest.mark.django_db
FIRST = {"human": "say-in-change", "smart": "planning", "wcmt": "machine-state"}
FORMULA = '=HYPERLINK("https://elders.test")'


@pytest.fixture
def member() -> Membership:
    return MembershipFactory(role=MemberRole.READER)


@pytest.fixture
def reader(client: Client, member: Membership) -> Client:
    client.force_login(member.user)
    return client


@pytest.fixture
def adviser() -> User:
    return staff(Role.ADVISER, Province.ANTWERPEN, full_name="An Adviseur")


@pytest.fixture
def scan(member: Membership, adviser: User) -> Scan:
    """Submitted, with every kind of answer, a respondent and a comment."""
    found = answered_scan(
        member.company, member.user, {"eco": "3", "human": "na", "smart": "unknown"}
    )
    energy = Answer.objects.filter(scan=found, statement=statement_in(found, "eco", "energy"))
    energy.update(note=f"{FORMULA}\n\x0bEn meer", evidence="+32 pagina's meterstanden")
    Respondent.objects.create(
        scan=found, user=UserFactory(full_name="Gust Geheim"), function="guide"
    )
    submit_scan(scan_id=found.pk, user=member.user)
    commented(found, adviser, "Toon de meters", "eco", "energy")
    return found


def downloaded(client: Client, scan: Scan, language: str = "en") -> Any:
    """The workbook that a person gets, with its formulas if it had any."""
    client.cookies["django_language"] = language
    answer = client.get(
        reverse("readiness:workbook", args=[scan.pk]), headers={"accept-language": language}
    )
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.content))


def rows_of(sheet: Any) -> Iterator[dict[str, Any]]:
    """The rows of a sheet by heading."""
    heads, *rows = sheet.iter_rows(values_only=True)
    for row in rows:
        yield dict(zip(heads, row, strict=True))


class TestWorkbook:
    """Everything on paper that the page shows, and nothing more."""

    def test_each_answer_in_its_row(self, reader: Client, scan: Scan, member: Membership) -> None:
        member.user.language = "en"
        member.user.save()
        book = downloaded(reader, scan)
        assert book.sheetnames == ["Answers", "Scores", "About this file"]
        rows = list(rows_of(book["Answers"]))
        assert (
            len(rows)
            == Statement.objects.filter(transition__questionnaire=scan.questionnaire_id).count()
        )
        energy = statement_in(scan, "eco", "energy")
        found = next(row for row in rows if row["Statement"] == energy.text_en)
        assert (found["Answer"], found["Level"]) == ("Level 3", 3)
        assert found["Level 3"] == energy.levels.get(number=3).text_en
        assert found["Example"] == energy.example_en
        assert found["Note"] == f"{FORMULA}\nEn meer", "a control character fits no cell"
        assert found["What shows it"] == "+32 pagina's meterstanden"
        assert "An Adviseur" in found["Comments of the adviser"]
        assert "Toon de meters" in found["Comments of the adviser"]
        by_part = {row["Part"]: row for row in rows}
        human, smart, wcmt = (
            by_part[statement_in(scan, part, slug).transition.title_en]
            for part, slug in FIRST.items()
        )
        assert (human["Answer"], human["Level"]) == ("Not applicable", None)
        assert (smart["Answer"], smart["Level"]) == ("Don't know", None)
        assert (wcmt["Answer"], wcmt["Level"]) == (None, None)

    def test_nothing_is_a_formula(self, reader: Client, scan: Scan) -> None:
        for sheet in downloaded(reader, scan):
            for row in sheet.iter_rows():
                assert not [cell.coordinate for cell in row if cell.data_type == "f"]

    def test_scores_are_numbers_with_their_range(
        self, reader: Client, scan: Scan, member: Membership
    ) -> None:
        member.user.language = "en"
        member.user.save()
        rows = list(rows_of(downloaded(reader, scan)["Scores"]))
        scores = {row["Part"]: row for row in rows}
        eco, human, smart = (
            scores[statement_in(scan, part, slug).transition.title_en]
            for part, slug in {"eco": "energy", **FIRST}.items()
            if part != "wcmt"
        )
        assert (eco["Score"], eco["Lowest possible"], eco["Highest possible"]) == (3, 3, 3)
        assert (human["Score"], human["Open points"]) == ("not applicable", None)
        assert (smart["Score"], smart["Lowest possible"], smart["Highest possible"]) == (
            "not known yet",
            1,
            5,
        )
        assert smart["Open points"] == 5
        assert rows[-1]["Part"] == "Overall"
        assert rows[-1]["Score"] == 3
        beside = [
            row for row in rows if (row["Counts in the overall score"] or "").startswith("no")
        ]
        assert len(beside) == 2

    def test_it_reads_well(self, reader: Client, scan: Scan) -> None:
        for sheet in downloaded(reader, scan).worksheets[:2]:
            assert sheet.freeze_panes is not None
            assert sheet.print_title_rows == "$1:$1"
            assert sheet.page_setup.orientation == "landscape"
            for cell in sheet[2]:
                assert cell.alignment.wrap_text
                assert sheet.column_dimensions[cell.column_letter].width >= 9

    def test_in_the_language_of_the_person(
        self, reader: Client, scan: Scan, member: Membership
    ) -> None:
        assert member.user.language == "nl"
        energy = statement_in(scan, "eco", "energy")
        rows = downloaded(reader, scan, "nl").worksheets[0].iter_rows(min_row=2, values_only=True)
        assert energy.text_nl in {row[1] for row in rows}

    def test_no_names_of_respondents(self, scan: Scan, adviser: User) -> None:
        book = downloaded(logged_in(adviser), scan)
        cells = [
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        ]
        assert not [text for text in cells if "Gust" in text]

    def test_before_the_first_answer_it_is_the_blank_list(
        self, reader: Client, member: Membership
    ) -> None:
        scan = start_scan(company=member.company, user=member.user)
        book = downloaded(reader, scan, "nl")
        rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
        assert len(rows) > 35
        assert {value for row in rows for value in row[8:]} <= {None, ""}
        assert all(row[3] and row[7] for row in rows), "five levels each"

    def test_taking_it_is_logged(self, reader: Client, scan: Scan, member: Membership) -> None:
        downloaded(reader, scan)
        entry = ExportLog.objects.get()
        assert (entry.what, entry.exported_by) == ("readiness_workbook", member.user)
        assert entry.subject.endswith("T0")
        assert scan.company.enterprise_number in entry.subject

    def test_an_open_scan_is_not_for_advisers(self, member: Membership, adviser: User) -> None:
        scan = start_scan(company=member.company, user=member.user)
        for name in ("workbook", "print"):
            url = reverse(f"readiness:{name}", args=[scan.pk])
            assert logged_in(adviser).get(url).status_code == 404
        assert not ExportLog.objects.exists()


class TestPrint:
    """One page with everything for a meeting."""

    def test_everything_is_there(self, reader: Client, scan: Scan) -> None:
        page = reader.get(reverse("readiness:print", args=[scan.pk]))
        assert page.status_code == 200
        text = page.content.decode()
        assert (
            text.count('class="printed-statement"')
            == Statement.objects.filter(transition__questionnaire=scan.questionnaire_id).count()
        )
        assert "readiness/print.css" in text
        assert "Toon de meters" in text
        assert "pagina&#x27;s meterstanden" in text
        assert statement_in(scan, "eco", "energy").levels.get(number=3).text_nl[:30] in text
        assert page.context["result"].overall_words in text
        assert 'class="printed-levels"' not in text
        assert "Gust" not in text

    def test_an_open_scan_has_levels_to_tick(self, reader: Client, member: Membership) -> None:
        scan = answered_scan(member.company, member.user, {"eco": "3"})
        text = reader.get(reverse("readiness:print", args=[scan.pk])).content.decode()
        unanswered = text.count('class="printed-statement"') - 5
        assert text.count('class="printed-levels"') == unanswered

    @pytest.mark.parametrize(("name", "count"), [("print", 8), ("workbook", 8)])
    def test_queries(
        self,
        reader: Client,
        scan: Scan,
        django_assert_num_queries: Any,
        name: str,
        count: int,
    ) -> None:
        url = reverse(f"readiness:{name}", args=[scan.pk])
        reader.get(url)
        with django_assert_num_queries(count):
            reader.get(url)
