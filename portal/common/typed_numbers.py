"""Numbers as people type or paste them: ``1.234,56``, ``1,234.56``, ``€ 5``, ``12,5 %``, ``−3``.

Pure: no Django. The rule for marks:

* with a comma and a point, the last one is the decimal mark;
* a mark that stands there more than once divides thousands;
* one mark is the decimal mark, unless exactly three digits follow one to three digits that
  do not begin with 0. Then it is read as the language of the page writes numbers
  (Dutch ``1.234`` is a thousand and more, ``1,234`` is one and a bit; English the other way
  round), and ``is_doubtful`` says that somebody should see how it was read.

Thousands must stand in groups of three; a blank between digits divides thousands too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

LONGEST: Final = 40
# The true minus sign, the non-breaking hyphen and the dash of a word processor.
MINUS_SIGNS: Final = "-−‐‑–"
_DOUBTFUL: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_DIGITS: Final = re.compile(r"[0-9]*")


class NotANumberError(ValueError):
    """The text is no number that we can be sure of."""


class ForeignMarkError(NotANumberError):
    """There is a number, with a mark of another kind, such as ``%`` where euro is asked."""

    def __init__(self, mark: str) -> None:
        super().__init__(mark)
        self.mark = mark


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as read; ``is_doubtful`` when another language would read another number."""

    value: Decimal
    is_doubtful: bool = False


def read_number(
    text: str, *, decimal_mark: str, own_marks: Sequence[str] = (), other_marks: Sequence[str] = ()
) -> Reading | None:
    """The number in ``text``, None for an empty one.

    ``decimal_mark`` is that of the language, ``,`` or ``.``. One of ``own_marks`` (``€``,
    ``%``, the name of a unit) may stand before or behind the number. NotANumberError when it
    is no number, ForeignMarkError when it stands beside one of ``other_marks``.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if not plain:
        return None
    if len(plain) > LONGEST:
        raise NotANumberError(text)
    minus, plain = _without_sign(plain)
    rest, _found = _without_mark(plain, own_marks)
    if rest == plain and (found := _without_mark(plain, other_marks)[1]):
        raise ForeignMarkError(found)
    if not minus:
        minus, rest = _without_sign(rest)
    reading = _read_digits(rest, decimal_mark)
    return Reading(-reading.value, reading.is_doubtful) if minus and reading.value else reading


def _without_sign(text: str) -> tuple[bool, str]:
    """Whether a minus stands first, and what follows the sign."""
    if text[:1] and text[0] in MINUS_SIGNS:
        return True, text[1:].lstrip()
    return False, text[1:].lstrip() if text[:1] == "+" else text


def _without_mark(text: str, marks: Sequence[str]) -> tuple[str, str]:
    """The text without the longest of the marks that begins or ends it, and that mark."""
    folded = text.casefold()
    for mark in sorted(marks, key=len, reverse=True):
        # What NFKC made of the text, it makes of the mark.
        wanted = unicodedata.normalize("NFKC", mark).casefold()
        if wanted and folded.startswith(wanted):
            return text[len(wanted) :].strip(), mark
        if wanted and folded.endswith(wanted):
            return text[: -len(wanted)].strip(), mark
    return text, ""


def _read_digits(text: str, decimal_mark: str) -> Reading:
    if not any(character in "0123456789" for character in text):
        raise NotANumberError(text)
    if " " in text:
        text = _without_blanks(text)
    marks = [character for character in text if character in ".,"]
    if len(marks) == 1:
        is_doubtful = _DOUBTFUL.fullmatch(text) is not None
        if is_doubtful and marks[0] != decimal_mark:
            return Reading(_decimal(text.replace(marks[0], ""), ""), is_doubtful=True)
        return Reading(_decimal(*text.split(marks[0])), is_doubtful)
    if len(set(marks)) == 2:
        whole, _mark, part = text.rpartition(marks[-1])
        return Reading(_decimal(_without_groups(whole), part))
    return Reading(_decimal(_without_groups(text) if marks else text, ""))


def _without_blanks(text: str) -> str:
    """Blanks divide thousands; what stands behind a mark has none."""
    whole = re.split(r"[.,]", text, maxsplit=1)[0]
    behind = text[len(whole) :]
    if " " in behind:
        raise NotANumberError(text)
    return _without_groups(whole) + behind


def _without_groups(text: str) -> str:
    """``1.234.567`` as digits alone; NotANumberError when the groups are not of three."""
    if _DIGITS.fullmatch(text):
        return text
    mark = next(character for character in text if character not in "0123456789")
    first, *others = text.split(mark)
    if not (1 <= len(first) <= 3 and all(len(group) == 3 for group in others)):
        raise NotANumberError(text)
    return first + "".join(others)


def _decimal(whole: str, part: str) -> Decimal:
    """Digits before and behind the decimal mark; one of the two may be missing."""
    both = f"{whole}{part}"
    if not both or not _DIGITS.fullmatch(both):
        raise NotANumberError(both)
    return Decimal(f"{whole or '0'}.{part}" if part else whole)


def plain_text(value: Decimal, *, decimal_mark: str) -> str:
    """As somebody would type it: no thousands, no zeros behind the last decimal."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("0" if text in {"", "-0"} else text).replace(".", decimal_mark)
