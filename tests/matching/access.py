"""Who gets through to which page of this room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assessments.matching.models import Introduction, Match, MatchRun
from portal.common.run_rows import RunStatus
from tests.access.rows import (
    ADMINISTRATOR,
    ADVISER,
    ANALYST,
    COORDINATOR,
    GOVERNMENT,
    MEMBERS,
    MEMBERS_WHO_EDIT,
    OTHER_ADVISER,
    OVERSEERS,
    READER,
    Access,
    this_company,
)
from tests.access.world import World
from tests.matching.factories import introduction, stored_match

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


def this_introduction(world: World) -> Mapping[str, Any]:
    """An introduction of this company, made when first asked for."""
    found = Introduction.objects.filter(company=world.company).first()
    return {"pk": (found or introduction(world.company)).pk}


def a_step_of_the_adviser(world: World) -> Mapping[str, Any]:
    """Contacting the partner of this company's introduction."""
    return {**this_introduction(world), "step": "contact"}


# Owners and editors have an opinion on behalf of the company, the others only look.
JUDGED = Access(
    allow=MEMBERS_WHO_EDIT,
    forbid=OVERSEERS | {READER},
    method="post",
    arguments=this_match,
)
ACCESS: dict[str, Access] = {
    "matching:matches": Access(allow=MEMBERS | OVERSEERS, arguments=this_company),
    "matching:why_not": Access(allow=MEMBERS | OVERSEERS, arguments=this_company),
    "matching:match": Access(allow=MEMBERS | OVERSEERS, arguments=this_match),
    "matching:seen": JUDGED,
    "matching:interested": JUDGED,
    "matching:take_back": JUDGED,
    "matching:not_relevant": replace(JUDGED, method="get"),
    "matching:introduce": Access(
        allow=MEMBERS_WHO_EDIT | OVERSEERS, forbid=frozenset({READER}), arguments=this_match
    ),
    "matching:company_introductions": Access(allow=MEMBERS | OVERSEERS, arguments=this_company),
    "matching:introductions": Access(allow=GOVERNMENT - {ANALYST}),
    "matching:introduction": Access(allow=MEMBERS | OVERSEERS, arguments=this_introduction),
    # A step of the adviser: members look, and only those who follow the company take it.
    "matching:step": Access(
        allow=OVERSEERS,
        forbid=MEMBERS,
        arguments=a_step_of_the_adviser,
    ),
    "matching:precision": Access(allow=GOVERNMENT),
    "matching:runs": Access(allow=GOVERNMENT),
    "matching:run": Access(allow=GOVERNMENT, arguments=a_run),
    "matching:start": Access(allow=RUNNERS, forbid=LOOKERS, method="post"),
    "matching:cancel": Access(allow=RUNNERS, forbid=LOOKERS, method="post", arguments=a_run),
}
