"""The profile as an .xlsx to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from companies.profiles.domain.workbook.cells import Kind
from companies.profiles.domain.workbook.package import column_letters
from companies.profiles.models import Company
from companies.profiles.workbook.columns import Column, words_in
from companies.profiles.workbook.messages import EXPLANATION, LISTS
from companies.profiles.workbook.part import Part
from portal.common.spreadsheets import put, put_heading

FORMATS = {
    Kind.TEXT: "@",
    Kind.CHOICE: "@",
    Kind.WHOLE: "0",
    Kind.DECIMAL: "0.00",
    Kind.DATE: "dd/mm/yyyy",
}
SPARE_ROWS = 20
_MARK = "maatwerkportaal"


def source_mark(company: Company, version: int) -> str:
    """Which company and which version of its facts a file was made from."""
    return f"{_MARK}:{company.enterprise_number}:{version}"


def source_of(mark: object) -> tuple[str, int] | None:
    """The company number and version in a mark; None when it is none of ours."""
    parts = str(mark or "").split(":")
    if len(parts) != 3 or parts[0] != _MARK or not parts[2].isdecimal() or len(parts[2]) > 12:
        return None
    return parts[1][:10], int(parts[2])


def workbook_of(company: Company, parts: Sequence[Part], *, version: int) -> bytes:
    """The file."""
    book = Workbook()
    _explain(book, company, parts)
    # Choices stand in cells: a list inside the rule itself may have 255 characters only.
    lists = book.create_sheet(str(LISTS))
    lists.sheet_state = "hidden"
    used = 0
    for part in parts:
        sheet = book.create_sheet(str(part.title), index=len(book.sheetnames) - 1)
        _fill(sheet, part)
        for place, column in enumerate(part.columns, start=1):
            if column.choices:
                used += 1
                for row, (_code, labels) in enumerate(column.choices, start=1):
                    put(lists.cell(row, used), words_in(labels))
            _restrict(sheet, part, column, place, _range(lists.title, used, column))
    book.properties.title = _("Profile and workforce")
    book.properties.creator = "Maatwerkportaal"
    book.properties.identifier = source_mark(company, version)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _explain(book: Workbook, company: Company, parts: Sequence[Part]) -> None:
    sheet = book.worksheets[0]
    sheet.title = str(EXPLANATION)
    lines = [
        (_("Profile and workforce"), ""),
        (_("Company"), company.name),
        ("", ""),
        (_("How it works"), _("Change the cells that you want to change and save the file.")),
        ("", _("Upload the file in the portal. You see each change before anything is written.")),
        ("", _("Leave the names of the sheets and the headings as they are.")),
        ("", _("A sheet that you delete from the file changes nothing in the portal.")),
        ("", _("A row that you delete from a sheet is removed from the portal.")),
        ("", _("Type values, no formulas, and do not merge cells.")),
        ("", _("Never type names of workers or anything about one person.")),
        ("", ""),
        *((str(part.title), str(part.hint)) for part in parts),
    ]
    for row, (left, right) in enumerate(lines, start=1):
        put(sheet.cell(row, 1), left)
        put(sheet.cell(row, 2), right)
        sheet.cell(row, 1).font = Font(bold=True)
        sheet.cell(row, 2).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 90


def _fill(sheet: Worksheet, part: Part) -> None:
    for place, column in enumerate(part.columns, start=1):
        put_heading(sheet.cell(1, place), words_in(column.heading))
        wide = column.kind in {Kind.TEXT, Kind.CHOICE}
        sheet.column_dimensions[column_letters(place)].width = 34 if wide else 18
    sheet.freeze_panes = "B2"
    for row in range(2, _last_row(part) + 1):
        values = part.stored[row - 2][1] if row - 2 < len(part.stored) else {}
        for place, column in enumerate(part.columns, start=1):
            cell = sheet.cell(row, place)
            cell.number_format = FORMATS[column.kind]
            put(cell, _typed(column, values.get(column.key, "")))


def _last_row(part: Part) -> int:
    """Rows for what is stored and some more, within what the sheet may hold."""
    return 1 + max(len(part.stored), min(part.most_rows, len(part.stored) + SPARE_ROWS))


def _typed(column: Column, value: str) -> str | int | Decimal | date | None:
    if value == "":
        return None
    if (label := column.label_of(value)) != value:
        return label
    if column.kind == Kind.WHOLE and value.lstrip("-").isdecimal():
        return int(value)
    if column.kind == Kind.DECIMAL:
        return Decimal(value)
    if column.kind == Kind.DATE:
        return parse_date(value)
    return value


def _range(title: str, used: int, column: Column) -> str:
    letters = column_letters(used) if used else "A"
    return f"'{title}'!${letters}$1:${letters}${len(column.choices)}"


def _restrict(sheet: Worksheet, part: Part, column: Column, place: int, choices: str) -> None:
    """What Excel itself lets somebody type; the portal checks again."""
    if column.choices and column.kind == Kind.CHOICE:
        rule = DataValidation(type="list", formula1=f"={choices}", allow_blank=True)
        rule.error = _("Choose from the list.")
    elif column.kind in {Kind.WHOLE, Kind.DECIMAL} and not column.choices:
        low, high = column.minimum, column.maximum
        if low is None or high is None:
            return
        rule = DataValidation(
            type="whole" if column.kind == Kind.WHOLE else "decimal",
            operator="between",
            formula1=str(low),
            formula2=str(high),
            allow_blank=True,
        )
        rule.error = _("Type a number from %(low)s to %(high)s.") % {"low": low, "high": high}
    else:
        return
    rule.showErrorMessage = True
    letters = column_letters(place)
    rule.add(f"{letters}2:{letters}{_last_row(part)}")
    sheet.add_data_validation(rule)
