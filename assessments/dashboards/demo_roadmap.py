"""The plan of a demo company, made from its own roadmap through the services."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from assessments.dashboards.content.demo_plan import PLAN
from assessments.readiness import selectors, services
from assessments.readiness.domain.planning import StepPlan, StepState
from assessments.readiness.pages.roadmap import roadmap_of
from companies.profiles.models import Company
from companies.profiles.selectors import members_of
from portal.accounts.models import User


def plan_steps(company: Company, *, by: User, now: datetime) -> None:
    """Plan the steps of ``PLAN`` from the latest scan of a company with those members."""
    scan = selectors.speaking_scans([company.pk]).get()
    today = timezone.localdate(now)
    cards = roadmap_of(scan, today=today, show_all=True, sees_open_scans=True).cards
    members = {row.user.email: row.user for row in members_of(company)}
    for wanted in PLAN:
        card = cards[wanted.place - 1]
        step = services.plan_step(
            scan_id=scan.pk,
            statement_id=card.statement.pk,
            plan=StepPlan(
                owner_id=members[wanted.owner].pk,
                due_on=today + timedelta(days=wanted.due_in_days),
                target_level=card.next.number,
                remark=wanted.remark,
            ),
            by=by,
            now=now,
        )
        if wanted.is_done:
            services.move_step(
                step_id=step.pk, seen=step.fingerprint, to=StepState.DONE, by=by, now=now
            )
