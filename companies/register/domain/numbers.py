"""Enterprise and establishment numbers of the Belgian business register (KBO).

Both kinds have ten digits; the last two are 97 minus the first eight modulo 97
(KBO Open Data cookbook). Enterprise numbers start with 0 or 1, establishment
numbers with 2 to 8; 9 is left to branches of foreign entities.
"""

from __future__ import annotations

import re

LENGTH = 10
ENTERPRISE_STARTS = "01"
ESTABLISHMENT_STARTS = "2345678"
_SEPARATORS = re.compile(r"[\s.\-/]+")
_VAT_PREFIX = re.compile(r"^(?:BTW|TVA|VAT|MWST)?:?(?:BE)?:?", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]+")


class NumberError(ValueError):
    """The text is no number of the register; ``code`` says why, for the message."""

    code = "invalid"


class NotDigitsError(NumberError):
    """Nothing was given, or something other than digits and their usual separators."""

    code = "not_digits"


class WrongLengthError(NumberError):
    """There are not ten digits (or nine, for an old VAT number)."""

    code = "wrong_length"


class WrongStartError(NumberError):
    """The first digit belongs to no number of the kind asked."""

    code = "wrong_start"


class EstablishmentGivenError(NumberError):
    """An establishment number stands where an enterprise number is asked."""

    code = "establishment_given"


class EnterpriseGivenError(NumberError):
    """An enterprise number stands where an establishment number is asked."""

    code = "enterprise_given"


class WrongCheckDigitError(NumberError):
    """The last two digits do not follow from the first eight: a typing mistake."""

    code = "wrong_check_digit"


def check_digits(first_eight: int) -> int:
    """The last two digits (1..97) that go with the first eight."""
    return 97 - first_eight % 97


def with_check_digits(first_eight: int) -> str:
    """The ten-digit number that starts with these eight digits (0..99,999,999)."""
    return f"{first_eight:08d}{check_digits(first_eight):02d}"


def has_right_check_digits(number: str) -> bool:
    """``number`` (ten digits) ends as its first eight digits demand."""
    return int(number[8:]) == check_digits(int(number[:8]))


def _bare_digits(text: str) -> str:
    bare = _VAT_PREFIX.sub("", _SEPARATORS.sub("", text), count=1)
    if not _DIGITS.fullmatch(bare):
        raise NotDigitsError(text)
    return bare


def parse_enterprise_number(text: str) -> str:
    """Ten digits of an enterprise number in any usual notation.

    Takes dots, blanks, dashes, slashes, a ``BE`` or ``BTW BE`` prefix, and the nine
    digits of an old VAT number (a zero is put before them). Raises a
    :class:`NumberError` that says what is wrong.
    """
    digits = _bare_digits(text)
    if len(digits) == LENGTH - 1:
        digits = f"0{digits}"
    if len(digits) != LENGTH:
        raise WrongLengthError(text)
    if digits[0] in ESTABLISHMENT_STARTS:
        raise EstablishmentGivenError(text)
    if digits[0] not in ENTERPRISE_STARTS:
        raise WrongStartError(text)
    if not has_right_check_digits(digits):
        raise WrongCheckDigitError(text)
    return digits


def parse_establishment_number(text: str) -> str:
    """Ten digits of an establishment number in any usual notation; see above."""
    digits = _bare_digits(text)
    if len(digits) != LENGTH:
        raise WrongLengthError(text)
    if digits[0] in ENTERPRISE_STARTS:
        raise EnterpriseGivenError(text)
    if digits[0] not in ESTABLISHMENT_STARTS:
        raise WrongStartError(text)
    if not has_right_check_digits(digits):
        raise WrongCheckDigitError(text)
    return digits


def format_enterprise_number(number: str) -> str:
    """``0200065765`` as ``0200.065.765``, the way the register prints it."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"


def format_establishment_number(number: str) -> str:
    """``2000000339`` as ``2.000.000.339``, the way the register prints it."""
    return f"{number[:1]}.{number[1:4]}.{number[4:7]}.{number[7:]}"


def looks_like_number(text: str) -> bool:
    """Nothing but digits, separators and a country prefix, with at least one digit."""
    return bool(_DIGITS.fullmatch(_VAT_PREFIX.sub("", _SEPARATORS.sub("", text), count=1)))


def is_meant_as_number(text: str) -> bool:
    """It looks like a number and is about as long as one: "2000" is a postcode, "365" a name."""
    return looks_like_number(text) and sum(char.isdigit() for char in text) > 7


def parse_number(text: str) -> str:
    """Ten digits of either kind of number; raises a :class:`NumberError`."""
    try:
        return parse_enterprise_number(text)
    except EstablishmentGivenError:
        return parse_establishment_number(text)


def format_number(number: str) -> str:
    """Either kind of ten-digit number with dots in its own places."""
    if number[:1] in ENTERPRISE_STARTS:
        return format_enterprise_number(number)
    return format_establishment_number(number)
