"""Rows of the URL × role table for partners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from companies.partners.opt_out.links import token_for
from tests.access.rows import (
    ADMINISTRATOR,
    ALL_ADVISERS,
    COORDINATOR,
    EVERYONE,
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


def this_number(world: World) -> Mapping[str, Any]:
    """The number of the partner's place."""
    return {"number": world.partner.establishment_id}


def this_link(world: World) -> Mapping[str, Any]:
    """The link that lets its place opt out."""
    return {"token": token_for(world.partner.establishment_id)}


def a_contact(world: World) -> Mapping[str, Any]:
    """The colleague from ``furnish``."""
    return {"pk": world.partner.pk, "contact_id": world.extra["partner_colleague"].pk}


ACCESS: dict[str, Access] = {
    # Without log-in: the signed number is what proves that somebody may.
    "partners:opt_out_code": Access(allow=EVERYONE),
    "partners:opt_out": Access(allow=EVERYONE, arguments=this_link),
    "partners:opt_out_confirm": Access(allow=EVERYONE, method="post", data=this_link),
    "partners:opt_out_undo": Access(allow=EVERYONE, method="post", data=this_link),
    "partners:opt_out_manage": Access(
        allow=WHO_ACT, forbid=LOGGED_IN - WHO_ACT, arguments=this_number
    ),
    "partners:opt_out_manage_undo": Access(
        allow=WHO_ACT, forbid=LOGGED_IN - WHO_ACT, arguments=this_number, method="post"
    ),
    "partners:partner_list": Access(allow=STAFF, forbid=LOGGED_IN - STAFF),
    "partners:partner": Access(allow=WHO_ACT, arguments=this_partner),
    "partners:partner_edit": Access(allow=WHO_ACT, arguments=this_partner),
    "partners:contacts": Access(allow=WHO_ACT, arguments=this_partner),
    "partners:contact_remove": Access(allow=WHO_ACT, arguments=a_contact, method="post"),
}
