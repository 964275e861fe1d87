"""Which entities an import keeps: one byte per possible number, so memory stays flat.

The first eight digits say everything (the last two follow from them), which makes
100 million places; the pages that no number touches are never really taken.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterable

from companies.register.domain.records import VERSIONS
from portal.common.vocabulary import NaceVersion

PLACES = 100_000_000
KNOWN = 0x40
KEPT = 0x80
_NUMBER = re.compile(r"(?:[0-9]{4}\.[0-9]{3}|[0-9]\.[0-9]{3}\.[0-9]{3})\.[0-9]{3}|[0-9]{10}")
_BITS: dict[str, tuple[int, int]] = {
    version.value: (1 << 2 * place, 3 << 2 * place) for place, version in enumerate(VERSIONS)
}


def place_of(number: str) -> int | None:
    """The first eight digits of a printed number; None when it is no number."""
    if _NUMBER.fullmatch(number) is None:
        return None
    return int(number.replace(".", "")[:8])


class WatchList:
    """Answers whether a code of a version begins with a watched prefix."""

    def __init__(self, watched: Iterable[tuple[str, str]]) -> None:
        self._prefixes: dict[str, tuple[str, ...]] = {}
        for version, prefix in watched:
            self._prefixes[version] = (*self._prefixes.get(version, ()), prefix)
        self._bits: dict[tuple[str, str], int] = {}

    def __bool__(self) -> bool:
        return bool(self._prefixes)

    def bits(self, version: str, code: str) -> int:
        """The bits of one listing: listed in this version, and watched or not; 0 if unknown."""
        key = (version, code)
        found = self._bits.get(key)
        if found is None:
            listed, listed_and_watched = _BITS.get(version, (0, 0))
            is_watched = code.startswith(self._prefixes.get(version, ()))
            found = self._bits[key] = listed_and_watched if is_watched else listed
        return found


def _decide(bits: int) -> tuple[NaceVersion | None, bool]:
    """(version that counts, watched in that version) of an entity with these bits."""
    for place, version in enumerate(VERSIONS):
        if bits >> 2 * place & 1:
            return version, bool(bits >> 2 * place & 2)
    return None, False


DECISIONS: tuple[tuple[NaceVersion | None, bool], ...] = tuple(
    _decide(bits & 0x3F) for bits in range(256)
)
VERSION_OF: tuple[str | None, ...] = tuple(
    version.value if version else None for version, _ in DECISIONS
)
IS_WATCHED: tuple[bool, ...] = tuple(watched for _, watched in DECISIONS)


class Selection:
    """What is known of each number while the files go by."""

    def __init__(self, known: Iterable[str]) -> None:
        self.flags = mmap.mmap(-1, PLACES)
        for number in known:
            self.flags[int(number[:8])] |= KNOWN

    def keeps_establishment(self, place: int, enterprise: int) -> bool:
        """Its own activities count; with none, its enterprise's; or the enterprise is known."""
        own, parent = self.flags[place], self.flags[enterprise]
        if parent & KNOWN:
            return True
        return IS_WATCHED[own] if VERSION_OF[own] else IS_WATCHED[parent]

    def keep(self, place: int) -> None:
        """Remember that the entity is kept."""
        self.flags[place] |= KEPT
