"""What the rows of KBO Open Data mean: absences, dates, and which of several rows counts.

Columns and codes follow the KBO Open Data cookbook (R018). Everything is plain values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from portal.common.vocabulary import NaceVersion

NATURAL_PERSON = "1"
# Newest first: the first version in which an entity has any activity is the one that counts.
VERSIONS: tuple[NaceVersion, ...] = (
    NaceVersion.NACE_2025,
    NaceVersion.NACE_2008,
    NaceVersion.NACE_2003,
)
CLASS_RANK: Mapping[str, int] = {"MAIN": 0, "SECO": 1, "ANCI": 2}
# Language: 2 Dutch first, then 0 unknown, then French, German, English.
_LANGUAGE_RANK: Mapping[str, int] = {"2": 0, "0": 1, "1": 2, "3": 3, "4": 4}
# Type: 001 name, 002 abbreviation, 003 trade name, 004 name of a branch.
_ENTERPRISE_NAMES: Mapping[str, int] = {"001": 0, "003": 1, "002": 2, "004": 3}
_PLACE_NAMES: Mapping[str, int] = {"003": 0, "001": 1, "004": 2, "002": 3}
_TRADE_NAMES: Mapping[str, int] = {"003": 0, "002": 1}
_SEAT_TYPES: Mapping[str, int] = {"REGO": 0, "OBAD": 1}
_PLACE_TYPES: Mapping[str, int] = {"BAET": 0}


class RecordError(ValueError):
    """A row that cannot be read; the message says which value is wrong."""


class Name(NamedTuple):
    """A row of ``denomination.csv`` without its number."""

    language: str
    type: str
    text: str


class Activity(NamedTuple):
    """A row of ``activity.csv`` without its number and group."""

    version: str
    code: str
    classification: str


@lru_cache(maxsize=50_000)
def parse_day(text: str) -> date | None:
    """``dd-mm-yyyy`` as a date; nothing for an absent value. Raises RecordError."""
    if not text:
        return None
    parts = text.split("-")
    if len(parts) != 3 or len(parts[2]) != 4:
        raise RecordError(f"{text!r} is no date in the form dd-mm-yyyy")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError as error:
        raise RecordError(f"{text!r} is no date") from error


def name_rank(type_: str, language: str, *, of_place: bool) -> int | None:
    """How much a name is preferred, lower first; None for a type that nobody knows.

    The type decides before the language: an enterprise goes by its name, an
    establishment by its trade name; then Dutch, unknown, any other language.
    """
    types = _PLACE_NAMES if of_place else _ENTERPRISE_NAMES
    if type_ not in types:
        return None
    return types[type_] * 10 + _LANGUAGE_RANK.get(language, 9)


def trade_name_rank(type_: str, language: str) -> int | None:
    """As above, but only names that are no name of a person: for natural persons."""
    if type_ not in _TRADE_NAMES:
        return None
    return _TRADE_NAMES[type_] * 10 + _LANGUAGE_RANK.get(language, 9)


def preferred_name(names: Iterable[Name], *, of_place: bool = False) -> str:
    """The name to show; the first one among equals, empty when there is none."""
    ranked = [
        (rank, name.text)
        for name in names
        if (rank := name_rank(name.type, name.language, of_place=of_place)) is not None
    ]
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else ""


def address_rank(type_: str, struck_off_on: str, *, of_place: bool) -> int | None:
    """How much an address is preferred, lower first; None when it does not count.

    An address with a date of striking off is no longer valid. A seat is of type REGO
    (or OBAD, the oldest establishment of a foreign entity), an establishment's BAET.
    """
    if struck_off_on:
        return None
    return (_PLACE_TYPES if of_place else _SEAT_TYPES).get(type_)


def chosen_version(versions: Iterable[str]) -> NaceVersion | None:
    """2025 when the entity is listed under it, else 2008, else 2003, else None."""
    present = set(versions)
    return next((version for version in VERSIONS if version.value in present), None)


def chosen_activities(rows: Iterable[Activity]) -> dict[str, str]:
    """Code -> classification in the version that counts.

    An activity is listed once per group (VAT, social security, ...): the most
    important classification wins.
    """
    listed = list(rows)
    version = chosen_version(row.version for row in listed)
    found: dict[str, str] = {}
    for row in listed:
        known = found.get(row.code)
        if row.version == version and (
            known is None or CLASS_RANK[row.classification] < CLASS_RANK[known]
        ):
            found[row.code] = row.classification
    return found


def plain_street(street: str) -> str:
    """The street without the municipality that some names carry: ``Kerkstraat (Kor)``."""
    text = street.rstrip()
    if text.endswith(")") and "(" in text:
        head, _, tail = text.rpartition("(")
        inside = tail[:-1]
        if head.strip() and 2 <= len(inside) <= 4 and inside.isalpha() and inside[0].isupper():
            return head.rstrip()
    return text
