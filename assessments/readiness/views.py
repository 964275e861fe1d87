"""Pages of the self-assessment."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.readiness import access, selectors, services
from assessments.readiness.forms import TransitionForm, after_conflict
from assessments.readiness.models import Scan, Transition
from assessments.readiness.results import in_words, result_of
from companies.profiles.access import editable_company_or_403
from portal.accounts.models import User


class MemberRequest(HttpRequest):
    """A request behind the log-in, which the middleware demands."""

    user: User


@require_GET
def overview(request: MemberRequest, company_id: int) -> HttpResponse:
    """Moments of a company, progress of the open scan, and what the scan is for."""
    company, role = access.company_and_role(request.user, company_id)
    scans = list(
        selectors.scans_of(company, only_submitted=not access.sees_open_scans(request.user, role))
    )
    scores = selectors.scan_scores(scans)
    open_scan = next((scan for scan in scans if scan.is_open), None)
    progress = selectors.progress(open_scan) if open_scan else []
    context = {
        "company": company,
        "moments": [(scan, in_words(scores[scan.pk].overall)) for scan in scans],
        "open_scan": open_scan,
        "progress": progress,
        "answered": sum(item.answered for item in progress),
        "total": sum(item.total for item in progress),
        "continue_with": _first_unfinished(progress),
        "may_answer": access.may_answer(role),
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
    first = _first_unfinished(selectors.progress(scan))
    if first is None:
        return redirect("readiness:result", scan_id=scan.pk)
    return redirect("readiness:transition", scan_id=scan.pk, slug=first.slug)


def _first_unfinished(progress: list[selectors.Progress]) -> Transition | None:
    return next((item.transition for item in progress if not item.is_done), None)


@require_http_methods(["GET", "POST"])
def transition(request: MemberRequest, scan_id: int, slug: str) -> HttpResponse:
    """One transition: answer it, or read the answers."""
    scan, role = access.scan_and_role(request.user, scan_id)
    if request.method == "POST" and not access.may_answer(role):
        raise PermissionDenied
    found = selectors.transition_in_full(scan.questionnaire_id, slug)
    if found is None:
        raise Http404("No such transition")
    form = TransitionForm(found, selectors.entries(scan.pk), request.POST or None)
    if request.method == "POST":
        return _save(request, scan, form)
    return _transition_page(request, scan, form, may_answer=access.may_answer(role))


def _save(request: MemberRequest, scan: Scan, form: TransitionForm) -> HttpResponse:
    if not scan.is_open:
        return _already_submitted(request, scan)
    if not form.is_valid():
        return _transition_page(request, scan, form, status=422)
    try:
        saved = services.save_answers(scan_id=scan.pk, user=request.user, changes=form.changes())
    except services.ScanClosedError:
        return _already_submitted(request, scan)
    if saved.conflicts:
        shown = after_conflict(form, selectors.entries(scan.pk), saved.conflicts)
        return _transition_page(request, scan, shown, status=409)
    messages.success(request, _("Your answers are saved."))
    return _go_on(request.POST.get("go", ""), scan, form.transition.slug)


def _go_on(direction: str, scan: Scan, slug: str) -> HttpResponse:
    """To the page that the pressed button names; past the last one comes the result."""
    slugs = [item.transition.slug for item in selectors.progress(scan)]
    place = slugs.index(slug) + {"next": 1, "previous": -1}.get(direction, 0)
    if place >= len(slugs):
        return redirect("readiness:result", scan_id=scan.pk)
    return redirect("readiness:transition", scan_id=scan.pk, slug=slugs[max(place, 0)])


def _already_submitted(request: MemberRequest, scan: Scan) -> HttpResponse:
    messages.warning(
        request, _("This scan was already submitted. Nothing was changed; start a new one.")
    )
    return redirect("readiness:result", scan_id=scan.pk)


def _transition_page(
    request: MemberRequest,
    scan: Scan,
    form: TransitionForm,
    *,
    may_answer: bool = True,
    status: int = 200,
) -> HttpResponse:
    progress = selectors.progress(scan)
    slugs = [item.transition.slug for item in progress]
    place = slugs.index(form.transition.slug)
    context = {
        "company": scan.company,
        "scan": scan,
        "transition": form.transition,
        "form": form,
        "rows": list(form.rows()),
        "progress": progress,
        "answered": sum(item.answered for item in progress),
        "total": sum(item.total for item in progress),
        "position": place + 1,
        "previous": slugs[place - 1] if place else "",
        "next": slugs[place + 1] if place + 1 < len(slugs) else "",
        "is_editable": may_answer and scan.is_open,
    }
    return render(request, "readiness/transition.html", context, status=status)


@require_GET
def result(request: MemberRequest, scan_id: int) -> HttpResponse:
    """Profile with its range, strongest and weakest, and what the next level looks like."""
    scan, role = access.scan_and_role(request.user, scan_id)
    context = {
        "company": scan.company,
        "scan": scan,
        "result": result_of(scan),
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
        return _already_submitted(request, scan)
    except services.NothingAnsweredError:
        messages.error(request, _("Choose a level for at least one statement, then submit."))
        return redirect("readiness:result", scan_id=scan.pk)
    messages.success(
        request,
        _("%(moment)s is submitted. Your adviser can see it from now on.") % {"moment": scan.label},
    )
    return redirect("readiness:result", scan_id=scan.pk)
