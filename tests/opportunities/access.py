"""Who gets through to the pages of the opportunities."""

from __future__ import annotations

from typing import Any

from tests.access.rows import (
    MEMBERS,
    MEMBERS_WHO_EDIT,
    OVERSEERS,
    READER,
    Access,
    this_company,
)
from tests.access.world import World
from tests.opportunities.scenarios import kept


def reshoring(world: World) -> dict[str, Any]:
    """One opportunity of this company."""
    return {**this_company(world), "opportunity": "reshoring"}


def furnish(world: World) -> None:
    """One kept calculation of this company."""
    world.extra["scenario"] = kept(world.company)


def scenario(world: World) -> dict[str, Any]:
    """That calculation."""
    return {**this_company(world), "scenario_id": world.extra["scenario"].pk}


def calculator(world: World) -> dict[str, Any]:
    """One calculator for this company."""
    return {**this_company(world), "calculator": "investment"}


SEEN = MEMBERS | OVERSEERS
WRITTEN = Access(
    allow=MEMBERS_WHO_EDIT, forbid=OVERSEERS | {READER}, arguments=scenario, method="post"
)

ACCESS: dict[str, Access] = {
    "opportunities:overview": Access(allow=MEMBERS | OVERSEERS, arguments=this_company),
    "opportunities:detail": Access(allow=MEMBERS | OVERSEERS, arguments=reshoring),
    "opportunities:understood": Access(
        allow=MEMBERS, forbid=OVERSEERS, arguments=this_company, method="post"
    ),
    "opportunities:override": Access(allow=OVERSEERS, forbid=MEMBERS, arguments=reshoring),
    "opportunities:end_override": Access(
        allow=OVERSEERS, forbid=MEMBERS, arguments=reshoring, method="post"
    ),
    "opportunities:calculators": Access(allow=SEEN, arguments=this_company),
    "opportunities:calculator": Access(allow=SEEN, arguments=calculator),
    "opportunities:scenario": Access(allow=SEEN, arguments=scenario),
    "opportunities:scenario_compare": Access(allow=SEEN, arguments=calculator),
    "opportunities:scenario_choose": WRITTEN,
    "opportunities:scenario_unchoose": WRITTEN,
    "opportunities:scenario_copy": WRITTEN,
    "opportunities:scenario_delete": Access(
        allow=MEMBERS_WHO_EDIT, forbid=OVERSEERS | {READER}, arguments=scenario
    ),
}
