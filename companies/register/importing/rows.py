"""One row of a file as one row of its staging table: what is kept of it, in which form.

Everything raises a RecordError or a NumberError for a row that cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from companies.register.domain.numbers import (
    LENGTH,
    has_right_check_digits,
    parse_enterprise_number,
    parse_establishment_number,
)
from companies.register.domain.records import (
    CLASS_RANK,
    NATURAL_PERSON,
    RecordError,
    address_rank,
    name_rank,
    parse_day,
    plain_street,
    trade_name_rank,
)
from companies.register.importing.selection import is_code
from portal.common.text import name_key
from portal.common.vocabulary import Province

Row = tuple[Any, ...]
NACE_CATEGORIES = {"Nace2003": "2003", "Nace2008": "2008", "Nace2025": "2025"}
LANGUAGES = ("NL", "FR", "EN")
CONTACT_KINDS = ("TEL", "EMAIL", "WEB")
FAX = "FAX"
MAX_CONTACT = 254
FRENCH_PROVINCES = frozenset(
    {
        Province.WAALS_BRABANT.value,
        Province.HENEGOUWEN.value,
        Province.LUIK.value,
        Province.LUXEMBURG.value,
        Province.NAMEN.value,
    }
)


class PointOfPostcode(NamedTuple):
    """Province and whole metres (EPSG:3812) of a postcode."""

    province: str
    x_m: int
    y_m: int


def code_row(row: Sequence[str]) -> Row | None:
    """Of ``code.csv`` for ``st_nace``; None for another list or language."""
    category, code, language, label = row
    version = NACE_CATEGORIES.get(category)
    if version is None or language not in LANGUAGES:
        return None
    if not is_code(code):
        raise RecordError(f"{code!r} is no NACE code")
    return (version, code, language, label[:400])


def enterprise_row(line: int, row: Sequence[str], *, is_known: bool = False) -> Row:
    """Of ``enterprise.csv`` for ``st_enterprise``."""
    printed, _status, situation, type_, form, _cac, started = row
    number, day = _digits(printed, parse_enterprise_number), parse_day(started)
    if len(form) > 3 or len(situation) > 3:
        raise RecordError(f"{form!r}, {situation!r}: no codes")
    is_natural = type_ == NATURAL_PERSON
    return (line, number, printed[:12], is_natural, form, situation, day, is_known)


def establishment_row(line: int, row: Sequence[str]) -> Row:
    """Of ``establishment.csv`` for ``st_establishment``."""
    number, started, parent = row
    return (
        line,
        _digits(number, parse_establishment_number),
        _digits(parent, parse_enterprise_number),
        parse_day(started),
    )


def name_row(line: int, number: str, row: Sequence[str], *, of_place: bool) -> Row:
    """Of ``denomination.csv`` for ``st_name``; ``number`` has ten digits, as everywhere below."""
    _, language, type_, text = row
    rank = name_rank(type_, language, of_place=of_place)
    name = " ".join(text.split())[:320]
    if rank is None or not name:
        raise RecordError(f"type {type_!r}, name {text[:40]!r}")
    return (line, number, rank, trade_name_rank(type_, language), name, name_key(name)[:320])


def address_row(
    line: int,
    number: str,
    row: Sequence[str],
    points: Mapping[str, PointOfPostcode],
    *,
    of_place: bool,
) -> Row | None:
    """Of ``address.csv`` for ``st_address``; None for an address that does not count."""
    (_, type_, country_nl, country_fr, postcode, town_nl, town_fr, street_nl, street_fr,
     house, box, _, struck_off) = row  # fmt: skip
    rank = address_rank(type_, struck_off, of_place=of_place)
    if rank is None:
        return None
    country = country_nl or country_fr
    point = None if country else points.get(postcode)
    if point is not None and point.province in FRENCH_PROVINCES:
        town, street = town_fr or town_nl, street_fr or street_nl
    else:
        town, street = town_nl or town_fr, street_nl or street_fr
    where = ("", None, None) if point is None else point
    return (
        line, number, rank, plain_street(street)[:200], house[:30], box[:30], postcode[:10],
        town[:120], name_key(town)[:120], country[:100], *where,
    )  # fmt: skip


def contact_row(line: int, number: str, row: Sequence[str]) -> Row | None:
    """Of ``contact.csv`` for ``st_contact``, as published; None for a fax number."""
    _, _, kind, text = row
    value = " ".join(text.split())
    if kind not in (*CONTACT_KINDS, FAX) or len(value) > MAX_CONTACT:
        raise RecordError(f"type {kind!r}, {len(value)} characters")
    return None if kind == FAX or not value else (line, number, kind, value)


def activity_rank(code: str, class_: str) -> int:
    """How important an activity of ``activity.csv`` is, the main one first."""
    rank = CLASS_RANK.get(class_)
    if rank is None or not is_code(code):
        raise RecordError(f"code {code!r}, class {class_!r}")
    return rank


def bare(printed: str) -> str:
    """A printed number without its dots."""
    return printed.replace(".", "")


def _digits(printed: str, parse: Callable[[str], str]) -> str:
    """The ten digits of a number; what ``parse`` says, sooner for the usual form."""
    digits = bare(printed)
    if len(digits) == LENGTH and digits.isascii() and digits.isdigit():
        is_enterprise = parse is parse_enterprise_number
        if (digits < "2") is is_enterprise and digits < "9" and has_right_check_digits(digits):
            return digits
    return parse(printed)
