"""What a version of the questionnaire lacks, and what its author may want to look at again.

A pure function over the text. What blocks publishing is what a company could not answer
or could not read in its language; the rest is for the author to judge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import combinations
from typing import Final, TypeVar

from assessments.readiness.content.places import (
    DUTCH,
    LANGUAGES,
    Field,
    Place,
    place_of,
    spoken,
    texts_of_part,
    texts_of_statement,
)
from assessments.readiness.content.reading import (
    QuestionnaireText,
    StatementText,
    TransitionText,
    Wording,
)
from assessments.readiness.domain.parts import PartKind

FEWEST_TRANSITIONS: Final = 7
FEWEST_STATEMENTS: Final = 5
"""In each transition; the module of operator support needs one more."""
FEWEST_OF_SUPPORT: Final = 6
MOST_WORDS: Final = 22
"""Above this a Dutch sentence is long for readers at level B1."""
ItemT = TypeVar("ItemT", TransitionText, StatementText)
_SENTENCE_END = re.compile(r"[.!?:;](?=\s|$)|\n")


class Fault(StrEnum):
    """What is wrong; ``WEIGHT`` says how bad it is."""

    NO_PARTS = "no_parts"
    NO_STATEMENTS = "no_statements"
    TEXT_MISSING = "text_missing"
    SAME_LEVELS = "same_levels"
    NO_TOPIC = "no_topic"
    DOUBLED_POSITION = "doubled_position"
    FEW_TRANSITIONS = "few_transitions"
    FEW_STATEMENTS = "few_statements"
    FEW_OF_SUPPORT = "few_of_support"
    NO_RESILIENCE = "no_resilience"
    LONG_SENTENCE = "long_sentence"


class Weight(IntEnum):
    """How bad a fault is, worst first."""

    BLOCKS = 1
    WARNS = 2
    HINTS = 3


_BLOCKING: Final = frozenset(
    {Fault.NO_PARTS, Fault.NO_STATEMENTS, Fault.TEXT_MISSING, Fault.SAME_LEVELS}
)


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault at its place.

    ``count`` is the number that the fault is about: how many there are, the position that
    comes twice, the other level with the same text, or the words of the sentence ``quote``.
    """

    fault: Fault
    place: Place
    count: int = 0
    quote: str = ""

    @property
    def weight(self) -> Weight:
        """How bad it is."""
        if self.fault in _BLOCKING:
            return Weight.BLOCKS
        return Weight.HINTS if self.fault is Fault.LONG_SENTENCE else Weight.WARNS


def check(text: QuestionnaireText) -> tuple[Problem, ...]:
    """Every problem, worst first and then in the order of the questionnaire."""
    found = [*_whole(text)]
    for part in text.transitions:
        found += _part(part)
        for statement in part.statements:
            found += _statement(part, statement)
    return tuple(sorted(found, key=lambda problem: problem.weight))


def blocking(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that stand in the way of publishing."""
    return tuple(problem for problem in problems if problem.weight is Weight.BLOCKS)


def _whole(text: QuestionnaireText) -> Iterator[Problem]:
    """The parts together: enough of each kind, each at a position of its own."""
    kinds = Counter(part.kind for part in text.transitions)
    if not text.transitions:
        yield Problem(Fault.NO_PARTS, Place())
    if kinds[PartKind.TRANSITION] < FEWEST_TRANSITIONS:
        yield Problem(Fault.FEW_TRANSITIONS, Place(), kinds[PartKind.TRANSITION])
    supporting = [part for part in text.transitions if part.kind is PartKind.OPERATOR_SUPPORT]
    statements = sum(len(part.statements) for part in supporting)
    if statements < FEWEST_OF_SUPPORT:
        place = place_of(supporting[0]) if supporting else Place()
        yield Problem(Fault.FEW_OF_SUPPORT, place, statements)
    if not kinds[PartKind.RESILIENCE]:
        yield Problem(Fault.NO_RESILIENCE, Place())
    for part in _doubled(text.transitions):
        yield Problem(Fault.DOUBLED_POSITION, place_of(part).within(Field.ORDER), part.position)


def _part(part: TransitionText) -> Iterator[Problem]:
    """A part without its statements' own texts."""
    here = place_of(part)
    if not part.statements:
        yield Problem(Fault.NO_STATEMENTS, here)
    elif part.kind is PartKind.TRANSITION and len(part.statements) < FEWEST_STATEMENTS:
        yield Problem(Fault.FEW_STATEMENTS, here, len(part.statements))
    for place, wording in texts_of_part(part):
        yield from _wording(place, wording)
    for statement in _doubled(part.statements):
        place = place_of(part, statement).within(Field.ORDER)
        yield Problem(Fault.DOUBLED_POSITION, place, statement.position)


def _statement(part: TransitionText, statement: StatementText) -> Iterator[Problem]:
    for place, wording in texts_of_statement(part, statement):
        yield from _wording(place, wording)
    here = place_of(part, statement)
    for (low, one), (high, other) in combinations(enumerate(statement.levels, start=1), 2):
        for language in LANGUAGES:
            words = _plain(spoken(one, language))
            if words and words == _plain(spoken(other, language)):
                place = here.within(Field.LEVEL, high).in_language(language)
                yield Problem(Fault.SAME_LEVELS, place, low)
    if not statement.topics:
        yield Problem(Fault.NO_TOPIC, here.within(Field.TOPICS))


def _wording(place: Place, wording: Wording) -> Iterator[Problem]:
    """A text that is missing in one language or both; long sentences in Dutch."""
    missing = [language for language in LANGUAGES if not spoken(wording, language)]
    if missing:
        yield Problem(
            Fault.TEXT_MISSING, place if len(missing) > 1 else place.in_language(missing[0])
        )
    for sentence in _SENTENCE_END.split(spoken(wording, DUTCH)):
        words = sentence.split()
        if len(words) > MOST_WORDS:
            yield Problem(
                Fault.LONG_SENTENCE, place.in_language(DUTCH), len(words), " ".join(words)
            )


def _doubled(items: tuple[ItemT, ...]) -> list[ItemT]:
    """Those whose position was taken before; position 0 means that none is known."""
    seen: set[int] = set()
    again = []
    for item in items:
        if item.position and item.position in seen:
            again.append(item)
        seen.add(item.position)
    return again


def _plain(text: str) -> str:
    """A text without what only looks different: capitals, blanks and the last dot."""
    return " ".join(text.casefold().split()).rstrip(". ")
