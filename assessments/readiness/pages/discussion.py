"""The discussion of a scan in words and as small pictures, ready for a template.

The picture of a statement is a line from level 1 to 5: at each level a circle with the
number of colleagues who gave it, and a square around the company's own answer. Shape and
number tell them apart, not colour; the same stands in words beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from assessments.readiness.domain.answers import (
    HIGHEST_LEVEL,
    LOWEST_LEVEL,
)
from assessments.readiness.domain.parts import RespondentFunction
from assessments.readiness.forms.wording import in_sentence
from assessments.readiness.models import RESPONDENT_FUNCTION_LABELS
from assessments.readiness.selectors import Discussed, Voice
from portal.common.charts.geometry import number

WIDTH: Final = 300
MARGIN: Final = 30  # from the edge of the picture to the first and the last level


def function_label(function: RespondentFunction) -> str:
    """The function in words."""
    return str(RESPONDENT_FUNCTION_LABELS[function])


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands at one level of the picture; ``count`` colleagues, and maybe the company."""

    x: str
    level: int
    count: int
    is_company: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The line with its marks; ``start`` and ``end`` are where the spread begins and ends."""

    width: int
    marks: tuple[Mark, ...]
    start: str
    end: str


def picture_of(item: Discussed) -> Picture | None:
    """The picture of one statement; None when nobody gave a level."""
    if item.spread is None:
        return None
    counts = Counter(opinion.entry.response.level for opinion in item.opinions)
    company = item.answer.level if item.answer is not None else None
    marks = (
        Mark(_x(level), level, counts[level], level == company)
        for level in range(LOWEST_LEVEL, HIGHEST_LEVEL + 1)
    )
    return Picture(WIDTH, tuple(marks), _x(item.spread.lowest), _x(item.spread.highest))


def _x(level: int) -> str:
    step = (WIDTH - 2 * MARGIN) / (HIGHEST_LEVEL - LOWEST_LEVEL)
    return number(MARGIN + (level - LOWEST_LEVEL) * step)


@dataclass(frozen=True, slots=True)
class Line:
    """One view in words; ``text`` is what the level means for this statement."""

    who: str
    name: str
    answer: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """One statement of the page; ``form`` is there for who settles it."""

    item: Discussed
    picture: Picture | None
    lines: tuple[Line, ...]
    settled_by: str
    settled_at: datetime | None
    form: Any = None


def card_of(item: Discussed, *, with_names: bool, form: Any = None) -> Card:
    """Everything that the page shows of one statement."""
    answer = item.answer
    return Card(
        item,
        picture_of(item),
        tuple(_lines(item)),
        str(answer.settled_by) if answer is not None and answer.settled_by and with_names else "",
        answer.settled_at if answer is not None else None,
        form,
    )


def _lines(item: Discussed) -> Iterator[Line]:
    texts = {level.number: level.text for level in item.statement.levels.all()}
    for opinion in item.opinions:
        response = opinion.entry.response
        yield Line(
            function_label(opinion.function),
            opinion.name,
            in_sentence(response),
            texts.get(response.level or 0, ""),
            opinion.entry.note,
        )
    own = item.answer.response if item.answer is not None else None
    yield Line(
        _("Company"),
        "",
        in_sentence(own),
        texts.get((own and own.level) or 0, ""),
        item.answer.note if item.answer is not None else "",
    )


@dataclass(frozen=True, slots=True)
class Participant:
    """One person who takes part, in words."""

    function: str
    name: str
    answered: int


def participants(voices: tuple[Voice, ...]) -> list[Participant]:
    """Who takes part, and how many statements each looked at."""
    return [Participant(function_label(one.function), one.name, one.answered) for one in voices]
