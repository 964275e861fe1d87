"""The vocabulary of the URL × role table.

Each room states in ``tests/<room>/access.py`` a dictionary ``ACCESS`` with one
``Access`` for each of its addresses. ``test_every_url.py`` walks all addresses of
the site as every persona and compares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.access.world import World

ANONYMOUS = "anonymous"
NEWCOMER = "newcomer"  # logged in, belongs to nothing yet
OWNER, EDITOR, READER = "owner", "editor", "reader"  # of this company
OTHER_OWNER, OTHER_EDITOR, OTHER_READER = "other_owner", "other_editor", "other_reader"
PARTNER_CONTACT, OTHER_PARTNER_CONTACT = "partner_contact", "other_partner_contact"
ADVISER, OTHER_ADVISER = "adviser", "other_adviser"  # in and out of the company's province
ANALYST, COORDINATOR, ADMINISTRATOR = "analyst", "coordinator", "administrator"

EVERYONE = frozenset(
    {
        ANONYMOUS,
        NEWCOMER,
        OWNER,
        EDITOR,
        READER,
        OTHER_OWNER,
        OTHER_EDITOR,
        OTHER_READER,
        PARTNER_CONTACT,
        OTHER_PARTNER_CONTACT,
        ADVISER,
        OTHER_ADVISER,
        ANALYST,
        COORDINATOR,
        ADMINISTRATOR,
    }
)
LOGGED_IN = EVERYONE - {ANONYMOUS}
MEMBERS = frozenset({OWNER, EDITOR, READER})
MEMBERS_WHO_EDIT = frozenset({OWNER, EDITOR})
OVERSEERS = frozenset({ADVISER, COORDINATOR, ADMINISTRATOR})  # who may follow this company
ALL_ADVISERS = frozenset({ADVISER, OTHER_ADVISER})
GOVERNMENT = frozenset({ADVISER, OTHER_ADVISER, ANALYST, COORDINATOR, ADMINISTRATOR})
ANYONE_WITH_A_COMPANY = frozenset({OWNER, EDITOR, READER, OTHER_OWNER, OTHER_EDITOR, OTHER_READER})


def no_arguments(world: World) -> dict[str, Any]:
    """The address takes nothing."""
    return {}


def this_company(world: World) -> dict[str, Any]:
    """The address takes ``company_id``."""
    return {"company_id": world.company.pk}


@dataclass(frozen=True)
class Access:
    """Who gets through to one address.

    ``allow``: answered (any status below 400 that is no redirect to the log-in, or
    the ``also_fine`` statuses, such as 400 for an empty form sent by POST).
    ``forbid``: logged in, may know that it exists, but 403.
    Everybody else: 404; without log-in: redirect to the log-in page, unless the address
    is ``public`` (then 404 as well). ``to_log_in``: sends everybody to the log-in page,
    because nobody is half-way through one.
    """

    allow: frozenset[str]
    forbid: frozenset[str] = frozenset()
    arguments: Callable[[World], Mapping[str, Any]] = no_arguments
    method: str = "get"
    data: Callable[[World], Mapping[str, Any]] = no_arguments
    also_fine: frozenset[int] = field(default_factory=frozenset)
    public: bool = False
    to_log_in: bool = False
