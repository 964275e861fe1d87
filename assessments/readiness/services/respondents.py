"""Writes of respondents, and settling what they differ on.

Views never count in the score: only settling and taking over write the company's answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from assessments.readiness.domain.answers import (
    AnswerKind,
    Entry,
    MergeOutcome,
    Response,
    fingerprint,
    merge,
)
from assessments.readiness.domain.parts import RespondentFunction
from assessments.readiness.models import Answer, Respondent, RespondentAnswer
from assessments.readiness.selectors import agreed_levels
from assessments.readiness.services.errors import AnswerChangedError, NotRespondentError
from assessments.readiness.services.scans import (
    Change,
    Refusal,
    Saved,
    _locked_open_scan,
    _touch_while_nothing_submitted,
)
from portal.accounts.models import User


@transaction.atomic
def join_scan(
    *, scan_id: int, user: User, function: RespondentFunction, now: datetime
) -> Respondent:
    """Take part in a scan from one place in the company, or change that place.

    Raises ScanClosedError when the scan was submitted.
    """
    scan = _locked_open_scan(scan_id)
    respondent, _ = Respondent.objects.update_or_create(
        scan=scan,
        user=user,
        defaults={"function": function.value},
        create_defaults={"function": function.value, "joined_at": now},
    )
    return respondent


@transaction.atomic
def save_view(*, scan_id: int, user: User, changes: Mapping[int, Change]) -> Saved:
    """Write one's own view by statement id; what one changed on another device stays.

    Raises NotRespondentError when the person does not take part, ScanClosedError when the
    scan was submitted.
    """
    scan = _locked_open_scan(scan_id)
    respondent = Respondent.objects.filter(scan=scan, user=user).first()
    if respondent is None:
        raise NotRespondentError
    stored = {
        answer.statement_id: answer.entry
        for answer in RespondentAnswer.objects.filter(respondent=respondent, statement__in=changes)
    }
    written: list[int] = []
    refused: dict[int, Refusal] = {}
    for statement_id, change in changes.items():
        outcome = merge(seen=change.seen, stored=stored.get(statement_id), typed=change.typed)
        if outcome is MergeOutcome.CONFLICT:
            refused[statement_id] = Refusal.CONFLICT
        elif outcome is MergeOutcome.WRITE:
            _write_view(respondent, statement_id, change.typed)
            written.append(statement_id)
    return Saved(written=tuple(written), refused=refused)


def _write_view(respondent: Respondent, statement_id: int, entry: Entry | None) -> None:
    if entry is None:
        RespondentAnswer.objects.filter(respondent=respondent, statement=statement_id).delete()
        return
    RespondentAnswer.objects.update_or_create(
        respondent=respondent,
        statement_id=statement_id,
        defaults={
            "kind": entry.response.kind.value,
            "level": entry.response.level,
            "note": entry.note,
        },
    )


@transaction.atomic
def settle(
    *,
    scan_id: int,
    statement_id: int,
    user: User,
    response: Response,
    note: str,
    seen: str,
    now: datetime,
) -> Answer:
    """Decide the company's answer to a statement; ``user`` is an owner, the view sees to that.

    ``seen`` is the fingerprint of the answer that the page showed; evidence stays as it is.
    Raises AnswerChangedError when somebody answered otherwise meanwhile, ScanClosedError when
    the scan was submitted.
    """
    scan = _locked_open_scan(scan_id)
    answer = Answer.objects.filter(scan=scan, statement=statement_id).first()
    if answer is None:
        answer = Answer(scan=scan, statement_id=statement_id)
        before, typed = None, Entry(response, note)
    else:
        before, typed = answer.entry, Entry(response, note, answer.evidence, answer.document_id)
    if typed != before:
        if fingerprint(before) != seen:
            raise AnswerChangedError
        answer.kind, answer.level, answer.note = response.kind.value, response.level, note
        answer.answered_by = user
    answer.settled_at, answer.settled_by = now, user
    answer.save()
    if typed != before:
        _touch_while_nothing_submitted(scan)
    return answer


@transaction.atomic
def take_over_agreed(*, scan_id: int, user: User) -> int:
    """Answer for the company what all respondents agree on; the number of answers written.

    Raises ScanClosedError when the scan was submitted.
    """
    scan = _locked_open_scan(scan_id)
    levels = agreed_levels(scan.pk)
    Answer.objects.bulk_create(
        Answer(
            scan=scan,
            statement_id=statement_id,
            kind=AnswerKind.LEVEL.value,
            level=level,
            answered_by=user,
        )
        for statement_id, level in levels.items()
    )
    if levels:
        _touch_while_nothing_submitted(scan)
    return len(levels)
