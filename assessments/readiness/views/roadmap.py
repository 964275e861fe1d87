"""The roadmap: what to do next, and the steps that the company takes on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.readiness import access, selectors, services
from assessments.readiness.domain.answers import FUTURE_LEVEL
from assessments.readiness.domain.planning import StepState, targets_above
from assessments.readiness.forms.planning import StepForm
from assessments.readiness.models import PlannedStep, Scan, Statement
from assessments.readiness.pages.roadmap import roadmap_of
from assessments.readiness.views.frame import MemberRequest
from companies.profiles.selectors import members_of
from portal.common.autosave import Difference, differences

SAVED, INVALID, CHANGED = 302, 422, 409  # what a page answers
MOVED: dict[StepState, Any] = {
    StepState.DONE: gettext_lazy("Well done: this step is marked as done."),
    StepState.DROPPED: gettext_lazy("This step is dropped. You can take it up again."),
    StepState.PLANNED: gettext_lazy("This step is taken up again."),
}


@require_safe
def roadmap(request: MemberRequest, scan_id: int) -> HttpResponse:
    """Ranked next steps with examples and support, and the plan of the company on top."""
    scan, role = access.scan_and_role(request.user, scan_id)
    sees_open = access.sees_open_scans(request.user, role)
    context = {
        "company": scan.company,
        "scan": scan,
        "roadmap": roadmap_of(
            scan,
            today=timezone.localdate(),
            show_all=bool(request.GET.get("all")),
            sees_open_scans=sees_open,
        ),
        "newer": selectors.newer_scan(scan, with_open=sees_open),
        "may_plan": access.may_plan(role),
        # Members who only read do not start cases; who follows the company does.
        "may_start_case": access.may_plan(role) or role is None,
    }
    return render(request, "readiness/roadmap.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_step(request: MemberRequest, scan_id: int, statement_id: int) -> HttpResponse:
    """Plan the next level of one statement."""
    scan = access.plannable_scan_or_403(request.user, scan_id)
    statement = selectors.statement_at(scan, statement_id)
    if statement is None:
        raise Http404("No such statement in this scan")
    planned = selectors.step_underway(scan.company_id, statement)
    if planned is not None and request.method != "POST":
        return redirect("readiness:planned_step", scan_id=scan.pk, step_id=planned.pk)
    level: int | None = statement.level_now  # type: ignore[attr-defined]  # annotated
    if level is None or level >= FUTURE_LEVEL:
        messages.info(request, _("There is no step to plan here: look at the answer first."))
        return redirect("readiness:roadmap", scan_id=scan.pk)
    form = _form(request, scan, statement, level)
    status = _plan(request, scan, statement, form) if request.method == "POST" else 200
    if status == SAVED:
        messages.success(request, _("The step is in your plan."))
        return redirect("readiness:roadmap", scan_id=scan.pk)
    if status == CHANGED:
        planned = selectors.step_underway(scan.company_id, statement)
    context = {
        "statement": statement,
        "level": level,
        "planned": planned if status == CHANGED else None,
        "step": None,
        "seen": "",
        "differences": [],
    }
    return _step_page(request, scan, form, context, status)


def _plan(request: MemberRequest, scan: Scan, statement: Statement, form: StepForm) -> int:
    """Plan what was typed: SAVED, INVALID, or CHANGED when somebody planned it meanwhile."""
    if not form.is_valid():
        return INVALID
    try:
        services.plan_step(
            scan_id=scan.pk,
            statement_id=statement.pk,
            plan=form.to_plan(),
            by=request.user,
            now=timezone.now(),
        )
    except services.PlanRefusedError as error:
        form.refuse(error.field)
        return INVALID
    except services.StepPlannedError:
        return CHANGED
    return SAVED


@require_http_methods(["GET", "HEAD", "POST"])
def planned_step(request: MemberRequest, scan_id: int, step_id: int) -> HttpResponse:
    """Change what was agreed on a step, or end it."""
    scan = access.plannable_scan_or_403(request.user, scan_id)
    step = _step_or_404(scan, step_id)
    form = _form_of(request, scan, step)
    seen, status = step.fingerprint, 200
    found: list[Difference] = []
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        status = _change(step, seen, form)
    if status == SAVED:
        messages.success(request, _("Saved."))
        return redirect("readiness:roadmap", scan_id=scan.pk)
    if status == CHANGED:
        step = _step_or_404(scan, step_id)
        # Whoever saves now has seen this state.
        seen = step.fingerprint
        found = differences(_form_of(None, scan, step), form)
    context = {
        "statement": step.statement,
        "level": step.level_then,  # type: ignore[attr-defined]  # annotated
        "planned": None,
        "step": step,
        "seen": seen,
        "differences": found,
    }
    return _step_page(request, scan, form, context, status)


def _change(step: PlannedStep, seen: str, form: StepForm) -> int:
    """Change a step to what was typed: SAVED, INVALID, or CHANGED by somebody meanwhile."""
    if not form.is_valid():
        return INVALID
    try:
        services.change_step(step_id=step.pk, seen=seen, plan=form.to_plan(), now=timezone.now())
    except services.PlanRefusedError as error:
        form.refuse(error.field)
        return INVALID
    except services.StepChangedError:
        return CHANGED
    return SAVED


@require_POST
def move_step(request: MemberRequest, scan_id: int, step_id: int) -> HttpResponse:
    """A step is done, dropped, or taken up again."""
    scan = access.plannable_scan_or_403(request.user, scan_id)
    step = _step_or_404(scan, step_id)
    try:
        to = StepState(request.POST.get("to", ""))
        services.move_step(
            step_id=step.pk,
            seen=request.POST.get("seen", ""),
            to=to,
            by=request.user,
            now=timezone.now(),
        )
    except ValueError:
        messages.error(request, _("Nothing was changed: choose done, dropped or taken up again."))
    except services.StepChangedError:
        messages.warning(
            request,
            _("Somebody changed this step meanwhile, so nothing was done. Look at it again."),
        )
        return redirect("readiness:planned_step", scan_id=scan.pk, step_id=step.pk)
    except services.StepPlannedError:
        messages.warning(request, _("This step is already in your plan, so it was not taken up."))
    else:
        messages.success(request, MOVED[to])
    return redirect("readiness:roadmap", scan_id=scan.pk)


def _step_or_404(scan: Scan, step_id: int) -> PlannedStep:
    step = selectors.planned_step(scan.company_id, step_id)
    if step is None:
        raise Http404("No such step of this company")
    return step


def _form(
    request: MemberRequest | None,
    scan: Scan,
    statement: Statement,
    level: int,
    agreed: PlannedStep | None = None,
) -> StepForm:
    offered = targets_above(level)
    posted = request is not None and request.method == "POST"
    return StepForm(
        request.POST if request is not None and posted else None,
        levels=[one for one in statement.levels.all() if one.number in offered],
        members=members_of(scan.company).filter(user__is_active=True),
        today=timezone.localdate(),
        agreed=agreed.plan if agreed else None,
    )


def _form_of(request: MemberRequest | None, scan: Scan, step: PlannedStep) -> StepForm:
    """The form of a step; without a request as it is stored."""
    level: int = step.level_then or 1  # type: ignore[attr-defined]  # annotated
    return _form(request, scan, step.statement, level, step)


def _step_page(
    request: MemberRequest, scan: Scan, form: StepForm, context: dict[str, Any], status: int
) -> HttpResponse:
    shown = {"company": scan.company, "scan": scan, "form": form, **context}
    return render(request, "readiness/step.html", shown, status=status)
