"""Reads over the versions of the questionnaire."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from assessments.readiness.content.reading import (
    LEVELS,
    NO_WORDING,
    QuestionnaireText,
    StatementText,
    TransitionText,
    Wording,
)
from assessments.readiness.domain.parts import PartKind, SupportNeed, Topic
from assessments.readiness.models import Level, Questionnaire, Statement, Transition
from portal.common.versioned import VersionStatus


def published_questionnaire() -> Questionnaire | None:
    """The version that new scans answer."""
    return Questionnaire.objects.filter(status=VersionStatus.PUBLISHED).first()


def _in_full() -> QuerySet[Transition]:
    """Transitions in order with statements and levels: three queries whatever the size."""
    statements = Statement.objects.order_by("position", "pk").prefetch_related(
        Prefetch("levels", Level.objects.order_by("number", "pk"))
    )
    return Transition.objects.order_by("position", "pk").prefetch_related(
        Prefetch("statements", statements)
    )


def transitions_in_full(questionnaire_id: int) -> list[Transition]:
    """Transitions with statements and levels; three queries whatever the size."""
    return list(_in_full().filter(questionnaire=questionnaire_id))


def transition_in_full(questionnaire_id: int, slug: str) -> Transition | None:
    """One transition with its statements and levels; three queries."""
    return _in_full().filter(questionnaire=questionnaire_id, slug=slug).first()


def statement_in(questionnaire_id: int, statement_id: int) -> Statement | None:
    """A statement of a questionnaire with its transition; one query."""
    return (
        Statement.objects.filter(pk=statement_id, transition__questionnaire=questionnaire_id)
        .select_related("transition")
        .first()
    )


def questionnaire_text(questionnaire: Questionnaire) -> QuestionnaireText:
    """A stored questionnaire in the form in which it was read from its files."""
    return text_of(transitions_in_full(questionnaire.pk))


def text_of(transitions: Iterable[Transition]) -> QuestionnaireText:
    """Transitions that were read in full, as a text; no query."""
    return QuestionnaireText(
        tuple(
            TransitionText(
                transition.slug,
                Wording(transition.title_nl, transition.title_en),
                Wording(transition.intro_nl, transition.intro_en),
                tuple(_statement_text(statement) for statement in transition.statements.all()),
                PartKind(transition.kind),
                transition.position,
            )
            for transition in transitions
        ),
    )


def _statement_text(statement: Statement) -> StatementText:
    levels = {
        level.number: Wording(level.text_nl, level.text_en) for level in statement.levels.all()
    }
    return StatementText(
        statement.slug,
        Wording(statement.text_nl, statement.text_en),
        Wording(statement.example_nl, statement.example_en),
        tuple(levels.get(number, NO_WORDING) for number in range(1, LEVELS + 1)),
        Wording(statement.step_nl, statement.step_en),
        statement.impact,
        statement.effort,
        tuple(Topic(word) for word in statement.topics),
        tuple(SupportNeed(word) for word in statement.needs),
        statement.position,
    )


@dataclass(frozen=True)
class Shown:
    """A version beside the one that is published, both read in full."""

    version: Questionnaire
    parts: list[Transition]
    text: QuestionnaireText
    published: Questionnaire | None
    published_text: QuestionnaireText | None


def version_beside_published(questionnaire_id: int) -> Shown | None:
    """A version and the published one with all their texts; four queries for both together.

    Both are annotated with ``open_scans``, the number of scans that still answer them.
    """
    found = {
        row.pk: row
        for row in Questionnaire.objects.filter(
            Q(pk=questionnaire_id) | Q(status=VersionStatus.PUBLISHED)
        )
        .select_related("published_by")
        .annotate(open_scans=Count("scans", filter=Q(scans__submitted_at=None)))
        .prefetch_related(Prefetch("transitions", _in_full()))
    }
    version = found.get(questionnaire_id)
    if version is None:
        return None
    published = next((row for row in found.values() if row.status == VersionStatus.PUBLISHED), None)
    parts = list(version.transitions.all())
    return Shown(
        version,
        parts,
        text_of(parts),
        published,
        text_of(published.transitions.all()) if published else None,
    )


def statements_in_order(questionnaire_id: int) -> list[int]:
    """Ids of all statements of a version, in the order in which they are asked."""
    return list(
        Statement.objects.filter(transition__questionnaire=questionnaire_id)
        .order_by("transition__position", "transition_id", "position", "pk")
        .values_list("pk", flat=True)
    )
