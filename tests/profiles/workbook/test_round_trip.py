"""From a profile to a file and back: nothing lost, each edit seen, nothing ever raised."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from companies.profiles.content.sectors import SECTORS
from companies.profiles.domain.workbook.changes import compare
from companies.profiles.domain.workbook.package import RefusedError
from companies.profiles.enums import FteBand
from companies.profiles.models import Activity, Company, Customer
from companies.profiles.selectors import StoredFacts
from companies.profiles.workbook.part import Part, Row
from companies.profiles.workbook.parts import Activities, Customers, Offers, Workforce
from companies.profiles.workbook.plan import plan_of
from companies.profiles.workbook.read import Reading, read
from companies.profiles.workbook.write import workbook_of
from portal.common.vocabulary import Cell
from tests.factories import checked
from tests.profiles.workbook.files import edited, saved, with_members

pytestmark = pytest.mark.django_db  # customers and codes are looked up in the register
COMPANY = Company(name="=Atelier & co", enterprise_number="0400000005")
# What a form keeps: a line of text without blanks around it, control signs or two in a row.
TEXTS = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40)
SHARES = st.none() | st.integers(0, 10)
YES_NO = st.sampled_from([True, False, None])


@st.composite
def activities(draw: st.DrawFn) -> list[Activity]:
    cells = draw(st.lists(st.sampled_from(Cell), unique=True, max_size=3))
    others = draw(st.lists(TEXTS, unique=True, max_size=3))
    rows = [Activity(cell=cell.value) for cell in cells]
    rows += [Activity(cell=None, description=text) for text in others]
    for row in rows:
        row.turnover_share = draw(SHARES)
        row.fte_band = draw(st.sampled_from(["", *FteBand.values]))
        row.custom_work = draw(YES_NO)
        row.just_in_time = draw(YES_NO)
        row.automatable = draw(YES_NO)
        row.manual_share = draw(st.none() | st.integers(0, 100))
    return rows


@st.composite
def customers(draw: st.DrawFn) -> list[Customer]:
    names = draw(st.lists(TEXTS, unique=True, max_size=4))
    return [
        Customer(
            name=name,
            enterprise_number=draw(st.sampled_from(["", checked(4_000_000 + place)])),
            nace_division=draw(st.sampled_from(sorted(SECTORS))),
            turnover_share=draw(st.integers(0, 20)),
        )
        for place, name in enumerate(names)
    ]


FACTS = st.builds(
    StoredFacts,
    facts_version=st.integers(1, 9),
    activities=activities().map(tuple),
    customers=customers().map(tuple),
    offers=st.just(()),
    workforces=st.just(()),
)


def parts_from(facts: StoredFacts) -> list[Part]:
    """The sheets that need no database."""
    return [
        Activities(facts),
        Customers(COMPANY, facts),
        Workforce(facts, this_year=2026),
        Offers(facts),
    ]


EMPTY = StoredFacts(1, (), (), (), ())
FULL = StoredFacts(
    1,
    (
        Activity(cell=Cell.MAAK_METAAL.value, turnover_share=60, manual_share=40),
        Activity(cell=None, description="Groenwerk", turnover_share=10),
    ),
    (
        Customer(name="Choco nv", nace_division="10", turnover_share=40),
        Customer(name="Metaal bv", nace_division="25", turnover_share=20),
    ),
    (),
    (),
)


def file_of(facts: StoredFacts) -> bytes:
    return workbook_of(COMPANY, parts_from(facts), version=facts.facts_version)


@pytest.mark.parametrize("language", ["nl", "en"])
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(facts=FACTS)
def test_a_file_that_nobody_edits_changes_nothing(language: str, facts: StoredFacts) -> None:
    with translation.override(language):
        data = file_of(facts)
    # Read in Dutch, whatever the language of the file.
    with translation.override("nl"):
        reading = read(data, parts_from(facts))
        assert Reading.from_json(reading.to_json()) == reading
        plan = plan_of(reading, parts_from(facts))
        assert plan.problems == []
        assert plan.count == 0
        # The forms, which an untouched sheet is spared, find no difference either.
        for part in parts_from(facts):
            sheet = reading.sheets[part.key]
            lines = part.check([Row(number, values) for number, values in sheet.rows]).lines
            assert compare(part.stored, lines, [one.key for one in part.columns]) == []
        # Into an empty profile it brings everything.
        fresh = plan_of(reading, parts_from(EMPTY))
        assert len(fresh.parts.activities or ()) == len(facts.activities)
        assert len(fresh.parts.customers or ()) == len(facts.customers)


ANY_VALUE: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["=1+1", "1.234,56", "12,5", " ja ", "#REF!", "25%", "Yes", "10 Voeding"]),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Activities", "Customers", "Workforce", "Offers"]),
            st.integers(1, 9),
            st.integers(1, 9),
            ANY_VALUE,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_edit_is_a_change_or_a_located_problem(
    edits: list[tuple[str, int, int, Any]],
) -> None:
    def edit(book: Workbook) -> None:
        for sheet, row, column, value in edits:
            book[sheet].cell(row, column).value = value

    with translation.override("en"):
        data = edited(file_of(FULL), edit)
        plan = plan_of(read(data, parts_from(FULL)), parts_from(FULL))
        for problem in plan.problems:
            assert problem.message
            assert problem.place.startswith(problem.sheet)
        for sheet in plan.sheets:
            assert all(one.old != one.new for one in sheet.changes)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_bytes_give_the_one_refusal_and_nothing_else(data: st.DataObject) -> None:
    damaged = bytearray(DATA)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with suppress(RefusedError):
        plan_of(read(bytes(damaged), parts_from(FULL)), parts_from(FULL))


with translation.override("en"):
    DATA = file_of(FULL)


def places_of(data: bytes) -> list[str]:
    with translation.override("en"):
        plan = plan_of(read(data, parts_from(FULL)), parts_from(FULL))
        return [f"{one.place}: {one.message}" for one in plan.problems]


def cell(sheet: str, place: str, value: Any) -> Any:
    """An edit of one cell."""

    def edit(book: Workbook) -> None:
        book[sheet][place] = value

    return edit


def merged(book: Workbook) -> None:
    book["Customers"].merge_cells("A2:A3")


def doubled(book: Workbook) -> None:
    book.copy_worksheet(book["Customers"]).title = "Klanten"


def headless(book: Workbook) -> None:
    book["Customers"].delete_rows(1)


def endless(book: Workbook) -> None:
    for row in range(2, 700):
        book["Customers"].cell(row, 1).value = f"Klant {row}"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (cell("Customers", "D2", "=40+1"), "Customers, row 2, column D: This cell holds a formula"),
        (
            cell("Customers", "A30", "=1/0"),
            "Customers, row 30, column A: This cell holds",
        ),
        (cell("Customers", "C2", "Toveren"), "Customers, row 2, column C: Choose a value from"),
        (cell("Customers", "D2", 101), "Customers, row 2, column D: Ensure this value is less"),
        (
            cell("Customers", "D2", date(2026, 1, 1)),
            "Customers, row 2, column D: This cell holds",
        ),
        (cell("Customers", "A2", None), "Customers, row 2, column A: Type the name"),
        (cell("Customers", "D2", 90), "Customers: The shares of turnover add up to 110 %"),
        (cell("Customers", "B2", "0200065766"), "Customers, row 2, column B: This number does not"),
        (cell("Customers", "C1", "Branche"), "Customers: The column “Sector” is missing"),
        (
            cell("Customers", "C1", "Share of turnover (%)"),
            "Customers, row 1, column D: This",
        ),
        (cell("Activities", "A2", None), "Activities, row 2, column B: Describe this activity"),
        (cell("Workforce", "A2", 1999), "Workforce, row 2, column A: The year lies between"),
        (cell("Workforce", "B2", "Jan Peeters"), "Workforce, row 2, column B: Enter a number"),
        (
            cell("Offers", "A2", "Enclave work"),
            "Offers, row 6, column A: There is already",
        ),
        (merged, "Customers: Cells A2:A3 are merged"),
        (doubled, "Klanten: This sheet stands twice"),
        (headless, "Customers: The column"),
        (endless, "Customers: There are too many rows"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(edit: Any, expected: str) -> None:
    found = places_of(edited(DATA, edit))
    assert any(line.startswith(expected) for line in found), found


def test_numbers_in_dutch_and_percent_notation_are_understood() -> None:
    def edit(book: Workbook) -> None:
        sheet = book["Customers"]
        sheet["D2"] = 0.35
        sheet["D2"].number_format = "0%"
        sheet["D3"] = " 1,0 "
        book["Workforce"]["A2"] = "2025"
        book["Workforce"]["B2"] = "1.234,50"

    with translation.override("nl"):
        plan = plan_of(read(edited(DATA, edit), parts_from(FULL)), parts_from(FULL))
    assert not plan.problems
    assert [one.turnover_share for one in plan.parts.customers or ()] == [35, 1]
    assert (plan.parts.workforce or {})[2025].guides_fte == Decimal("1234.5")


def test_a_sheet_that_is_missing_or_unknown_is_left_alone_and_named() -> None:
    def edit(book: Workbook) -> None:
        del book["Customers"]
        book.create_sheet("Notities")["A1"] = "iets"
        book["Activities"]["Z1"] = "Opmerking"

    with translation.override("en"):
        plan = plan_of(read(edited(DATA, edit), parts_from(FULL)), parts_from(FULL))
    assert plan.absent == ["Customers"]
    assert plan.parts.customers is None
    assert plan.unread == ["Activities, column Z", "Notities"]


def test_a_declared_size_is_not_believed() -> None:
    """Files of some programs say A1:XFD1048576; the rows themselves decide."""
    with zipfile.ZipFile(BytesIO(DATA)) as archive:
        huge: dict[str, bytes | None] = {
            name: re.sub(
                rb'<dimension ref="[^"]*"',
                b'<dimension ref="A1:XFD1048576"',
                archive.read(name),
            )
            for name in archive.namelist()
            if name.startswith("xl/worksheets/sheet")
        }
    assert places_of(with_members(DATA, huge)) == []


def test_a_workbook_without_our_sheets_is_refused() -> None:
    with pytest.raises(RefusedError):
        read(saved(Workbook()), parts_from(EMPTY))


def test_text_never_becomes_a_formula() -> None:
    bad = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"]
    facts = StoredFacts(
        1, (), tuple(Customer(name=t, nace_division="10", turnover_share=1) for t in bad), (), ()
    )
    with translation.override("en"):
        book = load_workbook(BytesIO(file_of(facts)))
    column = [book["Customers"].cell(row, 1) for row in range(2, 2 + len(bad))]
    assert [one.value for one in column] == bad
    assert {one.data_type for one in column} == {"s"}
    assert all(one.quotePrefix for one in column)
    assert all(one.data_type != "f" for sheet in book for row in sheet.iter_rows() for one in row)


def test_numbers_are_numbers_and_choices_are_lists() -> None:
    with translation.override("nl"):
        book = load_workbook(BytesIO(file_of(FULL)))
    sheet = book["Klanten"]
    assert sheet["D2"].value == 40
    assert sheet["D2"].data_type == "n"
    assert sheet.freeze_panes == "B2"
    kinds = {one.type for one in sheet.data_validations.dataValidation}
    assert kinds == {"list", "whole"}
    assert [one.title for one in book if one.sheet_state == "hidden"] == book.sheetnames[-1:]


def test_headings_of_a_sheet_are_all_different() -> None:
    for part in parts_from(EMPTY):
        for language in ("nl", "en"):
            headings = [one.heading[language].casefold() for one in part.columns]
            assert len(set(headings)) == len(headings)


def test_the_sheet_of_the_workforce_takes_numbers_only() -> None:
    workforce = Workforce(EMPTY, this_year=2026)
    assert {one.kind.value for one in workforce.columns} == {"whole", "decimal"}
