"""Excel files that are made here: cells that stay what they are, and the download."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADING_FILL: Final = PatternFill("solid", fgColor="FFE8E8E8")
LONGEST_TEXT: Final = 32_767
"""Characters that a cell holds."""


def put(cell: Any, value: str | int | Decimal | date | None) -> None:
    """A value; a text stays a text, also when it looks like a formula and is edited later.

    Control characters, which no spreadsheet holds, are left out; a text that is too long
    ends in an ellipsis.
    """
    assert isinstance(cell, Cell)  # noqa: S101 - never a merged cell
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
        if len(value) > LONGEST_TEXT:
            value = f"{value[: LONGEST_TEXT - 1]}…"
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.lstrip().startswith(("=", "+", "-", "@"))


def put_heading(cell: Any, text: str) -> None:
    """A text at the head of a column."""
    put(cell, text)
    cell.font = Font(bold=True)
    cell.fill = HEADING_FILL
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def xlsx_response(filename: str, data: bytes) -> HttpResponse:
    """Send a workbook as a download; ``filename`` without ``.xlsx``."""
    response = HttpResponse(data, content_type=CONTENT_TYPE)
    disposition = content_disposition_header(
        as_attachment=True, filename=f"{get_valid_filename(filename)}.xlsx"
    )
    response["Content-Disposition"] = disposition or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
