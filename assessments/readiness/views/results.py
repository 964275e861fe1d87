"""The result of a scan, and submitting it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.readiness import access, selectors, services
from assessments.readiness.remarks import listed
from assessments.readiness.results import result_of
from assessments.readiness.views.frame import MemberRequest, already_submitted


@require_GET
def result(request: MemberRequest, scan_id: int) -> HttpResponse:
    """Profile with its range, strongest and weakest, and what the next level looks like."""
    scan, role = access.scan_and_role(request.user, scan_id, scans=selectors.with_review())
    found = result_of(scan)
    review = selectors.review_of(scan)
    context = {
        "company": scan.company,
        "scan": scan,
        "result": found,
        "review": review,
        "comments": listed(review, [part.transition for part in found.parts]),
        "may_reopen": access.may_comment(request.user, scan),
        "is_editable": access.may_answer(role) and scan.is_open,
    }
    return render(request, "readiness/result.html", context)


@require_POST
def submit(request: MemberRequest, scan_id: int) -> HttpResponse:
    """Close the scan, so that it counts and the adviser can see it."""
    scan = access.answerable_scan_or_403(request.user, scan_id)
    try:
        services.submit_scan(scan_id=scan.pk, user=request.user)
    except services.ScanClosedError:
        return already_submitted(request, scan)
    except services.NothingAnsweredError:
        messages.error(request, _("Choose a level for at least one statement, then submit."))
        return redirect("readiness:result", scan_id=scan.pk)
    messages.success(
        request,
        _("%(moment)s is submitted. Your adviser can see it from now on.") % {"moment": scan.label},
    )
    return redirect("readiness:result", scan_id=scan.pk)
