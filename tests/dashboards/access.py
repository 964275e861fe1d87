"""Rows of the URL × role table for this room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.access.rows import (
    ADMINISTRATOR,
    ALL_ADVISERS,
    COORDINATOR,
    EDITOR,
    GOVERNMENT,
    LOGGED_IN,
    MEMBERS,
    OVERSEERS,
    OWNER,
    READER,
    Access,
    this_company,
)
from tests.dashboards.board_report.stored import stored_report

if TYPE_CHECKING:
    from tests.access.world import World

OWNERS_ONLY = Access(
    allow=frozenset({OWNER}), forbid=OVERSEERS | {EDITOR, READER}, arguments=this_company
)


def a_report(world: World) -> dict[str, Any]:
    """A finished report of this company."""
    report = world.company.board_reports.first() or stored_report(world.company)
    return {"company_id": world.company.pk, "report_id": report.pk}


def an_import(world: World) -> dict[str, Any]:
    """An import of the register (made by that room)."""
    return {"import_id": world.extra["register_import"].pk}


# Those who see the company; never a partner, nor an analyst.
READS_REPORTS = MEMBERS | OVERSEERS

ACCESS: dict[str, Access] = {
    "dashboards:reports": Access(allow=READS_REPORTS, arguments=this_company),
    "dashboards:report": Access(allow=READS_REPORTS, arguments=a_report),
    "dashboards:report_file": Access(allow=READS_REPORTS, arguments=a_report),
    "dashboards:home": Access(allow=LOGGED_IN),
    "dashboards:government": Access(allow=GOVERNMENT),
    "dashboards:company_export": OWNERS_ONLY,
    "dashboards:company_close": OWNERS_ONLY,
    "dashboards:company_reopen": Access(
        allow=OWNERS_ONLY.allow,
        forbid=OWNERS_ONLY.forbid,
        arguments=this_company,
        method="post",
    ),
    "dashboards:company_list": Access(allow=ALL_ADVISERS | {COORDINATOR, ADMINISTRATOR}),
    "dashboards:touched": Access(
        allow=ALL_ADVISERS | {COORDINATOR, ADMINISTRATOR}, arguments=an_import
    ),
}
