"""Who gets through to the pages of the self-assessment."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from assessments.readiness.domain.planning import StepPlan, StepState
from assessments.readiness.models import Statement
from assessments.readiness.services import plan_step, submit_scan
from tests.access.rows import (
    ADMINISTRATOR,
    COORDINATOR,
    EDITOR,
    GOVERNMENT,
    MEMBERS,
    MEMBERS_WHO_EDIT,
    OVERSEERS,
    OWNER,
    READER,
    Access,
    this_company,
)
from tests.access.world import World
from tests.readiness.factories import (
    answered_scan,
    reopened,
    statement_of,
    submitted_scan,
)


def furnish(world: World) -> None:
    """A submitted scan of this company that was reopened once, and an open one after it."""
    owner = world.people[OWNER]
    scan = submitted_scan(world.company, owner, {"wcmt": "3"})
    world.extra["reopening"] = reopened(scan, world.people[COORDINATOR])
    world.extra["submitted_scan"] = submit_scan(scan_id=scan.pk, user=owner)
    world.extra["open_scan"] = answered_scan(world.company, owner, {"eco": "2"})
    scan = world.extra["submitted_scan"]
    first, second = Statement.objects.filter(
        transition__questionnaire=scan.questionnaire_id, transition__slug="wcmt"
    ).order_by("position")[:2]
    world.extra["unplanned"] = second
    world.extra["planned_step"] = plan_step(
        scan_id=scan.pk,
        statement_id=first.pk,
        plan=StepPlan(owner_id=owner.pk, due_on=timezone.localdate(), target_level=4),
        by=owner,
        now=timezone.now(),
    )


def submitted(world: World) -> dict[str, Any]:
    """The scan that advisers may see too."""
    return {"scan_id": world.extra["submitted_scan"].pk}


def open_scan(world: World) -> dict[str, Any]:
    """The scan in progress, for members and administrators."""
    return {"scan_id": world.extra["open_scan"].pk}


def open_transition(world: World) -> dict[str, Any]:
    """A page of the scan in progress."""
    return {**open_scan(world), "slug": "human"}


def open_statement(world: World) -> dict[str, Any]:
    """A statement of the scan in progress."""
    return {**open_scan(world), "statement_id": statement_of(world.extra["open_scan"], "energy").pk}


def statement_to_plan(world: World) -> dict[str, Any]:
    """A statement of the submitted scan that is not planned yet."""
    return {**submitted(world), "statement_id": world.extra["unplanned"].pk}


def step(world: World) -> dict[str, Any]:
    """A planned step, looked at from the submitted scan."""
    return {**submitted(world), "step_id": world.extra["planned_step"].pk}


def step_is_done(world: World) -> dict[str, Any]:
    """Mark the step as done, as its page sends it."""
    return {"to": StepState.DONE, "seen": world.extra["planned_step"].fingerprint}


def of_reopening(world: World) -> dict[str, Any]:
    """What was submitted before the scan was reopened."""
    return {**submitted(world), "reopening_id": world.extra["reopening"].pk}


def commented(world: World) -> dict[str, Any]:
    """A statement of the submitted scan."""
    scan = world.extra["submitted_scan"]
    statement = Statement.objects.filter(transition__questionnaire=scan.questionnaire_id).first()
    assert statement is not None
    return {**submitted(world), "statement_id": statement.pk}


ACCESS: dict[str, Access] = {
    "readiness:overview": Access(allow=MEMBERS | OVERSEERS, arguments=this_company),
    "readiness:start": Access(
        allow=MEMBERS_WHO_EDIT,
        forbid=OVERSEERS | {READER},
        arguments=this_company,
        method="post",
    ),
    "readiness:sector": Access(allow=GOVERNMENT),
    "readiness:result": Access(allow=MEMBERS | OVERSEERS, arguments=submitted),
    "readiness:transition": Access(allow=MEMBERS | {ADMINISTRATOR}, arguments=open_transition),
    "readiness:needs": Access(allow=MEMBERS | {ADMINISTRATOR}, arguments=open_scan),
    "readiness:submit": Access(
        allow=MEMBERS_WHO_EDIT,
        forbid=frozenset({READER, ADMINISTRATOR}),
        arguments=open_scan,
        method="post",
    ),
    # A view is one's own: a reader gives one too, and staff, who is no member, does not.
    "readiness:my_view": Access(
        allow=MEMBERS, forbid=frozenset({ADMINISTRATOR}), arguments=open_scan
    ),
    "readiness:my_view_transition": Access(
        allow=MEMBERS, forbid=frozenset({ADMINISTRATOR}), arguments=open_transition
    ),
    "readiness:discuss": Access(allow=MEMBERS | OVERSEERS, arguments=submitted),
    "readiness:settle": Access(
        allow=frozenset({OWNER}),
        forbid=frozenset({EDITOR, READER, ADMINISTRATOR}),
        arguments=open_statement,
        method="post",
        data=lambda world: {"answer": "2", "seen": "none"},
        also_fine=frozenset({409}),  # the furniture of this table already has an answer
    ),
    "readiness:take_over": Access(
        allow=MEMBERS_WHO_EDIT,
        forbid=frozenset({READER, ADMINISTRATOR}),
        arguments=open_scan,
        method="post",
    ),
    "readiness:roadmap": Access(allow=MEMBERS | OVERSEERS, arguments=submitted),
    "readiness:plan_step": Access(
        allow=MEMBERS_WHO_EDIT, forbid=OVERSEERS | {READER}, arguments=statement_to_plan
    ),
    "readiness:planned_step": Access(
        allow=MEMBERS_WHO_EDIT, forbid=OVERSEERS | {READER}, arguments=step
    ),
    "readiness:move_step": Access(
        allow=MEMBERS_WHO_EDIT,
        forbid=OVERSEERS | {READER},
        arguments=step,
        method="post",
        data=step_is_done,
    ),
    "readiness:comment": Access(
        allow=OVERSEERS,
        forbid=MEMBERS,
        arguments=commented,
        method="post",
        also_fine=frozenset({422}),
    ),
    "readiness:reopen": Access(allow=OVERSEERS, forbid=MEMBERS, arguments=submitted),
    "readiness:reopening": Access(allow=MEMBERS | OVERSEERS, arguments=of_reopening),
    "readiness:workbook": Access(allow=MEMBERS | OVERSEERS, arguments=submitted),
    "readiness:print": Access(allow=MEMBERS | OVERSEERS, arguments=submitted),
}
