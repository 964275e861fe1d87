"""Numbers of the register, read the way people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.register.domain import numbers
from companies.register.domain.numbers import (
    EnterpriseGivenError,
    EstablishmentGivenError,
    NotDigitsError,
    NumberError,
    WrongCheckDigitError,
    WrongLengthError,
    WrongStartError,
    format_number,
    parse_enterprise_number,
    parse_establishment_number,
    with_check_digits,
)

ENTERPRISE_STARTS = st.integers(0, 19_999_999)
ESTABLISHMENT_STARTS = st.integers(20_000_000, 89_999_999)


@pytest.mark.parametrize(
    "text",
    [
        "0200065765",
        "0200.065.765",
        "BE 0200.065.765",
        "be0200065765",
        "BTW BE 0200.065.765",
        "VAT: BE 0200 065 765",
        " 0200 065 765 ",
        "0200-065-765",
        "0200/065/765",
        "200.065.765",
        "BE 200.065.765",
        "0200\u00a0065\u00a0765",
    ],
)
def test_every_usual_notation_reads_as_the_same_number(text: str) -> None:
    assert parse_enterprise_number(text) == "0200065765"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", NotDigitsError),
        ("   ", NotDigitsError),
        ("BE", NotDigitsError),
        ("Bakkerij Jansen", NotDigitsError),
        ("0200.065.76x", NotDigitsError),
        ("٠٢٠٠٠٦٥٧٦٥", NotDigitsError),
        ("0200.065.76", WrongCheckDigitError),  # nine digits: read as an old VAT number
        ("0200.065", WrongLengthError),
        ("00200.065.765", WrongLengthError),
        ("0200.065.766", WrongCheckDigitError),
        ("2.000.000.339", EstablishmentGivenError),
        ("9.000.006.626", WrongStartError),
    ],
)
def test_a_wrong_enterprise_number_says_what_is_wrong(text: str, error: type[NumberError]) -> None:
    with pytest.raises(error):
        parse_enterprise_number(text)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("0200.065.765", EnterpriseGivenError),
        ("9.000.006.626", WrongStartError),
        ("2.000.000.338", WrongCheckDigitError),
        ("000.000.339", WrongLengthError),
        ("twee", NotDigitsError),
    ],
)
def test_a_wrong_establishment_number_says_what_is_wrong(
    text: str, error: type[NumberError]
) -> None:
    with pytest.raises(error):
        parse_establishment_number(text)


def test_an_establishment_number_is_read_and_written_with_its_dots() -> None:
    assert parse_establishment_number("2.000.000.339") == "2000000339"
    assert format_number("2000000339") == "2.000.000.339"
    assert format_number("0200065765") == "0200.065.765"


def test_each_kind_of_error_has_its_own_code() -> None:
    kinds = NumberError.__subclasses__()
    assert len({kind.code for kind in kinds}) == len(kinds)


def slow_check(number: str) -> bool:
    """The rule of the cookbook by hand: subtract 97 until less is left."""
    rest = int(number[:8])
    while rest >= 97:
        rest -= 97 * max(1, rest // 97)
    return int(number[8:]) == 97 - rest


@given(ENTERPRISE_STARTS | ESTABLISHMENT_STARTS, st.integers(0, 99))
def test_the_check_agrees_with_the_rule_by_hand(start: int, end: int) -> None:
    number = f"{start:08d}{end:02d}"
    assert numbers.has_right_check_digits(number) == slow_check(number)


@given(ENTERPRISE_STARTS)
def test_an_enterprise_number_survives_printing_and_reading(start: int) -> None:
    number = with_check_digits(start)
    assert parse_enterprise_number(format_number(number)) == number
    assert parse_enterprise_number(f"BE{number}") == number


@given(ESTABLISHMENT_STARTS)
def test_an_establishment_number_survives_printing_and_reading(start: int) -> None:
    number = with_check_digits(start)
    assert parse_establishment_number(format_number(number)) == number
    with pytest.raises(EstablishmentGivenError):
        parse_enterprise_number(number)


@given(ENTERPRISE_STARTS, st.integers(1, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(start: int, position: int, shift: int) -> None:
    number = with_check_digits(start)
    wrong = (int(number[position]) + shift) % 10
    mistyped = number[:position] + str(wrong) + number[position + 1 :]
    with pytest.raises(NumberError):
        parse_enterprise_number(mistyped)


@given(st.text(max_size=20))
def test_any_text_gives_a_number_or_a_typed_error(text: str) -> None:
    try:
        number = parse_enterprise_number(text)
    except NumberError:
        return
    assert len(number) == 10
    assert slow_check(number)
