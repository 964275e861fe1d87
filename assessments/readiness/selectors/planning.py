"""Reads for the roadmap: what is planned, what the teams need, whether it is up to date."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from assessments.readiness.models import (
    Answer,
    Level,
    PlannedStep,
    Scan,
    Statement,
)
from companies.profiles.models import Membership


def planned_steps(company_id: int, *, with_open_scans: bool) -> list[PlannedStep]:
    """The steps of a company by day, with people, statement and levels; two queries.

    ``level_then`` is the level in the scan from which the step was planned (None: no level),
    ``owner_is_member`` whether its owner still acts for the company. Whoever does not see
    open scans does not see steps from one either: pass ``with_open_scans=False``.
    """
    steps = _steps_in_full(company_id)
    if not with_open_scans:
        steps = steps.filter(scan__submitted_at__isnull=False)
    return list(steps.order_by("due_on", "pk"))


def planned_step(company_id: int, step_id: int) -> PlannedStep | None:
    """One step of the company, as ``planned_steps`` gives it; two queries."""
    return _steps_in_full(company_id).filter(pk=step_id).first()


def _steps_in_full(company_id: int) -> QuerySet[PlannedStep]:
    then = Answer.objects.filter(scan=OuterRef("scan"), statement=OuterRef("statement"))
    member = Membership.objects.filter(company=OuterRef("company"), user=OuterRef("owner"))
    return (
        PlannedStep.objects.filter(company=company_id)
        .select_related(
            "statement__transition", "scan", "owner", "planned_by", "done_by", "dropped_by"
        )
        .annotate(level_then=Subquery(then.values("level")[:1]), owner_is_member=Exists(member))
        .prefetch_related(Prefetch("statement__levels", Level.objects.order_by("number", "pk")))
    )


def newer_scan(scan: Scan, *, with_open: bool) -> Scan | None:
    """The newest scan of the company after this one, as far as it may be seen."""
    newer = Scan.objects.filter(company=scan.company_id, moment__gt=scan.moment)
    if not with_open:
        newer = newer.filter(submitted_at__isnull=False)
    return newer.order_by("-moment", "pk").first()


def statement_at(scan: Scan, statement_id: int) -> Statement | None:
    """A statement of the scan with its levels and ``level_now``; two queries.

    ``level_now`` is None when it is open or not applicable. None for a statement that is
    not in the scan.
    """
    answer = Answer.objects.filter(scan=scan, statement=OuterRef("pk"))
    return (
        Statement.objects.filter(pk=statement_id, transition__questionnaire=scan.questionnaire_id)
        .select_related("transition")
        .annotate(level_now=Subquery(answer.values("level")[:1]))
        .prefetch_related(Prefetch("levels", Level.objects.order_by("number", "pk")))
        .first()
    )


def step_underway(company_id: int, statement: Statement) -> PlannedStep | None:
    """The step by which a company works on a statement, whatever the version; one query."""
    return (
        PlannedStep.objects.underway()
        .on(statement)
        .filter(company=company_id)
        .select_related("owner")
        .first()
    )
