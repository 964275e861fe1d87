"""Where colleagues differ: talking it over, settling, and taking over what all agree on."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assessments.readiness import access, selectors, services
from assessments.readiness.forms.respondents import SettleForm, after_other_answer
from assessments.readiness.models import Scan
from assessments.readiness.pages.discussion import Card, card_of, participants
from assessments.readiness.selectors import Discussed, Discussion
from assessments.readiness.views.frame import MemberRequest, already_submitted
from companies.profiles.enums import MemberRole

ALL, POINTS = "all", "points"


@require_GET
def discuss(request: MemberRequest, scan_id: int) -> HttpResponse:
    """Statements on which the views lie apart; an owner settles, others read."""
    scan, role = access.discussed_scan_or_404(request.user, scan_id)
    return _discuss_page(request, scan, role, show=request.GET.get("show", ""))


@require_POST
def settle(request: MemberRequest, scan_id: int, statement_id: int) -> HttpResponse:
    """The owner's final answer to one statement."""
    scan = access.settleable_scan_or_403(request.user, scan_id)
    show = request.POST.get("show", "")
    if not scan.is_open:
        return already_submitted(request, scan)
    statement, stored = selectors.statement_and_answer(scan, statement_id)
    if statement is None:
        raise Http404("No such statement in this scan")
    form = SettleForm(statement, stored, request.POST)
    if not form.is_valid():
        return _discuss_page(request, scan, MemberRole.OWNER, show=show, bad=form)
    try:
        services.settle(
            scan_id=scan.pk,
            statement_id=statement.pk,
            user=request.user,
            response=form.response,
            note=form.typed_note,
            seen=form.cleaned_data["seen"],
            now=timezone.now(),
        )
    except services.ScanClosedError:
        return already_submitted(request, scan)
    except services.AnswerChangedError:
        _statement, stored = selectors.statement_and_answer(scan, statement_id)
        form = after_other_answer(form, stored)
        return _discuss_page(request, scan, MemberRole.OWNER, show=show, bad=form, status=409)
    messages.success(request, _("Settled: %(statement)s") % {"statement": statement.text})
    return _back_to_discussion(scan, show)


def _back_to_discussion(scan: Scan, show: str = "") -> HttpResponse:
    address = reverse("readiness:discuss", args=[scan.pk])
    return redirect(f"{address}?{urlencode({'show': ALL})}" if show == ALL else address)


@require_POST
def take_over(request: MemberRequest, scan_id: int) -> HttpResponse:
    """Answer for the company what all respondents agree on."""
    scan = access.answerable_scan_or_403(request.user, scan_id)
    try:
        count = services.take_over_agreed(scan_id=scan.pk, user=request.user)
    except services.ScanClosedError:
        return already_submitted(request, scan)
    messages.success(
        request,
        ngettext("%(count)s answer is taken over.", "%(count)s answers are taken over.", count)
        % {"count": count},
    )
    return _back_to_discussion(scan, request.POST.get("show", ""))


def _discuss_page(
    request: MemberRequest,
    scan: Scan,
    role: MemberRole | None,
    *,
    show: str,
    bad: SettleForm | None = None,
    status: int = 422,
) -> HttpResponse:
    found = selectors.discussion(scan, with_names=access.sees_names(role))
    settles = access.may_settle(scan, role)
    points = found.points
    context = {
        "company": scan.company,
        "scan": scan,
        "show": ALL if show == ALL else POINTS,
        "participants": participants(found.voices),
        "is_member": role is not None,
        "may_give_view": role is not None and access.may_give_view(scan),
        "may_answer": access.may_answer(role) and scan.is_open,
        "settles": settles,
        "invites": role == MemberRole.OWNER,
        "view_url": request.build_absolute_uri(reverse("readiness:my_view", args=[scan.pk])),
        "unsettled": len(points),
        "agreed": found.agreed,
        "statement_count": len(found.statements),
        "groups": _groups(found, points, show=show, role=role, settles=settles, bad=bad),
        "bad": bad,
    }
    return render(
        request, "readiness/respondents/discuss.html", context, status=status if bad else 200
    )


def _groups(
    found: Discussion,
    points: list[Discussed],
    *,
    show: str,
    role: MemberRole | None,
    settles: bool,
    bad: SettleForm | None,
) -> dict[str, list[Card]]:
    """The cards of each part of the page; everything in one list when all views are shown."""
    with_names = access.sees_names(role)

    def cards(items: list[Discussed]) -> list[Card]:
        return [
            card_of(item, with_names=with_names, form=_form(item, bad) if settles else None)
            for item in items
        ]

    if show == ALL:
        return {"all": cards(list(found.statements))}
    return {
        "points": cards(points),
        "divided": cards(found.divided_on_use),
        "settled": cards(found.settled),
    }


def _form(item: Discussed, bad: SettleForm | None) -> Any:
    """A form where there is something to settle; the one that was refused as it was typed."""
    if bad is not None and bad.statement == item.statement:
        return bad
    if item.is_point or item.is_divided_on_use or item.is_settled:
        return SettleForm(item.statement, item.answer)
    return None
