"""Writes over scans.

Opportunities read the latest submitted scan and, as long as there is none, the open
one. So the company's facts change when a scan is submitted, and also when one is
started or answered before anything was submitted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from assessments.readiness.domain.answers import AnswerKind, Entry, MergeOutcome, merge
from assessments.readiness.models import Answer, Scan
from assessments.readiness.selectors import published_questionnaire
from assessments.readiness.services.errors import (
    NoQuestionnaireError,
    NothingAnsweredError,
    ScanClosedError,
)
from assessments.readiness.services.locking import locked_scan
from assessments.readiness.services.settling import settle_what_is_left
from companies.profiles.models import Company, Document
from companies.profiles.services.facts import lock_company, touch_facts
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Change:
    """What a page sends for one statement.

    ``seen`` is the fingerprint of the entry that the page showed when it was opened.
    """

    seen: str
    typed: Entry | None


class Refusal(StrEnum):
    """Why one answer was not written."""

    CONFLICT = "conflict"
    """Somebody else changed it since the page was opened."""
    SETTLED = "settled"
    """An owner settled it, and only an owner changes it."""
    DOCUMENT = "document"
    """The document is not, or no longer, one of the company's current ones."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Statement ids that were written, and the others that were to change, with the reason.

    ``agreed`` are the statements for which what was typed is what is stored now.
    """

    written: tuple[int, ...] = ()
    agreed: tuple[int, ...] = ()
    refused: Mapping[int, Refusal] = field(default_factory=dict)

    @property
    def conflicts(self) -> tuple[int, ...]:
        """Statements that somebody else changed meanwhile."""
        return tuple(pk for pk, why in self.refused.items() if why is Refusal.CONFLICT)


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
def save_answers(
    *, scan_id: int, user: User, changes: Mapping[int, Change], may_change_settled: bool = False
) -> Saved:
    """Write answers by statement id; what somebody else changed meanwhile is not overwritten.

    One refused answer never keeps back the others. ``may_change_settled`` is for owners: an
    answer that an owner settled is then settled anew, by ``user``. Raises ScanClosedError
    when the scan was submitted.
    """
    scan = _locked_open_scan(scan_id)
    stored = {
        answer.statement_id: answer
        for answer in Answer.objects.filter(scan=scan, statement__in=changes)
    }
    current = _current_documents(scan, changes)
    written: list[int] = []
    agreed: list[int] = []
    refused: dict[int, Refusal] = {}
    for statement_id, change in changes.items():
        answer = stored.get(statement_id)
        before = answer.entry if answer else None
        outcome = merge(seen=change.seen, stored=before, typed=change.typed)
        if outcome is MergeOutcome.KEEP:
            agreed += [statement_id] if change.typed == before else []
        elif answer and answer.is_settled and not may_change_settled:
            refused[statement_id] = Refusal.SETTLED
        elif outcome is MergeOutcome.CONFLICT:
            refused[statement_id] = Refusal.CONFLICT
        elif not _document_fits(before, change.typed, current):
            refused[statement_id] = Refusal.DOCUMENT
        else:
            _write(answer or Answer(scan=scan, statement_id=statement_id), change.typed, user)
            written.append(statement_id)
    if written:
        _touch_while_nothing_submitted(scan)
    return Saved(tuple(written), (*written, *agreed), refused)


def _current_documents(scan: Scan, changes: Mapping[int, Change]) -> set[int]:
    """Which of the documents that are named are the company's and were not removed."""
    named = {change.typed.document_id for change in changes.values() if change.typed} - {None}
    if not named:
        return set()
    documents = Document.objects.filter(company=scan.company_id, pk__in=named).current()
    return set(documents.values_list("pk", flat=True))


def _document_fits(before: Entry | None, typed: Entry | None, current: Collection[int]) -> bool:
    """A document that already stands there may stay, also when it was removed since."""
    named = typed.document_id if typed else None
    return named is None or named in current or bool(before and before.document_id == named)


def _write(answer: Answer, entry: Entry | None, user: User) -> None:
    """Store ``entry`` in a row that may be new; None takes the row away."""
    if entry is None:
        answer.delete()
        return
    answer.kind = entry.response.kind.value
    answer.level = entry.response.level
    answer.note = entry.note
    answer.evidence = entry.evidence
    answer.document_id = entry.document_id
    answer.answered_by = user
    if answer.is_settled:
        answer.settled_at, answer.settled_by = timezone.now(), user
    answer.save()


@transaction.atomic
def submit_scan(*, scan_id: int, user: User, accepted: int = 0) -> Scan:
    """Close a scan: from now on it speaks for the company and advisers see it.

    Open points may remain; they show as a range. Points to discuss may not, except when an
    owner saw how many there are (``accepted``) and lets the company's answers stand. Raises
    NothingAnsweredError without one level, UnsettledError while points to discuss are not
    settled, ScanClosedError when it was already submitted.
    """
    scan = _locked_open_scan(scan_id)
    if not Answer.objects.filter(scan=scan, kind=AnswerKind.LEVEL).exists():
        raise NothingAnsweredError
    now = timezone.now()
    settle_what_is_left(scan=scan, user=user, accepted=accepted, now=now)
    scan.submitted_at = now
    scan.submitted_by = user
    scan.save(update_fields=["submitted_at", "submitted_by"])
    touch_facts(scan.company_id)
    return scan


def _locked_open_scan(scan_id: int) -> Scan:
    """The scan, locked until the end of the transaction; ScanClosedError when submitted."""
    scan = locked_scan(scan_id)
    if not scan.is_open:
        raise ScanClosedError
    return scan


def _touch_while_nothing_submitted(scan: Scan) -> None:
    """The open scan speaks for the company only until the first submission."""
    submitted = Scan.objects.filter(company=scan.company_id, submitted_at__isnull=False)
    if not submitted.exists():
        touch_facts(scan.company_id)
