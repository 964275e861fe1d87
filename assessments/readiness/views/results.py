"""The result of a scan, and submitting it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessments.readiness import access, selectors, services
from assessments.readiness.models import Scan
from assessments.readiness.pages.peers import peers_of
from assessments.readiness.pages.remarks import listed
from assessments.readiness.pages.results import result_of
from assessments.readiness.pages.support import support_of
from assessments.readiness.views.frame import MemberRequest, already_submitted


@require_GET
def result(request: MemberRequest, scan_id: int) -> HttpResponse:
    """Profile with its range, held against earlier moments, other companies and needs."""
    scan, role = access.scan_and_role(request.user, scan_id, scans=selectors.with_review())
    found = result_of(scan)
    peers = peers_of(scan, found)
    beside = selectors.beside(scan)
    review = selectors.review_of(scan)
    context = {
        "company": scan.company,
        "scan": scan,
        "result": found,
        "peers": peers,
        "series": (*found.series, *peers.series),
        "takes_part": beside.takes_part,
        "support": support_of(found, beside.needs),
        "is_member": role is not None,
        "review": review,
        "comments": listed(review, selectors.parts_of(scan.questionnaire)),
        "may_reopen": access.may_comment(request.user, scan),
        "is_editable": access.may_answer(role) and scan.is_open,
    }
    return render(request, "readiness/result.html", context)


@require_POST
def submit(request: MemberRequest, scan_id: int) -> HttpResponse:
    """Close the scan, so that it counts and the adviser can see it."""
    scan = access.answerable_scan_or_403(request.user, scan_id)
    try:
        services.submit_scan(scan_id=scan.pk, user=request.user, accepted=_points_seen(request))
    except services.ScanClosedError:
        return already_submitted(request, scan)
    except services.NothingAnsweredError:
        messages.error(request, _("Choose a level for at least one statement, then submit."))
        return redirect("readiness:result", scan_id=scan.pk)
    except services.UnsettledError as error:
        return _not_settled(request, scan, error.count)
    messages.success(
        request,
        _("%(moment)s is submitted. Your adviser can see it from now on.") % {"moment": scan.label},
    )
    return redirect("readiness:result", scan_id=scan.pk)


def _points_seen(request: MemberRequest) -> int:
    """How many points to discuss the page said would stay as they stand; 0 elsewhere."""
    typed = request.POST.get("points", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 4 else 0


def _not_settled(request: MemberRequest, scan: Scan, count: int) -> HttpResponse:
    """To the page that shows the points, where an owner can settle or submit all the same."""
    messages.warning(
        request,
        ngettext(
            "Not submitted yet: colleagues still differ on %(count)s statement.",
            "Not submitted yet: colleagues still differ on %(count)s statements.",
            count,
        )
        % {"count": count},
    )
    return redirect("readiness:discuss", scan_id=scan.pk)
