"""Where in a questionnaire something stands, as plain values.

Codes of parts and statements name the place, so that a file, a draft and the version
before it can be compared, and a page finds the form that edits the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from assessments.readiness.content.reading import StatementText, TransitionText, Wording


class Field(StrEnum):
    """What of a part or a statement is meant."""

    TITLE = "title"
    INTRO = "intro"
    KIND = "kind"
    ORDER = "order"
    TEXT = "text"
    EXAMPLE = "example"
    LEVEL = "level"
    STEP = "step"
    IMPACT = "impact"
    EFFORT = "effort"
    TOPICS = "topics"
    NEEDS = "needs"


DUTCH: Final = "nl"
ENGLISH: Final = "en"
LANGUAGES: Final = (DUTCH, ENGLISH)


@dataclass(frozen=True, slots=True)
class Place:
    """Codes of the part and the statement, the field, the level (1 to 5) and the language.

    What is empty does not apply: without a part it is the questionnaire as a whole,
    without a language it is both.
    """

    part: str = ""
    statement: str = ""
    field: Field | None = None
    level: int = 0
    language: str = ""

    def within(self, field: Field, level: int = 0) -> Place:
        """The place of a field of this part or statement."""
        return replace(self, field=field, level=level)

    def in_language(self, language: str) -> Place:
        """The same place in one language."""
        return replace(self, language=language)


def place_of(part: TransitionText, statement: StatementText | None = None) -> Place:
    """The place of a part, or of a statement in it."""
    return Place(part.slug, statement.slug if statement else "")


def texts_of_part(part: TransitionText) -> Iterator[tuple[Place, Wording]]:
    """Title and introduction."""
    here = place_of(part)
    yield here.within(Field.TITLE), part.title
    yield here.within(Field.INTRO), part.intro


def texts_of_statement(
    part: TransitionText, statement: StatementText
) -> Iterator[tuple[Place, Wording]]:
    """Statement, example, levels and first step, in the order in which they are read."""
    here = place_of(part, statement)
    yield here.within(Field.TEXT), statement.text
    yield here.within(Field.EXAMPLE), statement.example
    for number, wording in enumerate(statement.levels, start=1):
        yield here.within(Field.LEVEL, number), wording
    yield here.within(Field.STEP), statement.step


def spoken(wording: Wording, language: str) -> str:
    """A wording in one of ``LANGUAGES``, without blanks around it."""
    return (wording.en if language == ENGLISH else wording.nl).strip()
