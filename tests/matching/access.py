"""Who gets through to which page of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessments.matching.models import Match, MatchRun
from portal.common.run_rows import RunStatus
from tests.access.rows import (
    ADMINISTRATOR,
    ADVISER,
    ANALYST,
    COORDINATOR,
    GOVERNMENT,
    MEMBERS,
    OTHER_ADVISER,
    OVERSEERS,
    Access,
    this_company,
)
from tests.access.world import World
from tests.matching.factories import stored_match

RUNNERS = frozenset({COORDINATOR, ADMINISTRATOR})
LOOKERS = frozenset({ADVISER, OTHER_ADVISER, ANALYST})


def this_match(world: World) -> Mapping[str, Any]:
    """A match of this company, made when first asked for."""
    match = Match.objects.filter(company=world.company).first()
    return {"pk": (match or stored_match(world.company)).pk}


def a_run(world: World) -> Mapping[str, Any]:
    """A run over all companies that ended."""
    run = MatchRun.objects.filter(company=None).first()
    return {"pk": (run or MatchRun.objects.create(status=RunStatus.FINISHED)).pk}


ACCESS: dict[str, Access] = {
    "matching:matches": Access(allow=MEMBERS | OVERSEERS, arguments=this_company),
    "matching:why_not": Access(allow=MEMBERS | OVERSEERS, arguments=this_company),
    "matching:match": Access(allow=MEMBERS | OVERSEERS, arguments=this_match),
    "matching:runs": Access(allow=GOVERNMENT),
    "matching:run": Access(allow=GOVERNMENT, arguments=a_run),
    "matching:start": Access(allow=RUNNERS, forbid=LOOKERS, method="post"),
    "matching:cancel": Access(allow=RUNNERS, forbid=LOOKERS, method="post", arguments=a_run),
}
