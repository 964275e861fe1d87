"""Lists that a spreadsheet opens without harm."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.common.exports import BOM, PLAIN, cell, csv_lines, csv_response


def read(lines, delimiter=";"):
    return list(csv.reader(io.StringIO("".join(lines).removeprefix(BOM)), delimiter=delimiter))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "1"),
        (-12, "-12"),
        (2.5, "2,5"),
        (Decimal("1E+3"), "1000"),
        (date(2026, 11, 2), "2026-11-02"),
        (datetime(2026, 7, 1, 10, 0, tzinfo=UTC), "2026-07-01 12:00:00"),
        ("De Sleutel", "De Sleutel"),
        ("=1+1", "'=1+1"),
        ("-2", "'-2"),
        ("  @SUM(A1)", "'  @SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
    ],
)
def test_values_as_a_belgian_spreadsheet_reads_them(value, text):
    assert cell(value) == text


def test_other_programs_get_points_and_commas():
    assert read(csv_lines(["a", "b"], [[1.5, "x,y"]], dialect=PLAIN), ",") == [
        ["a", "b"],
        ["1.5", "x,y"],
    ]


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r\n"))


@given(st.lists(st.lists(texts, min_size=2, max_size=2), max_size=5))
def test_no_text_can_start_a_formula_and_none_is_lost(rows):
    back = read(csv_lines(["a", "b"], rows))[1:]
    for given_row, row in zip(rows, back, strict=True):
        for text, seen in zip(given_row, row, strict=True):
            assert seen in {text, f"'{text}"}
            assert not seen.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t"))


def test_the_download_is_sent_while_it_is_read():
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield [number]

    response = csv_response("maatwerkbedrijven 2026", ["nummer"], rows())
    assert response.streaming
    assert not asked
    body = b"".join(response.streaming_content)
    assert body == b"\xef\xbb\xbfnummer\r\n0\r\n1\r\n2\r\n"
    assert response["Content-Disposition"] == 'attachment; filename="maatwerkbedrijven_2026.csv"'
    assert response["Cache-Control"] == "private, no-store"
