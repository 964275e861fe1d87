"""The support that the teams need: shares of teams, beside the operator support."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.readiness import access, selectors, services
from assessments.readiness.forms import NeedsForm
from assessments.readiness.models import Scan
from assessments.readiness.selectors import NEEDS_SLUG
from assessments.readiness.views.frame import MemberRequest, already_submitted
from assessments.readiness.views.steps import Place, place_of
from portal.common import autosave


@require_http_methods(["GET", "POST"])
def needs(request: MemberRequest, scan_id: int) -> HttpResponse:
    """In how many teams each kind of support is needed: answer it, or read the answers."""
    scan, role = access.scan_and_role(request.user, scan_id)
    if request.method == "POST" and not access.may_answer(role):
        raise PermissionDenied
    place = _place(scan)
    if request.method == "POST" and not scan.is_open:
        return already_submitted(request, scan)
    stored = selectors.support_needs(scan)
    if request.method == "POST":
        return _save(request, place, NeedsForm(stored, request.POST))
    is_editable = access.may_answer(role) and scan.is_open
    return _page(request, place, NeedsForm(stored), is_editable=is_editable)


def _place(scan: Scan) -> Place:
    place = place_of(scan, NEEDS_SLUG)
    if place is None:
        raise Http404("This version of the questionnaire does not ask for support needs")
    return place


def _save(request: MemberRequest, place: Place, form: NeedsForm) -> HttpResponse:
    """As ``answering._save``, for the needs."""
    by_itself = autosave.is_autosave(request)
    if not form.is_valid() and not by_itself:
        return _page(request, place, form, status=422)
    try:
        saved = services.save_needs(
            scan_id=place.scan.pk, changes=form.changes(knowingly=not by_itself)
        )
    except services.ScanClosedError:
        return already_submitted(request, place.scan)
    place = _place(place.scan)
    if by_itself:
        return _answer(place, form, saved)
    if saved.conflicts:
        shown = form.after_conflict(saved, selectors.support_needs(place.scan))
        return _page(request, place, shown, status=409)
    messages.success(request, _("Your answers are saved."))
    return place.go(request.POST.get("go", ""))


def _answer(place: Place, form: NeedsForm, saved: services.NeedsSaved) -> HttpResponse:
    """What an autosave did, for the page that stays open."""
    change = autosave.PageChange(values=form.new_values(saved), shown=place.shown)
    stored = selectors.support_needs(place.scan) if saved.conflicts else form.stored
    fields = form.messages(saved, stored, knowingly=False)
    now = timezone.now()
    if fields:
        return autosave.answer_partly(now=now, fields=fields, change=change)
    remark = _("This page is complete.") if place.step.is_done else ""
    return autosave.answer_saved(now=now, token="", change=change, remark=remark)


def _page(
    request: MemberRequest,
    place: Place,
    form: NeedsForm,
    *,
    is_editable: bool = True,
    status: int = 200,
) -> HttpResponse:
    context = {
        **place.context,
        "form": form,
        "rows": list(form.rows()),
        "is_editable": is_editable,
        "token": "",
    }
    return render(request, "readiness/needs.html", context, status=status)
