"""Answering the statements, one transition a page."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.readiness import access, selectors, services
from assessments.readiness.forms import TransitionForm
from assessments.readiness.forms.review import CommentForm
from assessments.readiness.models import Scan
from assessments.readiness.pages.remarks import remarks_on
from assessments.readiness.views.frame import MemberRequest, already_submitted
from assessments.readiness.views.steps import Place, place_of
from companies.profiles.enums import MemberRole
from portal.common import autosave


@require_http_methods(["GET", "POST"])
def transition(request: MemberRequest, scan_id: int, slug: str) -> HttpResponse:
    """One transition: answer it, or read the answers."""
    scan, role = access.scan_and_role(request.user, scan_id, scans=selectors.with_review())
    if request.method == "POST" and not access.may_answer(role):
        raise PermissionDenied
    found = selectors.transition_in_full(scan.questionnaire_id, slug)
    if found is None:
        raise Http404("No such transition")
    if request.method == "POST" and not scan.is_open:
        return already_submitted(request, scan)
    is_editable = access.may_answer(role) and scan.is_open
    form = TransitionForm(
        found,
        selectors.answers_by_statement(scan.pk),
        request.POST if request.method == "POST" else None,
        documents=selectors.current_documents(scan.company_id) if is_editable else (),
    )
    if request.method == "POST":
        return _save(request, scan, role, form)
    return _page(request, scan, role, form)


def _save(
    request: MemberRequest, scan: Scan, role: MemberRole | None, form: TransitionForm
) -> HttpResponse:
    """Save what was sent; an autosave takes what is right and tells about the rest."""
    by_itself = autosave.is_autosave(request)
    if not form.is_valid() and not by_itself:
        return _page(request, scan, role, form, status=422)
    try:
        saved = services.save_answers(
            scan_id=scan.pk,
            user=request.user,
            changes=form.changes(knowingly=not by_itself),
            may_change_settled=access.may_change_settled(role),
        )
    except services.ScanClosedError:
        return already_submitted(request, scan)
    if by_itself:
        return _answer(scan, form, saved)
    if saved.refused:
        shown = form.after_refusal(
            saved,
            selectors.answers_by_statement(scan.pk),
            selectors.current_documents(scan.company_id),
        )
        return _page(request, scan, role, shown, status=409)
    messages.success(request, _("Your answers are saved."))
    if form.has_note_alone:
        messages.info(request, _note_alone())
    return _place(scan, form).go(request.POST.get("go", ""))


def _answer(scan: Scan, form: TransitionForm, saved: services.Saved) -> HttpResponse:
    """What an autosave did, for the page that stays open."""
    place = _place(scan, form)
    change = autosave.PageChange(values=form.new_values(saved), shown=place.shown)
    stored = selectors.answers_by_statement(scan.pk) if saved.refused else form.stored
    fields = form.messages(saved, stored, knowingly=False)
    now = timezone.now()
    if fields:
        return autosave.answer_partly(now=now, fields=fields, change=change)
    remark = ""
    if form.has_note_alone:
        remark = _note_alone()
    elif place.step.is_done:
        # Said when a page is full, not after each answer: a screen reader reads it out.
        remark = _("This page is complete.")
    return autosave.answer_saved(now=now, token="", change=change, remark=remark)


def _note_alone() -> str:
    return _("A note without an answer is kept as “Don't know”.")


def _place(scan: Scan, form: TransitionForm) -> Place:
    place = place_of(scan, form.transition.slug)
    if place is None:
        raise Http404("No such transition")
    return place


def read_page(
    request: MemberRequest, scan: Scan, slug: str, *, typed: CommentForm, status: int
) -> HttpResponse:
    """The answers to a transition as a reviewer reads them, with a comment that was typed."""
    found = selectors.transition_in_full(scan.questionnaire_id, slug)
    if found is None:
        raise Http404("No such transition")
    form = TransitionForm(found, selectors.answers_by_statement(scan.pk))
    return _page(request, scan, None, form, status=status, typed=typed)


def _page(
    request: MemberRequest,
    scan: Scan,
    role: MemberRole | None,
    form: TransitionForm,
    *,
    status: int = 200,
    typed: CommentForm | None = None,
) -> HttpResponse:
    settled = {pk for pk, answer in form.stored.items() if answer.is_settled}
    context = {
        **_place(scan, form).context,
        "transition": form.transition,
        "form": form,
        "rows": list(form.rows(set() if access.may_change_settled(role) else settled)),
        "is_editable": access.may_answer(role) and scan.is_open,
        "token": "",
        "remarks": remarks_on(
            scan, may_comment=access.may_comment(request.user, scan), typed=typed
        ),
    }
    return render(request, "readiness/transition.html", context, status=status)
