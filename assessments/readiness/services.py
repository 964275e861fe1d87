"""Writes over questionnaires and scans.

Opportunities read the latest submitted scan and, as long as there is none, the open
one. So the company's facts change when a scan is submitted, and also when one is
started or answered before anything was submitted.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from assessments.readiness.content.reading import (
    LEVELS,
    QuestionnaireText,
    StatementText,
    TransitionText,
    read_questionnaire,
)
from assessments.readiness.domain.answers import AnswerKind, Entry, MergeOutcome, merge
from assessments.readiness.models import Answer, Level, Questionnaire, Scan, Statement, Transition
from assessments.readiness.selectors import published_questionnaire, questionnaire_text
from companies.profiles.models import Company
from companies.profiles.services.facts import lock_company, touch_facts
from portal.accounts.models import User
from portal.common.versioned import VersionStatus

logger = logging.getLogger(__name__)

SHIPPED_VERSION = 1


class ReadinessError(Exception):
    """A request that cannot be carried out; the page says why."""


class NoQuestionnaireError(ReadinessError):
    """No version is published, so no scan can start."""


class ScanClosedError(ReadinessError):
    """The scan was submitted; its answers do not change any more."""


class NothingAnsweredError(ReadinessError):
    """A scan without one level says nothing, so it cannot be submitted."""


class IncompleteQuestionnaireError(ReadinessError):
    """A draft lacks statements or level texts, so it cannot be published."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a page sends for one statement.

    ``seen`` is the fingerprint of the entry that the page showed when it was opened.
    """

    seen: str
    typed: Entry | None


@dataclass(frozen=True, slots=True)
class Saved:
    """Statement ids that were written, and those that somebody else changed meanwhile."""

    written: tuple[int, ...]
    conflicts: tuple[int, ...]


@transaction.atomic
def load_reference() -> None:
    """Load the questionnaire that came with the portal as the published version 1.

    Does nothing when it is already there: a published version never changes. Files that
    differ from what was published are reported in the log, and have no effect.
    """
    text = read_questionnaire(SHIPPED_VERSION)
    stored = Questionnaire.objects.filter(version=SHIPPED_VERSION).first()
    if stored is not None:
        if questionnaire_text(stored) != text:
            logger.warning(
                "Questionnaire %s is published and keeps its texts; changed files need a"
                " new version",
                SHIPPED_VERSION,
            )
        return
    questionnaire = Questionnaire.objects.create(
        version=SHIPPED_VERSION, note="Zeven transities, meegeleverd met het portaal"
    )
    _fill(questionnaire, text)
    publish_questionnaire(questionnaire_id=questionnaire.pk, user=None)


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
    )


def _transition_row(
    questionnaire: Questionnaire, text: TransitionText, position: int
) -> Transition:
    return Transition(
        questionnaire=questionnaire,
        slug=text.slug,
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
    )


@transaction.atomic
def publish_questionnaire(*, questionnaire_id: int, user: User | None) -> Questionnaire:
    """Publish a draft and retire the version before it; open scans keep their version.

    ``user`` is None only for the version that came with the portal. Raises
    IncompleteQuestionnaireError when a transition has no statement or a statement not
    all its levels, or when it is no draft.
    """
    questionnaire = Questionnaire.objects.select_for_update(of=("self",)).get(pk=questionnaire_id)
    transitions = questionnaire_text(questionnaire).transitions
    complete = bool(transitions) and all(
        transition.statements and all(len(item.levels) == LEVELS for item in transition.statements)
        for transition in transitions
    )
    if questionnaire.status != VersionStatus.DRAFT or not complete:
        raise IncompleteQuestionnaireError
    for published in Questionnaire.objects.filter(status=VersionStatus.PUBLISHED):
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
    highest = Questionnaire.objects.aggregate(highest=Max("version"))["highest"]
    draft = Questionnaire.objects.create(version=highest + 1, note=note)
    _fill(draft, questionnaire_text(source))
    return draft


@transaction.atomic
def start_scan(*, company: Company, user: User) -> Scan:
    """Start the next moment (T0, T1, ...), or give back the scan that is still open.

    Raises NoQuestionnaireError when no version is published.
    """
    # The company is the lock: two people who start at once get the same scan.
    lock_company(company.pk)
    open_scan = Scan.objects.filter(company=company, submitted_at__isnull=True).first()
    if open_scan is not None:
        return open_scan
    questionnaire = published_questionnaire()
    if questionnaire is None:
        raise NoQuestionnaireError
    latest = Scan.objects.filter(company=company).aggregate(latest=Max("moment"))["latest"]
    scan = Scan.objects.create(
        company=company,
        questionnaire=questionnaire,
        moment=0 if latest is None else latest + 1,
        started_by=user,
    )
    _touch_while_nothing_submitted(scan)
    return scan


@transaction.atomic
def save_answers(*, scan_id: int, user: User, changes: Mapping[int, Change]) -> Saved:
    """Write answers by statement id; what somebody else changed meanwhile is not overwritten.

    Raises ScanClosedError when the scan was submitted.
    """
    scan = _locked_open_scan(scan_id)
    stored = {
        answer.statement_id: answer
        for answer in Answer.objects.filter(scan=scan, statement__in=changes)
    }
    written: list[int] = []
    conflicts: list[int] = []
    for statement_id, change in changes.items():
        answer = stored.get(statement_id)
        outcome = merge(
            seen=change.seen, stored=answer.entry if answer else None, typed=change.typed
        )
        if outcome is MergeOutcome.CONFLICT:
            conflicts.append(statement_id)
        elif outcome is MergeOutcome.WRITE:
            _write(scan, statement_id, change.typed, user)
            written.append(statement_id)
    if written:
        _touch_while_nothing_submitted(scan)
    return Saved(tuple(written), tuple(conflicts))


def _write(scan: Scan, statement_id: int, entry: Entry | None, user: User) -> None:
    if entry is None:
        Answer.objects.filter(scan=scan, statement=statement_id).delete()
        return
    Answer.objects.update_or_create(
        scan=scan,
        statement_id=statement_id,
        defaults={
            "kind": entry.response.kind.value,
            "level": entry.response.level,
            "note": entry.note,
            "answered_by": user,
        },
    )


@transaction.atomic
def submit_scan(*, scan_id: int, user: User) -> Scan:
    """Close a scan: from now on it speaks for the company and advisers see it.

    Open points may remain; they show as a range. Raises NothingAnsweredError without
    one level, ScanClosedError when it was already submitted.
    """
    scan = _locked_open_scan(scan_id)
    if not Answer.objects.filter(scan=scan, kind=AnswerKind.LEVEL).exists():
        raise NothingAnsweredError
    scan.submitted_at = timezone.now()
    scan.submitted_by = user
    scan.save(update_fields=["submitted_at", "submitted_by"])
    touch_facts(scan.company_id)
    return scan


def _locked_open_scan(scan_id: int) -> Scan:
    scan = Scan.objects.select_for_update(of=("self",)).get(pk=scan_id)
    if not scan.is_open:
        raise ScanClosedError
    return scan


def _touch_while_nothing_submitted(scan: Scan) -> None:
    """The open scan speaks for the company only until the first submission."""
    submitted = Scan.objects.filter(company=scan.company_id, submitted_at__isnull=False)
    if not submitted.exists():
        touch_facts(scan.company_id)
