"""The questionnaire as the company filled it in, statement by statement, to take along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.readiness.models import Answer, Level, Statement, Transition
from assessments.readiness.pages.remarks import in_words
from assessments.readiness.selectors import Comment, Part, Review, StatementInFull


@dataclass(frozen=True, slots=True)
class FilledStatement:
    """One statement with the company's answer, if any, and the advisers' comments."""

    full: StatementInFull
    answer: Answer | None
    comments: tuple[Comment, ...]

    @property
    def statement(self) -> Statement:
        """The statement itself."""
        return self.full.statement

    @property
    def levels(self) -> tuple[Level, ...]:
        """Its levels, the lowest first."""
        return tuple(level for _number, level in sorted(self.full.levels.items()))

    @property
    def words(self) -> str:
        """The answer in the language of the page."""
        return in_words(self.answer.response if self.answer else None)

    @property
    def level(self) -> Level | None:
        """The level that was chosen; None for every other answer."""
        number = self.answer.level if self.answer else None
        return None if number is None else self.full.levels.get(number)

    @property
    def note(self) -> str:
        """What the company wrote beside its answer."""
        return self.answer.note if self.answer else ""

    @property
    def evidence(self) -> tuple[str, ...]:
        """What shows it, in the company's words, and the title of the document."""
        if self.answer is None:
            return ()
        document = self.answer.document
        title = document.title if document and document.removed_at is None else ""
        return tuple(text for text in (self.answer.evidence, title) if text)


@dataclass(frozen=True, slots=True)
class FilledPart:
    """A transition or module with its statements."""

    part: Transition
    statements: tuple[FilledStatement, ...]


def filled(
    parts: Iterable[Part], answers: Mapping[int, Answer], review: Review
) -> list[FilledPart]:
    """The parts in order; ``answers`` by statement id."""
    comments: dict[int, list[Comment]] = {}
    for comment in review.comments:
        comments.setdefault(comment.statement_id, []).append(comment)
    return [
        FilledPart(
            part.transition,
            tuple(
                FilledStatement(
                    item,
                    answers.get(item.statement.pk),
                    tuple(comments.get(item.statement.pk, ())),
                )
                for item in part.statements
            ),
        )
        for part in parts
    ]
