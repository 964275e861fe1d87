"""Scans for tests: started, answered and submitted through the services."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from assessments.readiness.domain.answers import Entry, Response, fingerprint
from assessments.readiness.domain.parts import RespondentFunction, SupportNeed, TeamShare
from assessments.readiness.models import (
    Reopening,
    Respondent,
    Scan,
    Statement,
    StatementComment,
)
from assessments.readiness.selectors import entries, support_needs, view_entries
from assessments.readiness.services import (
    Change,
    NeedChange,
    add_comment,
    join_scan,
    reopen_scan,
    save_answers,
    save_needs,
    save_view,
    start_scan,
    submit_scan,
)
from companies.profiles.models import Company
from portal.accounts.models import User


def answer_all(scan: Scan, user: User, codes: Mapping[str, str]) -> None:
    """Give every statement of a transition the same answer, by slug of the transition."""
    stored = entries(scan.pk)
    statements = Statement.objects.filter(transition__questionnaire=scan.questionnaire_id)
    save_answers(
        scan_id=scan.pk,
        user=user,
        changes={
            statement.pk: Change(
                seen=fingerprint(stored.get(statement.pk)),
                typed=Entry(Response.from_code(codes[slug])),
            )
            for statement in statements.select_related("transition")
            if (slug := statement.transition.slug) in codes
        },
    )


def answer_needs(scan: Scan, share: TeamShare) -> None:
    """Give every support need the same share of the teams."""
    stored = support_needs(scan)
    changes = {need: NeedChange(seen=stored.get(need, ""), typed=share) for need in SupportNeed}
    save_needs(scan_id=scan.pk, changes=changes)


def answered_scan(company: Company, user: User, codes: Mapping[str, str]) -> Scan:
    """An open scan with answers by transition."""
    scan = start_scan(company=company, user=user)
    answer_all(scan, user, codes)
    return scan


def submitted_scan(company: Company, user: User, codes: Mapping[str, str]) -> Scan:
    """A submitted scan."""
    scan = answered_scan(company, user, codes)
    return submit_scan(scan_id=scan.pk, user=user)


def statement_of(scan: Scan, slug: str) -> Statement:
    """A statement of the scan's questionnaire by its code."""
    return Statement.objects.get(slug=slug, transition__questionnaire=scan.questionnaire_id)


def give_view(
    scan: Scan, user: User, function: RespondentFunction, codes: Mapping[str, str]
) -> Respondent:
    """Take part in a scan and answer for oneself, by slug of the statement."""
    respondent = join_scan(scan_id=scan.pk, user=user, function=function, now=timezone.now())
    stored = view_entries(respondent)
    changes = {}
    for slug, code in codes.items():
        statement = statement_of(scan, slug)
        changes[statement.pk] = Change(
            seen=fingerprint(stored.get(statement.pk)), typed=Entry(Response.from_code(code))
        )
    save_view(scan_id=scan.pk, user=user, changes=changes)
    return respondent


def reopened(scan: Scan, by: User, reason: str = "Kijk nog eens naar energie") -> Reopening:
    """A submitted scan opened again, without mails."""
    return reopen_scan(scan_id=scan.pk, by=by, reason=reason, now=timezone.now(), origin="")


def statement_in(scan: Scan, part: str, slug: str) -> Statement:
    """A statement of the scan's questionnaire."""
    return Statement.objects.get(
        transition__questionnaire=scan.questionnaire_id, transition__slug=part, slug=slug
    )


def commented(scan: Scan, by: User, text: str, part: str, slug: str) -> StatementComment:
    """A comment on a submitted scan."""
    return add_comment(
        scan_id=scan.pk,
        statement_id=statement_in(scan, part, slug).pk,
        by=by,
        text=text,
        now=timezone.now(),
    )
