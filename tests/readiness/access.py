"""Who gets through to the pages of the self-assessment."""

from __future__ import annotations

from typing import Any

from assessments.readiness.models import Statement
from assessments.readiness.services import submit_scan
from tests.access.rows import (
    ADMINISTRATOR,
    COORDINATOR,
    MEMBERS,
    MEMBERS_WHO_EDIT,
    OVERSEERS,
    OWNER,
    READER,
    Access,
    this_company,
)
from tests.access.world import World
from tests.readiness.factories import answered_scan, reopened, submitted_scan


def furnish(world: World) -> None:
    """A submitted scan of this company that was reopened once, and an open one after it."""
    owner = world.people[OWNER]
    scan = submitted_scan(world.company, owner, {"wcmt": "3"})
    world.extra["reopening"] = reopened(scan, world.people[COORDINATOR])
    world.extra["submitted_scan"] = submit_scan(scan_id=scan.pk, user=owner)
    world.extra["open_scan"] = answered_scan(world.company, owner, {"eco": "2"})


def submitted(world: World) -> dict[str, Any]:
    """The scan that advisers may see too."""
    return {"scan_id": world.extra["submitted_scan"].pk}


def open_scan(world: World) -> dict[str, Any]:
    """The scan in progress, for members and administrators."""
    return {"scan_id": world.extra["open_scan"].pk}


def open_transition(world: World) -> dict[str, Any]:
    """A page of the scan in progress."""
    return {**open_scan(world), "slug": "human"}


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
    "readiness:result": Access(allow=MEMBERS | OVERSEERS, arguments=submitted),
    "readiness:transition": Access(allow=MEMBERS | {ADMINISTRATOR}, arguments=open_transition),
    "readiness:submit": Access(
        allow=MEMBERS_WHO_EDIT,
        forbid=frozenset({READER, ADMINISTRATOR}),
        arguments=open_scan,
        method="post",
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
