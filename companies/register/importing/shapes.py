"""The form of all lines of a block at once: numbers, quotes and commas, activities.

A line counts as known here only when the strict reader would make one row of it with the
right number of values; where that is not certain at a glance, it does not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from companies.register.domain.records import CLASS_RANK, VERSIONS
from companies.register.importing.blocks import MARGIN, Block, Bools, Places
from companies.register.importing.selection import CODE_OFFSETS

Words = NDArray[np.uint64]
LONGEST_LINE = 100_000  # bytes; no field of it is too long for the strict reader
_QUOTE, _COMMA, _NEWLINE, _RETURN = b'",\n\r'
_IS_MARK = np.zeros(256, bool)
_IS_MARK[[_QUOTE, _COMMA, _NEWLINE, _RETURN, 0]] = True
_OPENS_AFTER = np.zeros(256, bool)
_OPENS_AFTER[[_QUOTE, _COMMA, _NEWLINE]] = True
_CLOSES_BEFORE = np.zeros(256, bool)
_CLOSES_BEFORE[[_QUOTE, _COMMA, _NEWLINE, _RETURN]] = True


def _word(text: bytes) -> tuple[np.uint64, np.uint64]:
    """(bits that are compared, what they must be) of eight bytes; ``?`` is anything."""
    mask = bytes(0 if byte == ord("?") else 0xFF for byte in text)
    wanted = bytes(byte & keep for byte, keep in zip(text, mask, strict=True))
    return np.uint64(int.from_bytes(mask, "little")), np.uint64(int.from_bytes(wanted, "little"))


def _matches(words: Words, pattern: tuple[np.uint64, np.uint64]) -> Bools:
    mask, wanted = pattern
    found: Bools = (words & mask) == wanted
    return found


_ZEROS = np.uint64(0x3030303030303030)
_HIGH = np.uint64(0xF0F0F0F0F0F0F0F0)
_SIX = np.uint64(0x0606060606060606)


def _are_digits(words: Words, where: bytes) -> Bools:
    """The bytes at the places marked ``d`` are digits."""
    mask = np.uint64(int.from_bytes(bytes(0xFF if at == ord("d") else 0 for at in where), "little"))
    nibbles = (words ^ _ZEROS) & mask
    found: Bools = ((nibbles | (nibbles + (_SIX & mask))) & _HIGH) == 0
    return found


def _number(words: Words, where: bytes) -> NDArray[np.int64]:
    """The number that the digits at the places marked ``d`` make, the first one highest."""
    value = np.zeros(len(words), np.int64)
    for place, mark in enumerate(where):
        if mark == ord("d"):
            digit = (words >> np.uint64(8 * place)) & np.uint64(15)
            value = value * 10 + digit.astype(np.int64)
    return value


# Quoted numbers with their dots: "0200.065.765" and "2.000.000.339".
_ENTERPRISE = b'"dddd.ddd.ddd"'
_ENTERPRISE_1, _ENTERPRISE_2 = b'"dddd.dd', b'd.ddd"??'
_PLACE_1, _PLACE_2 = b'"d.ddd.d', b'dd.ddd"?'


def _form(where: bytes) -> tuple[np.uint64, np.uint64]:
    return _word(where.replace(b"d", b"?"))


class Numbers(NamedTuple):
    """Quoted numbers: first eight digits (-1: no number of the usual form), and the last two.

    ``ends`` is where their second quote stands.
    """

    places: Places
    checks: Places
    ends: Places

    @property
    def are_right(self) -> Bools:
        """The last two digits follow from the first eight."""
        found: Bools = self.checks == 97 - self.places % 97
        return found


def numbers_at(block: Block, at: Places) -> Numbers:
    """The quoted enterprise or establishment numbers that begin at these places."""
    words = block.words()
    first, second = words[at], words[at + 8]
    # Most files list an entity on several lines in a row: look at each of those once.
    is_new = np.ones(len(at), bool)
    if len(at) > 1:
        seven = np.uint64((1 << 56) - 1)
        is_new[1:] = (first[1:] != first[:-1]) | ((second[1:] & seven) != (second[:-1] & seven))
    again = np.cumsum(is_new) - 1
    first, second = first[is_new], second[is_new]
    places = np.full(len(first), -1, np.int64)
    checks = np.zeros(len(first), np.int64)
    widths = np.zeros(len(first), np.int64)
    for one, two, width in ((_ENTERPRISE_1, _ENTERPRISE_2, 13), (_PLACE_1, _PLACE_2, 14)):
        fits = _matches(first, _form(one)) & _matches(second, _form(two))
        fits &= _are_digits(first, one) & _are_digits(second, two)
        whole = _number(first[fits], one)
        tail = _number(second[fits], two)
        digits = two.count(b"d")
        whole = whole * 10**digits + tail
        places[fits], checks[fits] = whole // 100, whole % 100
        widths[fits] = width
    return Numbers(places[again], checks[again], at + widths[again])


def numbers_at_end(block: Block) -> tuple[Places, Bools]:
    """The quoted enterprise number that each line ends with, and whether it is one value."""
    at = np.maximum(block.ends - len(_ENTERPRISE), MARGIN)
    return numbers_at(block, at).places, block.data[at - 1] == _COMMA


def are_rows(block: Block, width: int) -> Bools:
    """Which lines are whole rows of so many values by themselves, strictly quoted."""
    data = block.data
    first, last = int(block.starts[0]), len(block.raw) - MARGIN
    marks = np.flatnonzero(_IS_MARK[data[first : last + 1]]) + first
    kinds = data[marks]
    stops = np.searchsorted(marks, block.ends)
    heads = np.searchsorted(marks, block.starts[: len(block)])
    before = np.zeros(len(marks) + 1, np.int64)
    is_quote = kinds == _QUOTE
    np.cumsum(is_quote, out=before[1:])
    known = ((before[stops] - before[heads]) & 1) == 0
    known &= block.ends - block.starts[: len(block)] <= LONGEST_LINE
    known &= block.ends > block.starts[: len(block)]
    # Within the quotes of its own line, whatever the lines before it look like.
    line_of = np.repeat(np.arange(len(block)), stops - heads)
    inside_line = _spans(heads, stops)
    marks, kinds, is_quote = marks[inside_line], kinds[inside_line], is_quote[inside_line]
    is_within = ((before[inside_line] - before[heads][line_of]) & 1) == 1
    is_wrong = np.where(
        is_quote,
        np.where(is_within, ~_CLOSES_BEFORE[data[marks + 1]], ~_OPENS_AFTER[data[marks - 1]]),
        kinds != _COMMA,
    )
    known[line_of[is_wrong]] = False
    commas = np.bincount(line_of[(kinds == _COMMA) & ~is_within], minlength=len(block))
    found: Bools = known & (commas == width - 1)
    return found


def _spans(heads: Places, stops: Places) -> Places:
    """All whole numbers from each head up to its stop, one span after the other."""
    lengths = stops - heads
    offsets = np.repeat(heads - np.cumsum(lengths) + lengths, lengths)
    places: Places = np.arange(len(offsets)) + offsets
    return places


class Listings(NamedTuple):
    """Lines of ``activity.csv``: places, versions (``VERSIONS``), codes (see below), ranks."""

    known: Bools
    places: Places
    versions: Places
    codes: Places
    ranks: Places


_GROUP, _GROUP_DIGITS = _word(b'","???",'), b"???ddd??"
_VERSION = _word(b'"????","')
_CLASS = _word(b'","????"')
_LETTERS = np.uint64(0xFFFFFFFF)


def _letters(text: str) -> int:
    return int.from_bytes(text.encode(), "little")


_VERSION_WORDS = {_letters(version.value): place for place, version in enumerate(VERSIONS)}
_CLASS_WORDS = {_letters(name): rank for name, rank in CLASS_RANK.items()}


def _places_of(words: Words, known: dict[int, int]) -> Places:
    found = np.full(len(words), -1, np.int64)
    for word, place in known.items():
        found[words == np.uint64(word)] = place
    return found


def listings(block: Block) -> Listings:
    """Lines of ``activity.csv`` in the published form; the others are not ``known``."""
    words = block.words()
    numbers = numbers_at(block, block.starts[: len(block)])
    quote = numbers.ends
    length = block.ends - quote
    # From the second quote of the number on: ","001","2025","10820","MAIN" or a longer code.
    known = (numbers.places >= 0) & ((length == 29) | (length == 31))
    quote = np.where(known, quote, MARGIN)
    end = np.where(known, block.ends, 2 * MARGIN)
    head, code, tail = words[quote], words[quote + 16], words[end - 8]
    version = words[quote + 8]
    known &= _matches(head, _GROUP) & _are_digits(head, _GROUP_DIGITS)
    known &= _matches(version, _VERSION) & _matches(tail, _CLASS)
    is_long = length == 31
    known &= np.where(is_long, _are_digits(code, b"ddddddd?"), _are_digits(code, b"ddddd???"))
    versions = _places_of((version >> np.uint64(8)) & _LETTERS, _VERSION_WORDS)
    ranks = _places_of((tail >> np.uint64(24)) & _LETTERS, _CLASS_WORDS)
    known &= (versions >= 0) & (ranks >= 0) & numbers.are_right
    codes = np.where(
        is_long,
        CODE_OFFSETS[7] + _number(code, b"ddddddd?"),
        CODE_OFFSETS[5] + _number(code, b"ddddd???"),
    )
    return Listings(known, numbers.places, versions, codes, ranks)
