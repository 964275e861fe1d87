"""Answering the statements, one transition a page."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.readiness import access, selectors, services
from assessments.readiness.forms.review import CommentForm
from assessments.readiness.forms.transition import TransitionForm, after_conflict
from assessments.readiness.models import Scan
from assessments.readiness.remarks import remarks_on
from assessments.readiness.views.frame import MemberRequest, already_submitted


@require_http_methods(["GET", "POST"])
def transition(request: MemberRequest, scan_id: int, slug: str) -> HttpResponse:
    """One transition: answer it, or read the answers."""
    scan, role = access.scan_and_role(request.user, scan_id, scans=selectors.with_review())
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
        return already_submitted(request, scan)
    if not form.is_valid():
        return _transition_page(request, scan, form, status=422)
    try:
        saved = services.save_answers(scan_id=scan.pk, user=request.user, changes=form.changes())
    except services.ScanClosedError:
        return already_submitted(request, scan)
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


def read_page(
    request: MemberRequest, scan: Scan, slug: str, *, typed: CommentForm, status: int
) -> HttpResponse:
    """The answers to a transition as a reviewer reads them, with a comment that was typed."""
    found = selectors.transition_in_full(scan.questionnaire_id, slug)
    if found is None:
        raise Http404("No such transition")
    form = TransitionForm(found, selectors.entries(scan.pk))
    return _transition_page(request, scan, form, may_answer=False, status=status, typed=typed)


def _transition_page(
    request: MemberRequest,
    scan: Scan,
    form: TransitionForm,
    *,
    may_answer: bool = True,
    status: int = 200,
    typed: CommentForm | None = None,
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
        "remarks": remarks_on(
            scan, may_comment=access.may_comment(request.user, scan), typed=typed
        ),
    }
    return render(request, "readiness/transition.html", context, status=status)
