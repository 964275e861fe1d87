"""Versions of the questionnaire: the one that comes with the portal, drafts, publishing."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from assessments.readiness.content.checking import blocking, check
from assessments.readiness.content.differences import fingerprint
from assessments.readiness.content.reading import (
    NO_WORDING,
    PLAIN_EDITION,
    SHIPPED_EDITION,
    QuestionnaireText,
    StatementText,
    TransitionText,
    read_questionnaire,
)
from assessments.readiness.models import Level, Questionnaire, Statement, Transition
from assessments.readiness.selectors import questionnaire_text
from assessments.readiness.services.errors import (
    ChangedSinceSeenError,
    IncompleteQuestionnaireError,
    NotADraftError,
)
from portal.accounts.models import User
from portal.common.versioned import VersionStatus

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page showed on which somebody decided to publish.

    ``text`` is the fingerprint of the draft, ``published_id`` the version that it was
    compared with (None when nothing was published).
    """

    text: str
    published_id: int | None


@transaction.atomic
def load_questionnaire() -> None:
    """Load the edition that comes with this release, once.

    It is published when nothing is published yet or an earlier edition is. Administrators
    who published a version of their own keep it; the new edition then waits as a draft. A
    published version never changes: files that differ from it are reported in the log.
    """
    for edition in range(PLAIN_EDITION, SHIPPED_EDITION + 1):
        stored = Questionnaire.objects.filter(edition=edition).first()
        if stored is not None and questionnaire_text(stored) != read_questionnaire(edition):
            logger.warning(
                "Edition %s of the questionnaire is loaded and keeps its texts; changed files"
                " need a new edition",
                edition,
            )
    if Questionnaire.objects.filter(edition=SHIPPED_EDITION).exists():
        return
    draft = _new_draft(
        read_questionnaire(SHIPPED_EDITION),
        note="Zeven transities en twee modules, meegeleverd met het portaal",
        edition=SHIPPED_EDITION,
    )
    published = Questionnaire.objects.filter(status=VersionStatus.PUBLISHED).first()
    if published is None or published.edition is not None:
        publish_questionnaire(questionnaire_id=draft.pk, user=None)
    else:
        logger.warning(
            "Edition %s of the questionnaire waits as a draft: administrators published a"
            " version of their own",
            SHIPPED_EDITION,
        )


def _new_draft(text: QuestionnaireText, *, note: str, edition: int | None = None) -> Questionnaire:
    """A draft under the next number."""
    _locked_versions()
    highest = Questionnaire.objects.aggregate(highest=Max("version"))["highest"] or 0
    draft = Questionnaire.objects.create(version=highest + 1, note=note, edition=edition)
    _fill(draft, text)
    return draft


def _fill(questionnaire: Questionnaire, text: QuestionnaireText) -> None:
    """Write the content of a draft, in four statements."""
    transitions = Transition.objects.bulk_create(
        _transition_row(questionnaire, item, position)
        for position, item in enumerate(text.transitions, start=1)
    )
    statements = Statement.objects.bulk_create(
        _statement_row(row, item, position)
        for row, transition in zip(transitions, text.transitions, strict=True)
        for position, item in enumerate(transition.statements, start=1)
    )
    texts = [item for transition in text.transitions for item in transition.statements]
    Level.objects.bulk_create(
        Level(statement=row, number=number, text_nl=wording.nl, text_en=wording.en)
        for row, item in zip(statements, texts, strict=True)
        for number, wording in enumerate(item.levels, start=1)
        if wording != NO_WORDING
    )


def _transition_row(
    questionnaire: Questionnaire, text: TransitionText, position: int
) -> Transition:
    return Transition(
        questionnaire=questionnaire,
        slug=text.slug,
        kind=text.kind.value,
        position=position,
        title_nl=text.title.nl,
        title_en=text.title.en,
        intro_nl=text.intro.nl,
        intro_en=text.intro.en,
    )


def _statement_row(transition: Transition, text: StatementText, position: int) -> Statement:
    return Statement(
        transition=transition,
        slug=text.slug,
        position=position,
        text_nl=text.text.nl,
        text_en=text.text.en,
        example_nl=text.example.nl,
        example_en=text.example.en,
        step_nl=text.step.nl,
        step_en=text.step.en,
        impact=text.impact,
        effort=text.effort,
        topics=[topic.value for topic in text.topics],
        needs=[need.value for need in text.needs],
    )


def _locked_versions() -> list[Questionnaire]:
    """All versions, for whoever publishes or numbers one: two people take turns.

    The lock also keeps the texts still: a write below a version waits for it. Scans that
    start do not (a foreign key takes a weaker lock).
    """
    return list(Questionnaire.objects.select_for_update(of=("self",), no_key=True).order_by("pk"))


@transaction.atomic
def publish_questionnaire(
    *, questionnaire_id: int, user: User | None, seen: Seen | None = None
) -> Questionnaire:
    """Publish a draft and retire the version before it; open scans keep their version.

    ``user`` is None only for the version that came with the portal; ``seen`` is None where
    nobody looked at a page. Raises NotADraftError, ChangedSinceSeenError when the draft or
    the published version is another than the page showed, IncompleteQuestionnaireError
    when a text is missing.
    """
    versions = {version.pk: version for version in _locked_versions()}
    questionnaire = versions.get(questionnaire_id)
    if questionnaire is None or not questionnaire.is_draft:
        raise NotADraftError
    before = [row for row in versions.values() if row.status == VersionStatus.PUBLISHED]
    text = questionnaire_text(questionnaire)
    now_shown = Seen(fingerprint(text), before[0].pk if before else None)
    if seen is not None and seen != now_shown:
        raise ChangedSinceSeenError
    if blocking(check(text)):
        raise IncompleteQuestionnaireError
    for published in before:
        published.status = VersionStatus.RETIRED
        published.save(update_fields=["status"])
    questionnaire.status = VersionStatus.PUBLISHED
    questionnaire.published_at = timezone.now()
    questionnaire.published_by = user
    questionnaire.save(update_fields=["status", "published_at", "published_by"])
    return questionnaire


@transaction.atomic
def draft_from(*, questionnaire_id: int, note: str = "") -> Questionnaire:
    """A new draft with the texts of an existing version, to be edited and published."""
    source = Questionnaire.objects.get(pk=questionnaire_id)
    return _new_draft(questionnaire_text(source), note=note)
