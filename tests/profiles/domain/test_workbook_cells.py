"""What cells say: numbers in either notation, never a date or a formula for a number."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.profiles.domain.workbook.cells import (
    Kind,
    Raw,
    Trouble,
    TroubleError,
    plain_number,
    text_of,
    tidy,
)


@pytest.mark.parametrize(
    ("text", "whole", "decimal"),
    [
        ("12", "12", "12"),
        ("12,5", "12.5", "12.5"),
        ("12.5", "12.5", "12.5"),
        ("1.234,56", "1234.56", "1234.56"),
        ("1,234.56", "1234.56", "1234.56"),
        ("1.234.567,8", "1234567.8", "1234567.8"),
        ("1.234", "1234", "1.234"),
        ("1,234", "1234", "1.234"),
        ("1.234.567", "1234567", "1234567"),
        ("1 234,5", "1234.5", "1234.5"),
        ("1\u202f234", "1234", "1234"),
        ("1'234", "1234", "1234"),
        ("40 %", "40", "40"),
        ("-3", "-3", "-3"),
        ("12,34,5", "12,34,5", "12,34,5"),
        ("1.23,45.6", "1.23,45.6", "1.23,45.6"),
        ("12a", "12a", "12a"),
        ("Jan", "Jan", "Jan"),
        ("", "", ""),
    ],
)
def test_numbers_as_people_type_them(text: str, whole: str, decimal: str) -> None:
    assert plain_number(text, whole=True) == whole
    assert plain_number(text, whole=False) == decimal


@given(st.decimals(0, 10**9, places=2), st.sampled_from([(".", ","), (",", "."), (" ", ",")]))
def test_a_grouped_number_means_the_same_in_every_notation(
    number: Decimal, marks: tuple[str, str]
) -> None:
    group, mark = marks
    text = f"{number:,.2f}".replace(",", "G").replace(".", mark).replace("G", group)
    assert Decimal(plain_number(text, whole=False)) == number


@pytest.mark.parametrize(
    ("raw", "kind", "expected"),
    [
        (Raw(), Kind.WHOLE, ""),
        (Raw(12), Kind.WHOLE, "12"),
        (Raw(12.0), Kind.WHOLE, "12"),
        (Raw(0.1 + 0.2), Kind.DECIMAL, "0.3"),
        (Raw(0.4, is_percent=True), Kind.WHOLE, "40"),
        (Raw(-0.0), Kind.WHOLE, "0"),
        (Raw(82.92), Kind.TEXT, "82.92"),
        (Raw(2025), Kind.TEXT, "2025"),
        (Raw("  a\u00a0\n b \x07"), Kind.TEXT, "a b"),
        (Raw(True), Kind.CHOICE, "yes"),
        (Raw(datetime(2026, 3, 1)), Kind.DATE, "2026-03-01"),  # noqa: DTZ001 - as the library reads it
        (Raw(date(2026, 3, 1)), Kind.DATE, "2026-03-01"),
    ],
)
def test_what_cells_say(raw: Raw, kind: Kind, expected: str) -> None:
    assert text_of(raw, kind) == expected


@pytest.mark.parametrize(
    ("raw", "kind", "trouble"),
    [
        (Raw("#REF!", is_error=True), Kind.WHOLE, Trouble.ERROR_VALUE),
        (Raw(date(2026, 3, 1)), Kind.WHOLE, Trouble.DATE),
        (Raw(date(2026, 3, 1)), Kind.TEXT, Trouble.DATE),
        (Raw(time(12)), Kind.DATE, Trouble.NOT_A_DATE),
        (Raw(True), Kind.WHOLE, Trouble.NOT_A_NUMBER),
        (Raw(float("inf")), Kind.WHOLE, Trouble.NOT_A_NUMBER),
        (Raw(float("nan")), Kind.DECIMAL, Trouble.NOT_A_NUMBER),
        (Raw(10**400), Kind.WHOLE, Trouble.NOT_A_NUMBER),
    ],
)
def test_what_cells_may_not_say(raw: Raw, kind: Kind, trouble: Trouble) -> None:
    with pytest.raises(TroubleError) as caught:
        text_of(raw, kind)
    assert caught.value.trouble == trouble


ANYTHING: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(ANYTHING, st.sampled_from(Kind), st.booleans(), st.booleans())
def test_any_cell_gives_text_or_a_known_trouble(
    value: Any, kind: Kind, is_error: bool, is_percent: bool
) -> None:
    with suppress(TroubleError):
        text = text_of(Raw(value, is_error, is_percent), kind)
        assert text == tidy(text)
