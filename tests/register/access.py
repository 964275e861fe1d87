"""Rows of the URL × role table for the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.access.rows import GOVERNMENT, LOGGED_IN, Access
from tests.access.world import World
from tests.register.differences import finished_import


def a_place(world: World) -> Mapping[str, Any]:
    """The establishment of a partner; the register itself is public."""
    return {"number": world.partner.establishment_id}


def an_import(world: World) -> Mapping[str, Any]:
    """An import that brought the register further."""
    return {"pk": world.extra["register_import"].pk}


def furnish(world: World) -> None:
    """One import."""
    world.extra["register_import"] = finished_import()


ACCESS: dict[str, Access] = {
    "register:search": Access(allow=LOGGED_IN),
    "register:imports": Access(allow=GOVERNMENT),
    "register:differences": Access(allow=GOVERNMENT, arguments=an_import),
    "register:differences_csv": Access(allow=GOVERNMENT, arguments=an_import),
    "register:establishment": Access(allow=LOGGED_IN, arguments=a_place),
}
