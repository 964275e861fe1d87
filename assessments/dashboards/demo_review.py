"""The review of a demo company's scan: reopened once, submitted again, commented on."""

from __future__ import annotations

from datetime import datetime

from assessments.dashboards.content.demo_review import CHANGED, COMMENTS, EVIDENCE, NOTE, REASON
from assessments.readiness import selectors, services
from assessments.readiness.domain.answers import (
    HIGHEST_LEVEL,
    AnswerKind,
    Entry,
    Response,
    fingerprint,
)
from assessments.readiness.models import Scan, Statement
from companies.profiles.models import Company
from portal.accounts.models import User


def review_scan(company: Company, *, adviser: User, owner: User, now: datetime) -> None:
    """Take the submitted scan of a company through a review, by the services."""
    scan = selectors.speaking_scans([company.pk]).get()
    services.reopen_scan(scan_id=scan.pk, by=adviser, reason=REASON, now=now, origin="")
    _correct(scan, owner)
    services.submit_scan(scan_id=scan.pk, user=owner)
    for comment in COMMENTS:
        services.add_comment(
            scan_id=scan.pk,
            statement_id=_statement(scan, comment.part, comment.statement).pk,
            by=adviser,
            text=comment.text,
            now=now,
        )


def _correct(scan: Scan, owner: User) -> None:
    """Raise one answer by a level, with a note and what shows it."""
    statement = _statement(scan, *CHANGED)
    before = selectors.entries(scan.pk)[statement.pk]
    level = min(HIGHEST_LEVEL, (before.response.level or 0) + 1)
    typed = Entry(Response(AnswerKind.LEVEL, level), NOTE, EVIDENCE)
    change = services.Change(seen=fingerprint(before), typed=typed)
    services.save_answers(scan_id=scan.pk, user=owner, changes={statement.pk: change})


def _statement(scan: Scan, part: str, slug: str) -> Statement:
    return Statement.objects.get(
        transition__questionnaire=scan.questionnaire_id, transition__slug=part, slug=slug
    )
