"""Writes over scans.

Opportunities read the latest submitted scan and, as long as there is none, the open
one. So the company's facts change when a scan is submitted, and also when one is
started or answered before anything was submitted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
from companies.profiles.models import Company
from companies.profiles.services.facts import lock_company, touch_facts
from portal.accounts.models import User


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
            "evidence": entry.evidence,
            "document_id": entry.document_id,
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
    scan = locked_scan(scan_id)
    if not scan.is_open:
        raise ScanClosedError
    return scan


def _touch_while_nothing_submitted(scan: Scan) -> None:
    """The open scan speaks for the company only until the first submission."""
    submitted = Scan.objects.filter(company=scan.company_id, submitted_at__isnull=False)
    if not submitted.exists():
        touch_facts(scan.company_id)
