"""Words of names and places as the search compares them.

``name_key`` has taken case and accents away already. Here signs go too, in both of the
ways that people type them: "d'hondt" is found as "d'hondt", "hondt" and "dhondt", and
"n.v." as "nv". The database does the same to what it stores, with the tables below, so
that a word never depends on what a parser of PostgreSQL takes for an address or a path.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.common.text import name_key

# Signs that stand inside a word: left out they join it, as a blank they divide it.
INNER_SIGNS = ".'’`-"
SIGNS = INNER_SIGNS + '!"#$&()*+,/:;<=>?@[\\]^_{|}~‘“”«»–—…·%'
# Letters that carry no accent to take off, and what people type for them.
LETTERS = {"œ": "oe", "æ": "ae"}
PLAIN = {"ø": "o", "ł": "l", "đ": "d"}
# How names join two parts; "&" is a sign, so its words must not be asked either.
JOINING_WORDS = frozenset({"en", "et", "and", "und"})
MAX_WORDS = 8
_DIVIDE = str.maketrans(dict.fromkeys(SIGNS, " ") | LETTERS | PLAIN)
_JOIN = str.maketrans(dict.fromkeys(SIGNS, " ") | dict.fromkeys(INNER_SIGNS, "") | LETTERS | PLAIN)


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed: its parts between signs, and all of it without them."""

    parts: tuple[str, ...]
    joined: str


def words_of(text: str) -> tuple[Word, ...]:
    """The words that were typed, each once, in order, at most ``MAX_WORDS``.

    Joining words go when there are others: "Jansen en Zonen" finds "Jansen & Zonen".
    """
    found: dict[Word, None] = {}
    for chunk in name_key(text).split():
        parts, joined = chunk.translate(_DIVIDE).split(), chunk.translate(_JOIN).split()
        if len(joined) == 1:
            found[Word(tuple(parts), joined[0])] = None
        else:
            found.update((Word((part,), part), None) for part in parts)
    chosen = [word for word in found if word.joined not in JOINING_WORDS]
    return tuple(chosen or found)[:MAX_WORDS]


def beginning_of(text: str) -> str:
    """The key of what was typed, to find names that begin with it."""
    return name_key(text).strip(SIGNS + " ")


def lexeme(text: str) -> str:
    """The text as one quoted lexeme of a ``tsquery``."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def all_words(words: Sequence[Word], weights: str = "") -> str:
    """A ``tsquery`` for all of the words, the last one as a beginning; "" for no words.

    ``weights`` ("A", "B", "D" or several) limits where the words may stand.
    """
    asked = []
    for place, word in enumerate(words, start=1):
        label = ("*" if place == len(words) else "") + weights
        parts = [lexeme(part) for part in word.parts]
        parts[-1] += f":{label}" if label else ""
        parts[:-1] = [part + (f":{weights}" if weights else "") for part in parts[:-1]]
        query = " & ".join(parts)
        if len(parts) > 1:
            query = f"({query} | {lexeme(word.joined)}" + (f":{label})" if label else ")")
        asked.append(query)
    return " & ".join(asked)


def any_beginning(beginnings: Iterable[str]) -> str:
    """A ``tsquery`` for marks that begin with any of these; "" for none."""
    return " | ".join(f"{lexeme(one)}:*" for one in beginnings)


def code_mark(version: str, code: str) -> str:
    """How an activity stands among the words: no word that is typed looks like it."""
    return f"#{version}:{code}"


def opportunity_mark(opportunity: str) -> str:
    """How a watched opportunity stands among the words."""
    return f"@{opportunity}"


def province_mark(province: str) -> str:
    """How a province stands among the words."""
    return f"~{province}"
