"""Cells that stay what they are, and the download of a workbook."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from portal.common.spreadsheets import LONGEST_TEXT, put, put_heading, xlsx_response


def written(value: str) -> object:
    """What a cell holds after writing and reading the file."""
    book = Workbook()
    put(book.worksheets[0].cell(1, 1), value)
    target = BytesIO()
    book.save(target)
    cell = load_workbook(BytesIO(target.getvalue())).worksheets[0].cell(1, 1)
    assert cell.data_type != "f"
    return cell.value


@pytest.mark.parametrize("text", ["=1+1", "+32 2 123", "-", "@SUM(A1)", " =A1", "gewoon"])
def test_a_text_stays_a_text(text: str) -> None:
    assert written(text) == text


@pytest.mark.parametrize("text", ["=1+1", "\t-2", "@naam"])
def test_and_is_marked_so_when_it_looks_like_a_formula(text: str) -> None:
    cell = Workbook().worksheets[0].cell(1, 1)
    put(cell, text)
    assert cell.quotePrefix


def test_what_no_cell_holds_is_left_out() -> None:
    assert written("voor\x0bna\x07") == "voorna"


def test_a_text_that_is_too_long_says_that_it_goes_on() -> None:
    kept = str(written("x" * (LONGEST_TEXT + 1)))
    assert len(kept) == LONGEST_TEXT
    assert kept.endswith("x…")


def test_a_heading_is_bold_and_wraps() -> None:
    cell = Workbook().worksheets[0].cell(1, 1)
    put_heading(cell, "Deel")
    assert cell.value == "Deel"
    assert cell.font.bold
    assert cell.alignment.wrap_text


def test_the_download_is_not_kept_and_not_sniffed() -> None:
    response = xlsx_response("zelfscan T0 Dé/Hand", b"PK")
    assert response.content == b"PK"
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert response["Content-Disposition"].startswith("attachment")
    assert ".xlsx" in response["Content-Disposition"]
    assert "/" not in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
