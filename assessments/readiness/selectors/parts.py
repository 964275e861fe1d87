"""The parts of a questionnaire with their statements and levels, kept per process.

The database lets no published or retired version change, so what was read once stays
true. A draft is read again each time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Final

from assessments.readiness.models import Level, Questionnaire, Statement, Transition
from portal.common.versioned import VersionStatus

MOST_KEPT: Final = 4
"""One version is answered, one or two are compared with; a version takes about 300 kB."""


@dataclass(frozen=True, slots=True)
class StatementInFull:
    """A statement with its levels by number."""

    statement: Statement
    levels: Mapping[int, Level] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A transition or module with its statements, in order. Shared by threads: only read."""

    transition: Transition
    statements: tuple[StatementInFull, ...]

    @property
    def slug(self) -> str:
        """Code of the part, the same in every version."""
        return self.transition.slug

    @property
    def title(self) -> str:
        """Its name in the language of the page."""
        return self.transition.title

    @property
    def is_module(self) -> bool:
        """Shown beside the seven transitions, outside the score."""
        return self.transition.is_module


# A publication that was undone leaves nothing behind: it has another moment.
_Key = tuple[int, datetime | None]
_kept: OrderedDict[_Key, tuple[Part, ...]] = OrderedDict()
_lock = Lock()


def parts_of(questionnaire: Questionnaire) -> tuple[Part, ...]:
    """Parts in order; one query for a draft and for what this process has not read yet."""
    if questionnaire.status == VersionStatus.DRAFT:
        return _read(questionnaire.pk)
    key = (questionnaire.pk, questionnaire.published_at)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = _read(questionnaire.pk)
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _read(questionnaire_id: int) -> tuple[Part, ...]:
    """Every level with what is above it: wide rows, but one way to the database."""
    rows = (
        Level.objects.filter(statement__transition__questionnaire=questionnaire_id)
        .select_related("statement__transition")
        .order_by(
            "statement__transition__position",
            "statement__transition_id",
            "statement__position",
            "statement_id",
            "number",
            "pk",
        )
    )
    transitions: dict[int, Transition] = {}
    statements: dict[int, dict[int, StatementInFull]] = {}
    levels: dict[int, dict[int, Level]] = {}
    for level in rows:
        statement = level.statement
        transition = transitions.setdefault(statement.transition_id, statement.transition)
        of_statement = levels.setdefault(statement.pk, {})
        statements.setdefault(transition.pk, {}).setdefault(
            statement.pk, StatementInFull(statement, of_statement)
        )
        of_statement[level.number] = level
    return tuple(
        Part(transition, tuple(statements[pk].values())) for pk, transition in transitions.items()
    )
