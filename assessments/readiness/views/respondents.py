"""One's own view on a scan: taking part, and one transition a page."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.readiness import access, selectors, services
from assessments.readiness.forms.respondents import FunctionForm, ViewForm, view_after_conflict
from assessments.readiness.models import Respondent, Scan
from assessments.readiness.services import Saved
from assessments.readiness.views.frame import MemberRequest, already_submitted
from portal.common import autosave


@require_http_methods(["GET", "POST"])
def my_view(request: MemberRequest, scan_id: int) -> HttpResponse:
    """Take part with a function; then one's own progress."""
    scan = access.respondent_scan_or_403(request.user, scan_id)
    respondent = selectors.respondent_of(scan, request.user)
    form = FunctionForm(initial={"function": respondent.function if respondent else ""})
    if request.method == "POST":
        _may_still_give(scan)
        form = FunctionForm(request.POST)
        if not scan.is_open:
            return already_submitted(request, scan)
        if form.is_valid():
            return _join(request, scan, form)
    progress = selectors.view_progress(scan, respondent)
    context = {
        "company": scan.company,
        "scan": scan,
        "respondent": respondent,
        "form": form,
        "progress": progress,
        "answered": sum(item.answered for item in progress),
        "total": sum(item.total for item in progress),
        "continue_with": next((one.transition for one in progress if not one.is_done), None),
        "is_editable": access.may_give_view(scan),
    }
    status = 422 if form.errors else 200
    return render(request, "readiness/respondents/my_view.html", context, status=status)


def _may_still_give(scan: Scan) -> None:
    """Members of a closed company only read."""
    if scan.company.is_closed:
        raise PermissionDenied


def _join(request: MemberRequest, scan: Scan, form: FunctionForm) -> HttpResponse:
    try:
        services.join_scan(
            scan_id=scan.pk, user=request.user, function=form.chosen, now=timezone.now()
        )
    except services.ScanClosedError:
        return already_submitted(request, scan)
    messages.success(request, _("You take part. Give your own view, part by part."))
    return redirect("readiness:my_view", scan_id=scan.pk)


@require_http_methods(["GET", "POST"])
def my_view_transition(request: MemberRequest, scan_id: int, slug: str) -> HttpResponse:
    """One transition as one sees it oneself; the page saves itself."""
    scan = access.respondent_scan_or_403(request.user, scan_id)
    if request.method == "POST":
        _may_still_give(scan)
    found = selectors.transition_in_full(scan.questionnaire_id, slug)
    if found is None:
        raise Http404("No such transition")
    respondent = selectors.respondent_of(scan, request.user)
    if respondent is None:
        return _first_join(request, scan)
    stored = selectors.view_entries(respondent)
    if request.method == "POST":
        return _save(request, scan, respondent, ViewForm(found, stored, request.POST))
    form = ViewForm(found, stored)
    return _view_page(request, scan, respondent, form, token=form.token)


def _first_join(request: MemberRequest, scan: Scan) -> HttpResponse:
    messages.info(request, _("Choose your function first; then you can give your view."))
    return redirect("readiness:my_view", scan_id=scan.pk)


def _save(
    request: MemberRequest, scan: Scan, respondent: Respondent, form: ViewForm
) -> HttpResponse:
    if not scan.is_open:
        return already_submitted(request, scan)
    if not form.is_valid():
        if autosave.is_autosave(request):
            return autosave.answer_invalid(form)
        token = request.POST.get(autosave.TOKEN_FIELD, "")
        return _view_page(request, scan, respondent, form, token=token, status=422)
    try:
        saved = services.save_view(scan_id=scan.pk, user=request.user, changes=form.changes())
    except services.ScanClosedError:
        return already_submitted(request, scan)
    except services.NotRespondentError:
        return _first_join(request, scan)
    return _saved(request, scan, respondent, form, saved)


def _saved(
    request: MemberRequest, scan: Scan, respondent: Respondent, form: ViewForm, saved: Saved
) -> HttpResponse:
    """What was written is told; what the person changed elsewhere too."""
    by_itself = autosave.is_autosave(request)
    if saved.conflicts and by_itself:
        return autosave.answer_changed()
    stored = selectors.view_entries(respondent)
    if saved.conflicts:
        shown = view_after_conflict(form, stored, saved.conflicts)
        return _view_page(request, scan, respondent, shown, token=shown.token, status=409)
    if by_itself:
        token = ViewForm(form.transition, stored).token
        return autosave.answer_saved(now=timezone.now(), token=token)
    messages.success(request, _("Your view is saved."))
    return _go_on(request.POST.get("go", ""), scan, respondent, form.transition.slug)


def _go_on(direction: str, scan: Scan, respondent: Respondent, slug: str) -> HttpResponse:
    """To the page that the pressed button names; past the last one comes the overview."""
    slugs = [item.transition.slug for item in selectors.view_progress(scan, respondent)]
    place = slugs.index(slug) + {"next": 1, "previous": -1}.get(direction, 0)
    if place >= len(slugs):
        return redirect("readiness:my_view", scan_id=scan.pk)
    return redirect("readiness:my_view_transition", scan_id=scan.pk, slug=slugs[max(place, 0)])


def _view_page(
    request: MemberRequest,
    scan: Scan,
    respondent: Respondent,
    form: ViewForm,
    *,
    token: str,
    status: int = 200,
) -> HttpResponse:
    progress = selectors.view_progress(scan, respondent)
    slugs = [item.transition.slug for item in progress]
    place = slugs.index(form.transition.slug)
    context = {
        "company": scan.company,
        "scan": scan,
        "respondent": respondent,
        "transition": form.transition,
        "form": form,
        "token": token,
        "rows": list(form.rows()),
        "progress": progress,
        "answered": sum(item.answered for item in progress),
        "total": sum(item.total for item in progress),
        "position": place + 1,
        "previous": slugs[place - 1] if place else "",
        "next": slugs[place + 1] if place + 1 < len(slugs) else "",
        "is_editable": access.may_give_view(scan),
    }
    return render(request, "readiness/respondents/my_view_transition.html", context, status=status)
