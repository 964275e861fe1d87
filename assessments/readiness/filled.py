"""The questionnaire as the company filled it in, statement by statement, to take along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.readiness.models import Answer, Level, Statement, Transition
from assessments.readiness.remarks import in_words
from assessments.readiness.selectors import Comment, Review


@dataclass(frozen=True, slots=True)
class FilledStatement:
    """One statement with the company's answer, if any, and the advisers' comments."""

    statement: Statement
    answer: Answer | None
    comments: tuple[Comment, ...]

    @property
    def words(self) -> str:
        """The answer in the language of the page."""
        return in_words(self.answer.response if self.answer else None)

    @property
    def level(self) -> Level | None:
        """The level that was chosen; None for every other answer."""
        number = self.answer.level if self.answer else None
        levels = self.statement.levels.all()  # read with the questionnaire
        return next((level for level in levels if level.number == number), None)

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
    parts: Iterable[Transition], answers: Mapping[int, Answer], review: Review
) -> list[FilledPart]:
    """The parts in order; ``parts`` with statements and levels, ``answers`` by statement id."""
    comments: dict[int, list[Comment]] = {}
    for comment in review.comments:
        comments.setdefault(comment.statement_id, []).append(comment)
    return [
        FilledPart(
            part,
            tuple(
                FilledStatement(item, answers.get(item.pk), tuple(comments.get(item.pk, ())))
                for item in part.statements.all()
            ),
        )
        for part in parts
    ]
