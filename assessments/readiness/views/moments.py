"""The moments of a company, and starting the next one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.readiness import access, selectors, services
from assessments.readiness.pages.results import in_words
from assessments.readiness.views.frame import MemberRequest
from assessments.readiness.views.steps import url_of
from companies.profiles.access import editable_company_or_403


@require_GET
def overview(request: MemberRequest, company_id: int) -> HttpResponse:
    """Moments of a company, progress of the open scan, and what the scan is for."""
    company, role = access.company_and_role(request.user, company_id)
    every = list(selectors.with_review(selectors.scans_of(company, only_submitted=False)))
    sees_open = access.sees_open_scans(request.user, role)
    scans = [scan for scan in every if sees_open or not scan.is_open]
    scores = selectors.scan_scores(scans)
    open_scan = next((scan for scan in scans if scan.is_open), None)
    steps = selectors.steps(open_scan) if open_scan else []
    context = {
        "company": company,
        "moments": [(scan, in_words(scores[scan.pk].overall)) for scan in scans],
        "open_scan": open_scan,
        "steps": steps,
        "answered": sum(step.answered for step in steps),
        "total": sum(step.total for step in steps),
        "continue_with": selectors.first_unfinished(steps),
        "may_answer": access.may_answer(role) and not company.is_closed,
        "is_member": role is not None,
        # That a scan was reopened, and why, is no secret: the staff did it.
        "reopened": [
            (scan, latest)
            for scan in every
            if scan.is_open and (latest := selectors.review_of(scan).latest)
        ],
    }
    return render(request, "readiness/overview.html", context)


@require_POST
def start(request: MemberRequest, company_id: int) -> HttpResponse:
    """Start the next moment, or continue the open one."""
    company = editable_company_or_403(request.user, company_id)
    try:
        scan = services.start_scan(company=company, user=request.user)
    except services.NoQuestionnaireError:
        messages.error(request, _("There is no published questionnaire to answer at the moment."))
        return redirect("readiness:overview", company_id=company.pk)
    first = selectors.first_unfinished(selectors.steps(scan))
    if first is None:
        return redirect("readiness:result", scan_id=scan.pk)
    return redirect(url_of(scan, first))
