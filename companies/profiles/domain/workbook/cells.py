"""What a cell of a spreadsheet says, as the text that a form field takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_NUMBER = re.compile(r"^[+-]?\d[\d.,]*$")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    CHOICE = "choice"
    DATE = "date"


class Trouble(StrEnum):
    """Why a cell cannot be read at all."""

    FORMULA = "formula"
    ERROR_VALUE = "error_value"
    DATE = "date"
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    NOT_IN_LIST = "not_in_list"


class TroubleError(Exception):
    """The cell cannot be read; ``trouble`` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True)
class Raw:
    """A cell as it stands in the file: its value, and what its format makes of it."""

    value: Any = None
    is_error: bool = False
    is_percent: bool = False


def tidy(text: str) -> str:
    """One line without characters that no spreadsheet keeps and without blanks around it."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def plain_number(text: str, *, whole: bool) -> str:
    """A number in Dutch or English notation with a point as its only mark.

    Both marks: the last one is the decimal mark. The same mark again and again groups
    thousands. A single mark is the decimal mark, except before exactly three digits in
    a whole number. What is no number comes back as it is, for the field to refuse.
    """
    compact = _SPACES.sub("", text.replace("'", "").removesuffix("%"))
    if not _NUMBER.match(compact):
        return text
    marks = [character for character in compact if character in ".,"]
    if len(set(marks)) < 2:
        return _with_one_mark(compact, marks, whole=whole) or text
    last = marks[-1]
    other = "," if last == "." else "."
    front, _, back = compact.rpartition(last)
    head, *groups = front.split(other)
    if marks.count(last) > 1 or any(len(group) != 3 for group in groups):
        return text
    return f"{head}{''.join(groups)}.{back}"


def _with_one_mark(compact: str, marks: list[str], *, whole: bool) -> str | None:
    """As ``plain_number``, for a number with one kind of mark or none."""
    if not marks:
        return compact
    head, *groups = compact.split(marks[0])
    grouped = all(len(group) == 3 for group in groups)
    if len(marks) > 1:
        return "".join((head, *groups)) if grouped else None
    return head + groups[0] if whole and grouped else compact.replace(marks[0], ".")


def _from_number(value: float | Decimal, kind: Kind, *, is_percent: bool) -> str:
    if isinstance(value, int) and abs(value) >= 10**15:
        raise TroubleError(Trouble.NOT_A_NUMBER)
    # A spreadsheet keeps fifteen digits; more of them would be noise of the binary form.
    exact = Decimal(format(value, ".15g"))
    if is_percent and kind in {Kind.WHOLE, Kind.DECIMAL}:
        exact *= 100
    if not exact.is_finite() or abs(exact) >= Decimal(10) ** 15:
        raise TroubleError(Trouble.NOT_A_NUMBER)
    text = format(exact.normalize(), "f")
    return "0" if text == "-0" else text


def text_of(raw: Raw, kind: Kind) -> str:
    """The cell as text; TroubleError when it holds something of another kind."""
    value = raw.value
    if raw.is_error:
        raise TroubleError(Trouble.ERROR_VALUE)
    if value is None:
        return ""
    if isinstance(value, date | datetime | time | timedelta):
        return _from_moment(value, kind)
    if isinstance(value, bool):
        if kind in {Kind.WHOLE, Kind.DECIMAL}:
            raise TroubleError(Trouble.NOT_A_NUMBER)
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return _from_number(value, kind, is_percent=raw.is_percent)
    text = tidy(str(value))
    if kind in {Kind.WHOLE, Kind.DECIMAL}:
        return plain_number(text, whole=kind == Kind.WHOLE)
    return text


def _from_moment(value: date | datetime | time | timedelta, kind: Kind) -> str:
    if kind == Kind.DATE:
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
        raise TroubleError(Trouble.NOT_A_DATE)
    raise TroubleError(Trouble.DATE)
