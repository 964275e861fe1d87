"""Which entities an import keeps: one byte per possible number, so memory stays flat.

The first eight digits say everything (the last two follow from them), which makes
100 million places; the pages that no number touches are never really taken.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from companies.register.domain.records import VERSIONS
from portal.common.vocabulary import NaceVersion

PLACES = 100_000_000
# Codes of up to seven digits as numbers: those of one length follow those of the shorter.
CODE_OFFSETS: tuple[int, ...] = tuple((10**digits - 1) // 9 for digits in range(9))
CODES = CODE_OFFSETS[8]
FIRST_ESTABLISHMENT = 20_000_000
FIRST_BRANCH = 90_000_000
KNOWN = 0x40
KEPT = 0x80
_NUMBER = re.compile(r"(?:[0-9]{4}\.[0-9]{3}|[0-9]\.[0-9]{3}\.[0-9]{3})\.[0-9]{3}|[0-9]{10}")
_BITS: dict[str, tuple[int, int]] = {
    version.value: (1 << 2 * place, 3 << 2 * place) for place, version in enumerate(VERSIONS)
}


def is_code(text: str) -> bool:
    """One to seven digits."""
    return text.isascii() and text.isdigit() and len(text) <= 7


def code_index(code: str) -> int:
    """A code of one to seven digits as a number below ``CODES``."""
    return CODE_OFFSETS[len(code)] + int(code)


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

    def table(self) -> NDArray[np.uint8]:
        """``bits`` of every version (in the order of ``VERSIONS``) and code (as ``code_index``)."""
        table = np.zeros((len(VERSIONS), CODES), np.uint8)
        for row, version in zip(table, VERSIONS, strict=True):
            listed, listed_and_watched = _BITS[version.value]
            row[:] = listed
            for prefix in self._prefixes.get(version.value, ()):
                if prefix and not is_code(prefix):
                    continue
                for length in range(len(prefix), 8):
                    step = 10 ** (length - len(prefix))
                    first = CODE_OFFSETS[length] + int(prefix or "0") * step
                    row[first : first + step] = listed_and_watched
        return table

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


_ARE_WATCHED = np.array(IS_WATCHED, bool)
_HAVE_VERSION = np.array([version is not None for version in VERSION_OF], bool)


class Selection:
    """What is known of each number while the files go by."""

    def __init__(self, known: Iterable[str]) -> None:
        self.flags = mmap.mmap(-1, PLACES)
        for number in known:
            self.flags[int(number[:8])] |= KNOWN

    def view(self) -> NDArray[np.uint8]:
        """The same flags for many places at once; may be written to."""
        return np.frombuffer(self.flags, np.uint8)

    def keeps_establishment(self, place: int, enterprise: int) -> bool:
        """Its own activities count; with none, its enterprise's; or the enterprise is known."""
        own, parent = self.flags[place], self.flags[enterprise]
        if parent & KNOWN:
            return True
        return IS_WATCHED[own] if VERSION_OF[own] else IS_WATCHED[parent]

    def keep_establishments(
        self, places: NDArray[np.int64], enterprises: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """``keeps_establishment`` for many at once."""
        flags = self.view()
        own, parent = flags[places], flags[enterprises]
        watched = np.where(_HAVE_VERSION[own], _ARE_WATCHED[own], _ARE_WATCHED[parent])
        kept: NDArray[np.bool_] = watched | ((parent & KNOWN) != 0)
        return kept

    def may_keep_enterprises(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Kept already, known, or watched (which is not enough for a natural person)."""
        flags = self.view()[places]
        kept: NDArray[np.bool_] = ((flags & (KEPT | KNOWN)) != 0) | _ARE_WATCHED[flags]
        return kept

    def keep(self, place: int) -> None:
        """Remember that the entity is kept."""
        self.flags[place] |= KEPT

    def is_kept(self, place: int) -> bool:
        """The enterprise or establishment is kept; branches never are."""
        return place < FIRST_BRANCH and bool(self.flags[place] & KEPT)

    def are_kept(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """``is_kept`` for many at once."""
        kept: NDArray[np.bool_] = (places < FIRST_BRANCH) & ((self.view()[places] & KEPT) != 0)
        return kept
