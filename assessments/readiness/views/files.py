"""The scan to take along: an Excel file, and one page to print for a meeting."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.readiness import access, selectors
from assessments.readiness.pages.filled import filled
from assessments.readiness.pages.results import result_of, score_of
from assessments.readiness.pages.workbook import workbook_of
from assessments.readiness.views.frame import MemberRequest
from portal.accounts.services import log_export
from portal.common.spreadsheets import xlsx_response


@require_safe
def workbook(request: MemberRequest, scan_id: int) -> HttpResponse:
    """Questions and answers; of a scan without answers the list to prepare on paper."""
    scan, _role = access.scan_and_role(request.user, scan_id, scans=selectors.with_review())
    parts = selectors.parts_of(scan.questionnaire)
    answers = selectors.answers_by_statement(scan.pk)
    entries = {pk: answer.entry for pk, answer in answers.items()}
    now = timezone.now()
    data = workbook_of(
        scan,
        filled(parts, answers, selectors.review_of(scan)),
        score_of(parts, entries),
        now=now,
    )
    log_export(
        by=request.user,
        what="readiness_workbook",
        subject=f"{scan.company.name} ({scan.company.enterprise_number}) {scan.label}",
        now=now,
    )
    words = {"moment": scan.label, "company": scan.company.name}
    return xlsx_response(_("self-assessment %(moment)s %(company)s") % words, data)


@require_safe
def print_view(request: MemberRequest, scan_id: int) -> HttpResponse:
    """Everything for a meeting on one page."""
    scan, _role = access.scan_and_role(request.user, scan_id, scans=selectors.with_review())
    review = selectors.review_of(scan)
    result = result_of(scan)
    words = {part.transition.pk: part.words for part in result.parts}
    parts = filled(
        selectors.parts_of(scan.questionnaire),
        selectors.answers_by_statement(scan.pk),
        review,
    )
    context = {
        "company": scan.company,
        "scan": scan,
        "result": result,
        "review": review,
        "parts": [(part, words[part.part.pk]) for part in parts],
        "now": timezone.now(),
    }
    return render(request, "readiness/print.html", context)
