"""What can be answered to one statement, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Final

LOWEST_LEVEL: Final = 1
HIGHEST_LEVEL: Final = 5
FUTURE_LEVEL: Final = 4
"""The level of a factory of the future (study, chapter on Industry 4.0)."""


class AnswerKind(StrEnum):
    """What was answered; only ``LEVEL`` carries a number."""

    LEVEL = "level"
    NOT_APPLICABLE = "na"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Response:
    """One answer: a level from 1 to 5, not applicable, or don't know.

    Raises ValueError when level and kind do not fit together.
    """

    kind: AnswerKind
    level: int | None = None

    def __post_init__(self) -> None:
        if self.kind is AnswerKind.LEVEL:
            if self.level is None or not LOWEST_LEVEL <= self.level <= HIGHEST_LEVEL:
                raise ValueError(f"A level lies between 1 and 5, not {self.level!r}")
        elif self.level is not None:
            raise ValueError(f"An answer of kind {self.kind} carries no level")

    @property
    def code(self) -> str:
        """The answer as one word for a form: "1" to "5", "na" or "unknown"."""
        return str(self.level) if self.kind is AnswerKind.LEVEL else self.kind.value

    @classmethod
    def from_code(cls, code: str) -> Response:
        """Read back what ``code`` gave; ValueError on any other word."""
        if code.isdecimal() and code.isascii():
            return cls(AnswerKind.LEVEL, int(code))
        return cls(AnswerKind(code))


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer with its note and what shows it, as one person gave it.

    ``evidence`` is one line of text, ``document_id`` a document of the company.
    """

    response: Response
    note: str = ""
    evidence: str = ""
    document_id: int | None = None


def fingerprint(entry: Entry | None) -> str:
    """A short word that changes when the answer, its note or its evidence changes.

    A page carries it along, so that a save can tell what somebody else changed
    since the page was opened. No secret: it only protects against mistakes.
    """
    if entry is None:
        return "none"
    # U+001F stands in no text that a form takes in, so parts cannot run into each other.
    document = "" if entry.document_id is None else str(entry.document_id)
    text = f"{entry.response.code}\x1f{document}\x1f{entry.evidence}\x1f{entry.note}"
    return blake2b(text.encode(), digest_size=8).hexdigest()


class MergeOutcome(StrEnum):
    """What to do with an entry that was typed on a page that may be out of date."""

    KEEP = "keep"
    WRITE = "write"
    CONFLICT = "conflict"


def merge_words(*, seen: str, stored: str, typed: str) -> MergeOutcome:
    """Decide for one field: what the page showed, what is stored now, what is typed.

    Somebody who leaves a field alone (``typed`` is what the page showed) never undoes the
    work of another; two different changes are a conflict, which is told and not written.
    """
    if typed in {stored, seen}:
        return MergeOutcome.KEEP
    return MergeOutcome.WRITE if stored == seen else MergeOutcome.CONFLICT


def merge(*, seen: str, stored: Entry | None, typed: Entry | None) -> MergeOutcome:
    """As ``merge_words``, for a statement and the fingerprint with which the page was opened."""
    return merge_words(seen=seen, stored=fingerprint(stored), typed=fingerprint(typed))
