"""What the pages show of the advisers' work: comments per statement, reopenings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.readiness.domain.answers import AnswerKind, Response
from assessments.readiness.forms.review import CommentForm
from assessments.readiness.models import ANSWER_KIND_LABELS, Scan, Statement, Transition
from assessments.readiness.selectors import Comment, Part, Review, review_of


@dataclass(frozen=True, slots=True)
class Remarks:
    """The comments on a scan; ``typed`` is the form that was sent and not accepted."""

    scan: Scan
    review: Review
    may_comment: bool
    typed: CommentForm | None = None

    def form_for(self, statement: Statement) -> CommentForm | None:
        """An empty form, or the one that was sent; None for who only reads."""
        if not self.may_comment:
            return None
        if self.typed is not None and self.typed.statement_id == statement.pk:
            return self.typed
        return CommentForm(statement.pk, statement.slug)


def remarks_on(
    scan: Scan, *, may_comment: bool = False, typed: CommentForm | None = None
) -> Remarks:
    """The comments that a scan from ``selectors.with_review`` carries."""
    return Remarks(scan, review_of(scan), may_comment, typed)


@dataclass(frozen=True, slots=True)
class ListedComment:
    """A comment in a list of all of them, with the statement that it is about."""

    comment: Comment
    statement: Statement


def listed(review: Review, parts: Iterable[Part]) -> list[ListedComment]:
    """The comments in the order of the questionnaire."""
    statements = {item.statement.pk: item.statement for part in parts for item in part.statements}
    return [ListedComment(one, statements[one.statement_id]) for one in review.comments]


def in_words(response: Response | None) -> str:
    """An answer in the language of the page."""
    if response is None:
        return _("No answer")
    if response.kind is AnswerKind.LEVEL:
        return _("Level %(level)s") % {"level": response.level}
    return str(ANSWER_KIND_LABELS[response.kind])


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer as a page says it: in words, with its note and what shows it."""

    words: str
    note: str
    evidence: str


def _stored(entry: Mapping[str, str] | None) -> StoredAnswer:
    if entry is None:
        return StoredAnswer(in_words(None), "", "")
    words = in_words(Response.from_code(entry["code"]))
    return StoredAnswer(words, entry["note"], entry["evidence"])


@dataclass(frozen=True, slots=True)
class Difference:
    """One statement before and after a reopening; ``after`` is None when it is not shown."""

    statement: Statement
    before: StoredAnswer
    after: StoredAnswer | None

    @property
    def is_changed(self) -> bool:
        """Answer, note or evidence became another."""
        return self.after is not None and self.before != self.after


def differences(
    parts: Iterable[Transition],
    before: Mapping[str, Mapping[str, str]],
    after: Mapping[str, Mapping[str, str]] | None,
) -> list[tuple[Transition, list[Difference]]]:
    """Each part of the questionnaire with its statements, before and after a reopening.

    ``before`` and ``after`` are answers by "part/statement", as a reopening keeps them.
    """
    found = []
    for part in parts:
        keys = {item: f"{part.slug}/{item.slug}" for item in part.statements.all()}
        lines = [
            Difference(
                item,
                _stored(before.get(key)),
                None if after is None else _stored(after.get(key)),
            )
            for item, key in keys.items()
        ]
        found.append((part, lines))
    return found
