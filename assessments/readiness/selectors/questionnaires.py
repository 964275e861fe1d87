"""Reads over the versions of the questionnaire."""

from __future__ import annotations

from django.db.models import Prefetch

from assessments.readiness.content.reading import (
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


def transitions_in_full(questionnaire_id: int) -> list[Transition]:
    """Transitions with statements and levels; three queries whatever the size."""
    statements = Statement.objects.order_by("position", "pk").prefetch_related(
        Prefetch("levels", Level.objects.order_by("number", "pk"))
    )
    return list(
        Transition.objects.filter(questionnaire=questionnaire_id)
        .order_by("position", "pk")
        .prefetch_related(Prefetch("statements", statements))
    )


def transition_in_full(questionnaire_id: int, slug: str) -> Transition | None:
    """One transition with its statements and levels; three queries."""
    statements = Statement.objects.order_by("position", "pk").prefetch_related(
        Prefetch("levels", Level.objects.order_by("number", "pk"))
    )
    return (
        Transition.objects.filter(questionnaire=questionnaire_id, slug=slug)
        .prefetch_related(Prefetch("statements", statements))
        .first()
    )


def statement_in(questionnaire_id: int, statement_id: int) -> Statement | None:
    """A statement of a questionnaire with its transition; one query."""
    return (
        Statement.objects.filter(pk=statement_id, transition__questionnaire=questionnaire_id)
        .select_related("transition")
        .first()
    )


def questionnaire_text(questionnaire: Questionnaire) -> QuestionnaireText:
    """A stored questionnaire in the form in which it was read from its files."""
    return QuestionnaireText(
        tuple(
            TransitionText(
                transition.slug,
                Wording(transition.title_nl, transition.title_en),
                Wording(transition.intro_nl, transition.intro_en),
                tuple(_statement_text(statement) for statement in transition.statements.all()),
                PartKind(transition.kind),
            )
            for transition in transitions_in_full(questionnaire.pk)
        ),
    )


def _statement_text(statement: Statement) -> StatementText:
    return StatementText(
        statement.slug,
        Wording(statement.text_nl, statement.text_en),
        Wording(statement.example_nl, statement.example_en),
        tuple(Wording(level.text_nl, level.text_en) for level in statement.levels.all()),
        Wording(statement.step_nl, statement.step_en),
        statement.impact,
        statement.effort,
        tuple(Topic(word) for word in statement.topics),
        tuple(SupportNeed(word) for word in statement.needs),
    )
