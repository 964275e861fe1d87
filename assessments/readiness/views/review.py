"""What advisers do with a submitted scan: comment on answers, reopen it with a reason."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.readiness import access, selectors, services
from assessments.readiness.forms.review import CommentForm, ReopenForm
from assessments.readiness.models import Scan
from assessments.readiness.pages.remarks import differences
from assessments.readiness.views import answering
from assessments.readiness.views.frame import MemberRequest
from portal.common.mail import origin_of

OBSTACLES: Final[dict[type[services.ReadinessError], Any]] = {
    services.ScanOpenError: gettext_lazy(
        "This scan is open: the company is working on it. You can reopen it once it is submitted."
    ),
    services.LaterMomentError: gettext_lazy(
        "The company began a later moment. Only the latest moment can be reopened."
    ),
    services.CompanyClosedError: gettext_lazy(
        "The account of this company is closed. Its scans can only be read."
    ),
}


@require_POST
def comment(request: MemberRequest, scan_id: int, statement_id: int) -> HttpResponse:
    """Add a comment to the company's answer to one statement."""
    scan = access.reviewable_scan_or_403(request.user, scan_id, scans=selectors.with_review())
    statement = selectors.statement_in(scan.questionnaire_id, statement_id)
    if statement is None:
        raise Http404("No such statement in this scan")
    if not access.may_comment(request.user, scan):
        return _too_late(request, scan)
    form = CommentForm(statement.pk, statement.slug, request.POST)
    slug = statement.transition.slug
    if not form.is_valid():
        return answering.read_page(request, scan, slug, typed=form, status=422)
    try:
        services.add_comment(
            scan_id=scan.pk,
            statement_id=statement.pk,
            by=request.user,
            text=form.cleaned_data["text"],
            now=timezone.now(),
        )
    except (services.ScanOpenError, services.CompanyClosedError):
        return _too_late(request, scan)
    messages.success(request, _("Your comment is saved. The company can read it."))
    page = reverse("readiness:transition", args=[scan.pk, slug])
    return redirect(f"{page}#{statement.slug}-comments")


def _too_late(request: MemberRequest, scan: Scan) -> HttpResponse:
    """The scan was reopened or the company closed while the page was open."""
    messages.warning(
        request,
        _("%(moment)s can no longer be commented on. Your comment is not saved.")
        % {"moment": scan.label},
    )
    return redirect("readiness:overview", company_id=scan.company_id)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: MemberRequest, scan_id: int) -> HttpResponse:
    """What reopening means, and doing it with a reason."""
    scan = access.reviewable_scan_or_403(request.user, scan_id)
    if request.method == "POST":
        return _reopened(request, scan, ReopenForm(request.POST))
    try:
        services.check_reopenable(scan)
    except services.ReadinessError as error:
        return _reopen_page(request, scan, None, obstacle=OBSTACLES[type(error)])
    return _reopen_page(request, scan, ReopenForm())


def _reopened(request: MemberRequest, scan: Scan, form: ReopenForm) -> HttpResponse:
    if not form.is_valid():
        return _reopen_page(request, scan, form, status=422)
    try:
        services.reopen_scan(
            scan_id=scan.pk,
            by=request.user,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
            origin=origin_of(request),
        )
    except services.ReadinessError as error:
        form.add_error(None, OBSTACLES[type(error)])
        return _reopen_page(request, scan, form, status=409)
    messages.success(
        request,
        _("%(moment)s is open again. The owners and editors of %(company)s get a mail.")
        % {"moment": scan.label, "company": scan.company.name},
    )
    return redirect("readiness:overview", company_id=scan.company_id)


def _reopen_page(
    request: MemberRequest,
    scan: Scan,
    form: ReopenForm | None,
    *,
    obstacle: Any = "",
    status: int = 200,
) -> HttpResponse:
    context = {"scan": scan, "company": scan.company, "form": form, "obstacle": obstacle}
    return render(request, "readiness/reopen.html", context, status=status)


@require_safe
def reopening(request: MemberRequest, scan_id: int, reopening_id: int) -> HttpResponse:
    """What was submitted before a reopening, and what changed since.

    Who does not see a scan in progress reads what was submitted, and not what it becomes.
    """
    scan, role = access.company_scan_and_role(request.user, scan_id)
    found = selectors.submission_before(scan, reopening_id)
    if found is None:
        raise Http404("No such reopening")
    in_progress = found.is_last and scan.is_open
    is_hidden = in_progress and not access.sees_open_scans(request.user, role)
    parts = differences(
        selectors.transitions_in_full(scan.questionnaire_id),
        found.before,
        None if is_hidden else found.after,
    )
    context = {
        "scan": scan,
        "company": scan.company,
        "reopening": found.reopening,
        "parts": parts,
        "changed": sum(line.is_changed for _part, lines in parts for line in lines),
        "in_progress": in_progress,
        "is_hidden": is_hidden,
    }
    return render(request, "readiness/reopening.html", context)
