"""Rows of the URL × role table for this room."""

from __future__ import annotations

from tests.access.rows import (
    ADMINISTRATOR,
    ALL_ADVISERS,
    COORDINATOR,
    EDITOR,
    GOVERNMENT,
    LOGGED_IN,
    OVERSEERS,
    OWNER,
    READER,
    Access,
    this_company,
)

OWNERS_ONLY = Access(
    allow=frozenset({OWNER}), forbid=OVERSEERS | {EDITOR, READER}, arguments=this_company
)

ACCESS: dict[str, Access] = {
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
}
