"""A scan as an Excel file: questions with answers, scores, and what the file is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assessments.readiness.domain.answers import HIGHEST_LEVEL, LOWEST_LEVEL
from assessments.readiness.domain.scoring import ScanScore, Score
from assessments.readiness.models import Scan
from assessments.readiness.pages.filled import FilledPart, FilledStatement
from assessments.readiness.pages.results import rounded
from assessments.readiness.selectors import Comment
from portal.common.spreadsheets import put, put_heading

Value = str | int | Decimal | date | None
TOP = Alignment(wrap_text=True, vertical="top")
DATE = "dd/mm/yyyy"
SCORE = "0.0"
A3 = 8
"""Code of the paper size: on A4 the answers with their five levels are not readable."""


def workbook_of(
    scan: Scan, parts: Sequence[FilledPart], scores: ScanScore, *, now: datetime
) -> bytes:
    """The file in the language of the page; for a scan without answers a list to fill in.

    It holds nothing that the page of the scan does not show: no names of respondents.
    """
    book = Workbook()
    answers = book.worksheets[0]
    answers.title = _("Answers")
    _write_answers(answers, parts)
    _write_scores(book.create_sheet(_("Scores")), parts, scores)
    _write_about(book.create_sheet(_("About this file")), scan, now)
    book.properties.title = _("Self-assessment %(moment)s of %(company)s") % {
        "moment": scan.label,
        "company": scan.company.name,
    }
    book.properties.creator = "Maatwerkportaal"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _write_answers(sheet: Worksheet, parts: Iterable[FilledPart]) -> None:
    levels = range(LOWEST_LEVEL, HIGHEST_LEVEL + 1)
    columns = [
        (_("Part"), 20),
        (_("Statement"), 36),
        (_("Example"), 36),
        *((_("Level %(level)s") % {"level": number}, 30) for number in levels),
        (_("Answer"), 18),
        (_("Level"), 9),
        (pgettext("beside an answer", "Note"), 36),
        (_("What shows it"), 30),
        (_("Settled after discussion"), 16),
        (_("Comments of the adviser"), 40),
    ]
    _head(sheet, columns)
    sheet.freeze_panes = "C2"
    row = 2
    for part in parts:
        for item in part.statements:
            _fill(sheet, row, (part.part.title, *_cells(item)))
            row += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{row - 1}"


def _cells(item: FilledStatement) -> tuple[Value, ...]:
    texts = {level.number: level.text for level in item.levels}
    answer = item.answer
    settled = answer.settled_at if answer else None
    return (
        item.statement.text,
        item.statement.example,
        *(texts.get(number, "") for number in range(LOWEST_LEVEL, HIGHEST_LEVEL + 1)),
        item.words if answer else "",
        answer.level if answer else None,
        item.note,
        "\n".join(item.evidence),
        timezone.localtime(settled).date() if settled else None,
        "\n\n".join(_comment(comment) for comment in item.comments),
    )


def _comment(comment: Comment) -> str:
    return _("%(name)s, %(date)s: %(text)s") % {
        "name": comment.written_by,
        "date": _day(comment.written_at),
        "text": comment.text,
    }


def _write_scores(sheet: Worksheet, parts: Iterable[FilledPart], scores: ScanScore) -> None:
    _head(
        sheet,
        [
            (_("Part"), 44),
            (_("Counts in the overall score"), 20),
            (_("Score"), 14),
            (_("Lowest possible"), 14),
            (_("Highest possible"), 14),
            (_("Open points"), 14),
            (_("Not applicable"), 14),
        ],
    )
    sheet.freeze_panes = "B2"
    row = 2
    for part in parts:
        counts = _("no, shown beside it") if part.part.is_module else _("yes")
        _fill(sheet, row, (part.part.title, counts, *_figures(scores.of(part.part.slug))))
        row += 1
    _fill(sheet, row, (_("Overall"), "", *_figures(scores.overall)))
    for cell in sheet[row]:
        cell.font = Font(bold=True)


def _figures(score: Score | None) -> tuple[Value, ...]:
    """Score, lowest, highest, open points, not applicable."""
    if score is None:
        return (_("not applicable"), None, None, None, None)
    return (
        _("not known yet") if score.value is None else rounded(score.value),
        rounded(score.low),
        rounded(score.high),
        score.open_points,
        score.not_applicable,
    )


def _write_about(sheet: Worksheet, scan: Scan, now: datetime) -> None:
    status = (
        _("open: the answers can still change")
        if scan.submitted_at is None
        else _("submitted on %(date)s") % {"date": _day(scan.submitted_at)}
    )
    lines = [
        (_("Company"), f"{scan.company.name} ({scan.company.enterprise_number})"),
        (_("Moment"), scan.label),
        (_("Status"), status),
        (_("Version of the questionnaire"), str(scan.questionnaire.version)),
        (_("This file was made on"), _day(now)),
        (
            _("Source"),
            _("Self-assessment Industry 4.0 of the Maatwerkportaal, filled in by the company."),
        ),
        (
            _("Score"),
            _(
                "The mean of the levels that were given, from 1 to 5. Level 4 is a factory of"
                " the future. “Not applicable” does not count."
            ),
        ),
        (
            _("Lowest and highest possible"),
            _(
                "An open point is a statement without an answer or with “Don't know”. The"
                " lowest score is the one when every open point turns out to be level 1, the"
                " highest when every one turns out to be level 5."
            ),
        ),
        (
            _("Prepare on paper"),
            _("Print the sheet with the answers on A3. The headings come back on each page."),
        ),
    ]
    for row, (left, right) in enumerate(lines, start=1):
        put(sheet.cell(row, 1), left)
        put(sheet.cell(row, 2), right)
        sheet.cell(row, 1).font = Font(bold=True)
        sheet.cell(row, 1).alignment = TOP
        sheet.cell(row, 2).alignment = TOP
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 80


def _head(sheet: Worksheet, columns: Sequence[tuple[str, int]]) -> None:
    """The headings, which stay in view and come back on each printed page."""
    for place, (title, width) in enumerate(columns, start=1):
        put_heading(sheet.cell(1, place), title)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A3
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _fill(sheet: Worksheet, row: int, values: Iterable[Value]) -> None:
    for place, value in enumerate(values, start=1):
        cell: Any = sheet.cell(row, place)
        put(cell, value)
        cell.alignment = TOP
        if isinstance(value, Decimal):
            cell.number_format = SCORE
        elif isinstance(value, date):
            cell.number_format = DATE


def _day(moment: datetime) -> str:
    return str(formats.date_format(timezone.localtime(moment), "DATE_FORMAT"))
