"""Rows of the URL × role table for this room."""

from __future__ import annotations

from tests.access.rows import (
    ADMINISTRATOR,
    ALL_ADVISERS,
    COORDINATOR,
    GOVERNMENT,
    LOGGED_IN,
    Access,
)

ACCESS: dict[str, Access] = {
    "dashboards:home": Access(allow=LOGGED_IN),
    "dashboards:government": Access(allow=GOVERNMENT),
    "dashboards:company_list": Access(allow=ALL_ADVISERS | {COORDINATOR, ADMINISTRATOR}),
}
