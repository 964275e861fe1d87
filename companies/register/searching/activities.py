"""From what somebody types about an activity to codes of the versions of NACE.

The same digits can mean another trade in another version. A code therefore counts in the
newest version that has it, and in an older one only where the label is the same, unless
the version is typed before it ("2008: 25.62"). Words count wherever a label holds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from companies.register.domain.search_words import code_mark, words_of
from companies.register.models import NaceCode
from companies.register.searching.entries import FOLDING, divided
from portal.common.text import name_key
from portal.common.vocabulary import NaceVersion

MAX_MEANT = 60
_CODE = re.compile(r"(?:(?P<version>20\d\d)\s*:\s*)?(?P<code>\d[\d.\s]*)")
_VERSIONS = sorted((version.value for version in NaceVersion), reverse=True)
_BY_WORDS = "SELECT version, code FROM register_nacecode WHERE "
_LABELS = divided("lower(' ' || label_nl || ' ' || label_fr || ' ' || label_en)")


class ActivityError(ValueError):
    """No activity can be made of the text; ``code`` says why."""

    def __init__(self, code: str, count: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.count = count


@dataclass(frozen=True, slots=True)
class Meant:
    """A code, or the beginning of codes, that counts."""

    version: str
    code: str

    @property
    def mark(self) -> str:
        """As the search compares it."""
        return code_mark(self.version, self.code)


def activities_meant(text: str) -> tuple[Meant, ...]:
    """The codes that the text stands for, without those that lie below another one.

    Raises an ActivityError: ``too_short`` for one digit, ``unknown`` for a code or words
    that no list has, ``too_many`` for words that fit more than ``MAX_MEANT`` codes.
    """
    typed = _CODE.fullmatch(text.strip())
    found = _by_code(typed["version"], typed["code"]) if typed else _by_words(text)
    if not found:
        raise ActivityError("unknown")
    tops = _tops(found)
    if len(tops) > MAX_MEANT:
        raise ActivityError("too_many", len(tops))
    return tops


def _by_code(version: str | None, typed: str) -> list[Meant]:
    code = re.sub(r"\D", "", typed)
    if len(code) < 2:
        raise ActivityError("too_short")
    rows = list(
        NaceCode.objects.filter(code__startswith=code)
        .order_by("version", "code", "pk")
        .values_list("version", "code", "label_nl")
    )
    present = {row[0] for row in rows}
    wanted = version or next((one for one in _VERSIONS if one in present), "")
    found = [Meant(wanted, code)] if wanted in present else []
    if version is None and found:
        same = {(row[1], name_key(row[2])) for row in rows if row[0] == wanted}
        older = (row for row in rows if row[0] != wanted)
        found += [Meant(row[0], row[1]) for row in older if (row[1], name_key(row[2])) in same]
    return found


def _by_words(text: str) -> list[Meant]:
    words = [part for word in words_of(text) for part in word.parts]
    if not words:
        return []
    values = {f"word{place}": f"% {word}%" for place, word in enumerate(words)}
    every = " AND ".join(f"{_LABELS} LIKE %({name})s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(_BY_WORDS + every, FOLDING | values)
        return [Meant(version, code) for version, code in cursor.fetchall()]


def _tops(found: Iterable[Meant]) -> tuple[Meant, ...]:
    listed = {(one.version, one.code) for one in found}
    tops = (
        (version, code)
        for version, code in listed
        if not any((version, code[:length]) in listed for length in range(1, len(code)))
    )
    # The newest version first: that is what most of the register has.
    return tuple(
        Meant(version, code)
        for version, code in sorted(tops, key=lambda one: (-int(one[0]), one[1]))
    )
