"""Rows on their way into temporary tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from companies.register.importing.staging import Staging, copy_line

TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=12
) | st.sampled_from(["\\", "\\N", "\t", "a\\tb", "\r\n", "\\."])
# What the server makes of an escape.
MEANINGS = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}


def read_back(field: str) -> str | None:
    """A field of COPY's text format, as the server's manual describes it."""
    if field == "\\N":
        return None
    text, signs = "", iter(field)
    for sign in signs:
        text += MEANINGS[next(signs)] if sign == "\\" else sign
    return text


@given(st.lists(st.one_of(st.none(), TEXT, st.integers()), min_size=1, max_size=5).map(tuple))
def test_a_line_for_copy_reads_back_as_the_row(row: tuple[Any, ...]) -> None:
    line = copy_line(row)
    assert line.count("\n") == 1
    assert [read_back(field) for field in line[:-1].split("\t")] == [
        None if value is None else str(value) for value in row
    ]


@pytest.mark.django_db(transaction=True)
def test_every_kind_of_value_arrives_in_its_table() -> None:
    staging = Staging()
    rows: list[tuple[Any, ...]] = [
        (1, "1950000163", "1950.000.163", True, "", "000", date(2003, 2, 1), False),
        (2, "1950000264", "x", False, "\\N", "a\tb\\", None, True),
    ]
    with transaction.atomic():
        staging.create()
        for row in rows:
            staging.add("st_enterprise", row)
        staging.flush()
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM st_enterprise ORDER BY line")
            assert cursor.fetchall() == rows
