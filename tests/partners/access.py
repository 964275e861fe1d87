"""Rows of the URL × role table for partners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.access.rows import (
    ADMINISTRATOR,
    ALL_ADVISERS,
    COORDINATOR,
    LOGGED_IN,
    PARTNER_CONTACT,
    Access,
)
from tests.access.world import World
from tests.factories import PartnerContactFactory

STAFF = ALL_ADVISERS | {COORDINATOR, ADMINISTRATOR}
WHO_ACT = STAFF | {PARTNER_CONTACT}


def furnish(world: World) -> None:
    """A colleague whom a contact may remove."""
    world.extra["partner_colleague"] = PartnerContactFactory(partner=world.partner)


def this_partner(world: World) -> Mapping[str, Any]:
    """The partner without consent."""
    return {"pk": world.partner.pk}


def a_contact(world: World) -> Mapping[str, Any]:
    """The colleague from ``furnish``."""
    return {"pk": world.partner.pk, "contact_id": world.extra["partner_colleague"].pk}


ACCESS: dict[str, Access] = {
    "partners:partner_list": Access(allow=STAFF, forbid=LOGGED_IN - STAFF),
    "partners:partner": Access(allow=WHO_ACT, arguments=this_partner),
    "partners:partner_edit": Access(allow=WHO_ACT, arguments=this_partner),
    "partners:contacts": Access(allow=WHO_ACT, arguments=this_partner),
    "partners:contact_remove": Access(allow=WHO_ACT, arguments=a_contact, method="post"),
}
