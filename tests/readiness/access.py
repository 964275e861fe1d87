"""Who gets through to the pages of the self-assessment."""

from __future__ import annotations

from typing import Any

from tests.access.rows import (
    ADMINISTRATOR,
    MEMBERS,
    MEMBERS_WHO_EDIT,
    OVERSEERS,
    OWNER,
    READER,
    Access,
    this_company,
)
from tests.access.world import World
from tests.readiness.factories import answered_scan, submitted_scan


def furnish(world: World) -> None:
    """A submitted scan of this company, and an open one after it."""
    owner = world.people[OWNER]
    world.extra["submitted_scan"] = submitted_scan(world.company, owner, {"wcmt": "3"})
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
    "readiness:needs": Access(allow=MEMBERS | {ADMINISTRATOR}, arguments=open_scan),
    "readiness:submit": Access(
        allow=MEMBERS_WHO_EDIT,
        forbid=frozenset({READER, ADMINISTRATOR}),
        arguments=open_scan,
        method="post",
    ),
}
