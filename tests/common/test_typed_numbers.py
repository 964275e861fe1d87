"""Numbers as people type and paste them: every usual way is read, nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from portal.common.components import localised
from portal.common.forms import TypedNumberField
from portal.common.typed_numbers import (
    ForeignMarkError,
    NotANumberError,
    plain_text,
    read_number,
)

EURO = ("€", "EUR", "euro", "€ per stuk")
MARKS = {"nl": ",", "en": "."}
LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])


def read(text: str, language: str = "nl") -> str | None:
    """The value as text, with a question mark when somebody may doubt it."""
    reading = read_number(
        text, decimal_mark=MARKS[language], own_marks=EURO, other_marks=("%", "$")
    )
    if reading is None:
        return None
    return f"{reading.value}{'?' if reading.is_doubtful else ''}"


@LANGUAGES
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1234.56", "1234.56"),
        ("1234,56", "1234.56"),
        ("€ 1.234,56", "1234.56"),
        ("1.234,56 euro", "1234.56"),
        ("€\u00a01.234,56", "1234.56"),
        ("1\u00a0234\u00a0567,5", "1234567.5"),
        ("1\u202f234,5", "1234.5"),
        ("  12,5  ", "12.5"),
        ("12,50 € per stuk", "12.50"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("-3", "-3"),
        ("−3,5", "-3.5"),
        ("-€ 5", "-5"),
        ("€ −5", "-5"),
        ("+5", "5"),
        ("-0", "0"),
        ("0,123", "0.123"),
        ("0.123", "0.123"),
        (".5", "0.5"),
        ("5,", "5"),
        ("1234,567", "1234.567"),
        ("12,3456", "12.3456"),
        ("１２", "12"),
    ],
)
def test_what_is_clear_is_read_alike_in_both_languages(
    language: str, text: str, value: str
) -> None:
    assert read(text, language) == value


@pytest.mark.parametrize(
    ("text", "dutch", "english"),
    [
        ("1.234", "1234?", "1.234?"),
        ("1,234", "1.234?", "1234?"),
        ("-12.000", "-12000?", "-12.000?"),
    ],
)
def test_what_is_doubtful_goes_by_the_language_and_says_so(
    text: str, dutch: str, english: str
) -> None:
    assert (read(text, "nl"), read(text, "en")) == (dutch, english)


@LANGUAGES
@pytest.mark.parametrize("text", ["", "   ", "\u00a0"])
def test_nothing_is_nothing(language: str, text: str) -> None:
    assert read(text, language) is None


@LANGUAGES
@pytest.mark.parametrize(
    "text",
    [
        "veel", "€", "1.23.45", "1.23,45", "1,2,3", "12 34", "1,23 4", "1e5", "NaN", "Infinity",
        "--5", "1-2", "5 €€", "½", "1'234", "12a", "1\x002", "٣", "9" * 41, "1.234,567.8", ",", "-",
    ],
)  # fmt: skip
def test_nonsense_is_refused(language: str, text: str) -> None:
    with pytest.raises(NotANumberError):
        read(text, language)


@pytest.mark.parametrize(("text", "mark"), [("12,5 %", "%"), ("$ 5", "$"), ("-5%", "%")])
def test_another_unit_is_told_apart_from_nonsense(text: str, mark: str) -> None:
    with pytest.raises(ForeignMarkError) as caught:
        read(text)
    assert caught.value.mark == mark


@LANGUAGES
@given(value=st.decimals(-(10**12), 10**12, places=4))
@example(value=Decimal("1.234"))
@example(value=Decimal(1234))
def test_a_formatted_number_is_read_back(language: str, value: Decimal) -> None:
    """As the portal prints it, with thousands and without, with and without a sign."""
    with translation.override(language):
        for decimals in range(5):
            text = localised(value, decimals)
            shown = round(value, decimals)
            found = read_number(f"€ {text}", decimal_mark=MARKS[language], own_marks=EURO)
            assert found is not None
            # Half up against half even: a hundredth of a cent is not what this is about.
            assert abs(found.value - shown) <= Decimal(1).scaleb(-decimals)
            if decimals == 4:
                assert found.value == value
    plain = plain_text(value, decimal_mark=MARKS[language])
    again = read_number(plain, decimal_mark=MARKS[language])
    assert again is not None
    assert again.value == value


@LANGUAGES
@given(text=st.text(alphabet="0123456789.,-− €%'e", max_size=12))
def test_any_text_is_a_number_nothing_or_refused(language: str, text: str) -> None:
    try:
        reading = read_number(text, decimal_mark=MARKS[language], own_marks=EURO)
    except NotANumberError:
        return
    if reading is not None:
        digits = [one for one in text if one in "0123456789"]
        assert "".join(digits).lstrip("0") in str(abs(reading.value)).replace(".", "") + "0" * 12


def field(**more: object) -> TypedNumberField:
    """Euro from 0 to 10000 with two decimals, unless asked otherwise."""
    given = {
        "minimum": Decimal(0),
        "maximum": Decimal(10000),
        "decimals": 2,
        "unit": "€ per stuk",
        "own_marks": EURO,
        "other_marks": ("%",),
        "required": False,
    }
    return TypedNumberField(**{**given, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "more", "message"),
    [
        ("veel", {}, "This is not a number. Type digits only, for example 12.5."),
        ("veel", {"decimals": 0}, "This is not a number. Type digits only, for example 1234."),
        ("-3", {}, "A number below 0 cannot be right here. Type 0 or more."),
        ("0.001", {"minimum": Decimal("0.01"), "decimals": 3}, "Type 0.01 or more."),
        ("10001", {}, "Type 10,000 or less. Is there a digit too many?"),
        ("1.5", {"decimals": 0}, "Type a whole number, without decimals."),
        ("1.005", {}, "Type at most 2 decimals. Do you mean thousands? Then type 1005."),
        ("1.25", {"decimals": 1}, "Type at most 1 decimal."),
        ("5 %", {}, "“%” does not belong here: this field is in € per stuk."),
        ("5 %", {"unit": ""}, "“%” does not belong here: type the number alone."),
        ("1." + "0" * 35 + "1", {}, "Type at most 2 decimals."),
    ],
)
def test_the_field_says_what_to_type(text: str, more: dict[str, object], message: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        field(**more).clean(text)
    assert caught.value.messages == [message]


def test_the_field_says_how_it_read_a_doubtful_number() -> None:
    with translation.override("en"):
        assert field().understood("1.234") == "Read as 1.234, a number with decimals."
        assert field().understood("1,234") == "Read as 1234, a whole number."
        assert {field().understood(text) for text in ("12", "", "veel", None, Decimal(1))} == {""}


def test_the_field_shows_a_stored_number_as_one_would_type_it() -> None:
    with translation.override("nl"):
        assert field().prepare_value(Decimal("1234.50")) == "1234,5"
        assert field().prepare_value("12 veel") == "12 veel"
        assert field().prepare_value(Decimal("0E-4")) == "0"


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        (Decimal("12.50"), "12,5", False),
        (Decimal(0), "", True),
        (None, "", False),
        (None, "0", True),
        (Decimal(1), "veel", True),
        ("veel", "veel", False),
    ],
)
def test_the_same_number_written_otherwise_is_no_change(before, after, changed: bool) -> None:
    with translation.override("nl"):
        assert field().has_changed(before, after) is changed


def test_a_field_that_may_be_negative_gets_a_keypad_with_a_minus() -> None:
    assert field().widget.attrs["inputmode"] == "decimal"
    assert field(minimum=Decimal(-5)).widget.attrs["inputmode"] == "text"
