"""Texts as the fonts of the report can print them, whatever people typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

# What both fonts have (a test prints every one). Anything else would stop the printing of a
# PDF/UA, in which no letter may be missing.
RANGES: Final = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0xB4),
    (0xB6, 0x107),
    (0x10A, 0x113),
    (0x116, 0x11B),
    (0x11E, 0x123),
    (0x126, 0x127),
    (0x12A, 0x12B),
    (0x12E, 0x133),
    (0x136, 0x137),
    (0x139, 0x13E),
    (0x141, 0x148),
    (0x150, 0x155),
    (0x158, 0x15B),
    (0x15E, 0x165),
    (0x16A, 0x16B),
    (0x16E, 0x17E),
    (0x218, 0x21B),
    (0x1E80, 0x1E85),
    (0x1E9E, 0x1E9E),
    (0x1EF2, 0x1EF3),
    (0x2013, 0x2014),
    (0x2018, 0x201A),
    (0x201C, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x2030, 0x2030),
    (0x2039, 0x203A),
    (0x20AC, 0x20AC),
    (0x2122, 0x2122),
    (0x2212, 0x2212),
    (0x2248, 0x2248),
    (0x2260, 0x2260),
    (0x2264, 0x2265),
)
KNOWN: Final = frozenset(chr(code) for low, high in RANGES for code in range(low, high + 1))
UNKNOWN_LETTER: Final = "?"
LONG_WORD: Final = re.compile(r"\S{31,}")
PIECE: Final = 12
SOFT_HYPHEN: Final = "\u00ad"
# Of a cell of a table, in points: what lies beside its text, and the widest usual letter.
BESIDE_TEXT: Final = 8.0
LETTER: Final = 5.6


def printable(text: str) -> str:
    """One line with only signs that the fonts have; a word longer than any column can break."""
    return LONG_WORD.sub(_breakable, " ".join(with_known_signs(text).split()))


def with_known_signs(text: str) -> str:
    """The text with only signs that the fonts have.

    Letters of another script become a question mark, pictures and signs without a form of
    their own are left out.
    """
    return "".join(_shown(sign) for sign in unicodedata.normalize("NFC", text))


def _shown(sign: str) -> str:
    if sign in KNOWN:
        return sign
    if sign.isspace():
        return " "
    simpler = unicodedata.normalize("NFKC", sign)
    if all(part in KNOWN for part in simpler):
        return simpler
    return UNKNOWN_LETTER if unicodedata.category(sign)[0] in "LN" else ""


def _breakable(word: re.Match[str]) -> str:
    """With places to break in, which are not seen unless a line ends there."""
    letters = word[0]
    pieces = [letters[at : at + PIECE] for at in range(0, len(letters), PIECE)]
    return SOFT_HYPHEN.join(pieces)


def columns_to_break(
    rows: Sequence[Sequence[Any]], widths: Sequence[int], room: float
) -> list[list[int]]:
    """Of each row the columns in which a word may be wider than its column.

    Only there words are hyphenated: finding good breaks takes most of the time of a table.
    """
    share = room / sum(widths)
    fitting = [int((width * share - BESIDE_TEXT) / LETTER) for width in widths]
    return [
        [
            column
            for column, cell in enumerate(row)
            if any(len(word) > fitting[column] for word in _words(cell))
        ]
        for row in rows
    ]


def _words(cell: Any) -> Iterator[str]:
    """Of a text, or of a mark or badge in data."""
    texts: Iterable[str] = (
        (cell,) if isinstance(cell, str) else (cell["text"], cell.get("under", ""))
    )
    for text in texts:
        yield from re.split(r"[\s\u00ad-]+", text)
