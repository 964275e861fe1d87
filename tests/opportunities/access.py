"""Who gets through to the pages of the opportunities."""

from __future__ import annotations

from typing import Any

from tests.access.rows import MEMBERS, OVERSEERS, Access, this_company
from tests.access.world import World


def reshoring(world: World) -> dict[str, Any]:
    """One opportunity of this company."""
    return {**this_company(world), "opportunity": "reshoring"}


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
}
