"""Taking a step of the roadmap on, changing what was agreed, and ending it.

The company is the lock: two people who plan the same step at once get one planned step.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from assessments.readiness.domain.answers import FUTURE_LEVEL
from assessments.readiness.domain.planning import StepPlan, StepState, day_fits, targets_above
from assessments.readiness.models import Answer, PlannedStep, Scan, Statement
from assessments.readiness.services.errors import (
    PlanRefusedError,
    StepChangedError,
    StepPlannedError,
)
from companies.profiles.models import Membership
from companies.profiles.services.facts import lock_company
from portal.accounts.models import User


@transaction.atomic
def plan_step(
    *, scan_id: int, statement_id: int, plan: StepPlan, by: User, now: datetime
) -> PlannedStep:
    """Plan the next level of a statement that a scan places below the factory of the future.

    Raises StepPlannedError when the company planned it already (in whatever version of the
    questionnaire), PlanRefusedError("target_level") when the statement has no level below 4
    or the target is not above it, and PlanRefusedError for an owner who is no member or a
    day that is past or too far ahead.
    """
    scan = Scan.objects.get(pk=scan_id)
    lock_company(scan.company_id)
    statement = Statement.objects.select_related("transition").get(
        pk=statement_id, transition__questionnaire=scan.questionnaire_id
    )
    _refuse_planned(scan.company_id, statement)
    level = _level(scan_id, statement_id)
    if level is None or level >= FUTURE_LEVEL:
        raise PlanRefusedError("target_level")
    _check(plan, company_id=scan.company_id, level=level, today=timezone.localdate(now))
    return PlannedStep.objects.create(
        company_id=scan.company_id,
        scan=scan,
        statement=statement,
        owner_id=plan.owner_id,
        due_on=plan.due_on,
        target_level=plan.target_level,
        remark=plan.remark,
        planned_at=now,
        planned_by=by,
    )


@transaction.atomic
def change_step(*, step_id: int, seen: str, plan: StepPlan, now: datetime) -> PlannedStep:
    """Change what was agreed on a step that is still planned.

    ``seen`` is the fingerprint of the step that the page showed. Raises StepChangedError
    when it is another one by now (changed, done or dropped meanwhile), and PlanRefusedError
    as ``plan_step`` does; a day that was agreed before may stay, also when it is past.
    """
    step = _locked(step_id)
    if step.plan == plan and step.state is StepState.PLANNED:
        return step
    if step.fingerprint != seen or step.state is not StepState.PLANNED:
        raise StepChangedError
    _check(
        plan,
        company_id=step.company_id,
        level=_level(step.scan_id, step.statement_id) or 1,
        today=timezone.localdate(now),
        agreed=step.due_on,
    )
    step.owner_id = plan.owner_id
    step.due_on = plan.due_on
    step.target_level = plan.target_level
    step.remark = plan.remark
    step.save(update_fields=["owner", "due_on", "target_level", "remark"])
    return step


@transaction.atomic
def move_step(*, step_id: int, seen: str, to: StepState, by: User, now: datetime) -> PlannedStep:
    """A planned step is done or dropped; one that ended is taken up again (PLANNED).

    Raises StepChangedError when the step is not as the page showed it, StepPlannedError
    when the same statement was planned anew since this step ended.
    """
    step = _locked(step_id)
    if step.state is to:
        return step
    if step.fingerprint != seen:
        raise StepChangedError
    if to is StepState.PLANNED:
        _refuse_planned(step.company_id, step.statement)
    is_done, is_dropped = to is StepState.DONE, to is StepState.DROPPED
    step.done_at, step.done_by = (now, by) if is_done else (None, None)
    step.dropped_at, step.dropped_by = (now, by) if is_dropped else (None, None)
    step.save(update_fields=["done_at", "done_by", "dropped_at", "dropped_by"])
    return step


def _locked(step_id: int) -> PlannedStep:
    """The step with its company locked, so that planning and reopening wait for each other."""
    company_id = PlannedStep.objects.values_list("company_id", flat=True).get(pk=step_id)
    lock_company(company_id)
    return (
        PlannedStep.objects.select_for_update(of=("self",))
        .select_related("statement__transition")
        .get(pk=step_id)
    )


def _level(scan_id: int, statement_id: int) -> int | None:
    return (
        Answer.objects.filter(scan=scan_id, statement=statement_id)
        .values_list("level", flat=True)
        .first()
    )


def _refuse_planned(company_id: int, statement: Statement) -> None:
    if PlannedStep.objects.underway().on(statement).filter(company=company_id).exists():
        raise StepPlannedError


def _check(
    plan: StepPlan, *, company_id: int, level: int, today: date, agreed: date | None = None
) -> None:
    if plan.target_level not in targets_above(level):
        raise PlanRefusedError("target_level")
    if not day_fits(plan.due_on, today=today, agreed=agreed):
        raise PlanRefusedError("due_on")
    if not Membership.objects.filter(company=company_id, user=plan.owner_id).exists():
        raise PlanRefusedError("owner")
