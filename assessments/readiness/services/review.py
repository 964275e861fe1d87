"""What advisers add to a submitted scan: comments, and opening it again with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from assessments.readiness.models import Reopening, Scan, Statement, StatementComment
from assessments.readiness.selectors import answers_by_slug, editors_of, is_latest
from assessments.readiness.services.errors import (
    CompanyClosedError,
    LaterMomentError,
    ScanOpenError,
)
from assessments.readiness.services.locking import locked_scan
from companies.profiles.services.facts import touch_facts
from portal.accounts.models import User
from portal.common.mail import tell

REOPENED_MAIL = "readiness/email/reopened"


@transaction.atomic
def add_comment(
    *, scan_id: int, statement_id: int, by: User, text: str, now: datetime
) -> StatementComment:
    """Add a comment to the answer to one statement.

    Raises ScanOpenError when the scan is not submitted (any more), CompanyClosedError,
    Statement.DoesNotExist when the statement is in another questionnaire, and
    IntegrityError without a text.
    """
    scan = locked_scan(scan_id)
    _submission(scan)
    statement = Statement.objects.get(
        pk=statement_id, transition__questionnaire=scan.questionnaire_id
    )
    return StatementComment.objects.create(
        scan=scan, statement=statement, text=text, written_at=now, written_by=by
    )


@transaction.atomic
def reopen_scan(*, scan_id: int, by: User, reason: str, now: datetime, origin: str) -> Reopening:
    """Open a submitted scan again; what was submitted stays with the reopening.

    Opportunities read an earlier submitted scan until this one is submitted again, or no
    scores when there is none. Owners and editors get a mail with the reason, unless
    ``origin`` (scheme and host) is empty. Raises ScanOpenError, LaterMomentError or
    CompanyClosedError when it cannot be reopened, and IntegrityError without a reason.
    """
    scan = locked_scan(scan_id)
    check_reopenable(scan)
    submitted_at, submitted_by_id = _submission(scan)
    reopening = Reopening.objects.create(
        scan=scan,
        reason=reason,
        submitted_at=submitted_at,
        submitted_by_id=submitted_by_id,
        answers=answers_by_slug(scan.pk),
        reopened_at=now,
        reopened_by=by,
    )
    scan.submitted_at = scan.submitted_by = None
    scan.save(update_fields=["submitted_at", "submitted_by"])
    touch_facts(scan.company_id)
    _tell_editors(scan, reopening, origin)
    return reopening


def check_reopenable(scan: Scan) -> None:
    """Raise the error of ``reopen_scan`` that stands in the way, if any; one query at most."""
    _submission(scan)
    if not is_latest(scan):
        raise LaterMomentError


def _submission(scan: Scan) -> tuple[datetime, int]:
    """When and by which user it was submitted: only then others have something to say.

    A closed company is only read, and an open scan is a talk inside the company.
    """
    if scan.company.is_closed:
        raise CompanyClosedError
    if scan.submitted_at is None or scan.submitted_by_id is None:
        raise ScanOpenError
    return scan.submitted_at, scan.submitted_by_id


def _tell_editors(scan: Scan, reopening: Reopening, origin: str) -> None:
    if not origin:
        return
    link = origin + reverse("readiness:overview", args=[scan.company_id])
    for person in editors_of(scan.company):
        tell(
            to=person.email,
            language=person.language,
            template=REOPENED_MAIL,
            context={"link": link, "person": person, "scan": scan, "reopening": reopening},
        )
