"""Rows of the URL × role table for the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.access.rows import LOGGED_IN, Access
from tests.access.world import World


def a_place(world: World) -> Mapping[str, Any]:
    """The establishment of a partner; the register itself is public."""
    return {"number": world.partner.establishment_id}


ACCESS: dict[str, Access] = {
    "register:search": Access(allow=LOGGED_IN),
    "register:establishment": Access(allow=LOGGED_IN, arguments=a_place),
}
