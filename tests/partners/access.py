"""Rows of the URL × role table for partners.

The partner of the table did not agree to be shown; ``test_access.py`` walks through every
other visibility.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from companies.partners.enums import SharePurpose
from companies.partners.opt_out.links import token_for
from companies.partners.services import record_conversation
from portal.common.vocabulary import Opportunity
from tests.access.rows import (
    ADMINISTRATOR,
    ALL_ADVISERS,
    ANYONE_WITH_A_COMPANY,
    COORDINATOR,
    EVERYONE,
    GOVERNMENT,
    LOGGED_IN,
    NEWCOMER,
    PARTNER_CONTACT,
    Access,
)
from tests.access.world import World
from tests.factories import (
    ContactRequestFactory,
    EstablishmentFactory,
    PartnerContactFactory,
    PartnerFactory,
    PartnerNeedFactory,
)

STAFF = ALL_ADVISERS | {COORDINATOR, ADMINISTRATOR}
WHO_ACT = STAFF | {PARTNER_CONTACT}


def furnish(world: World) -> None:
    """A colleague whom a contact may remove, a need, requests, a conversation, free places."""
    world.extra["partner_colleague"] = PartnerContactFactory(partner=world.partner)
    world.extra["partner_need"] = PartnerNeedFactory(partner=world.partner)
    world.extra["partner_join_request"] = ContactRequestFactory(partner=world.partner)
    world.extra["partner_own_request"] = ContactRequestFactory(
        partner=PartnerFactory(), user=world.people[NEWCOMER]
    )
    world.extra["free_place"] = EstablishmentFactory()
    world.extra["taken_place"] = PartnerContactFactory().partner.establishment
    world.extra["partner_conversation"] = record_conversation(
        partner_id=world.partner.pk,
        held_on=date(2026, 11, 2),
        with_whom="Jo Janssens",
        agreed="Voorlopig niets.",
        agreed_to=[],
        by=world.people[ADMINISTRATOR],
        now=world.partner.created_at,
    )


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


def a_need(world: World) -> Mapping[str, Any]:
    """The need from ``furnish``."""
    return {"pk": world.partner.pk, "need_id": world.extra["partner_need"].pk}


def a_new_need(world: World) -> Mapping[str, Any]:
    """An opportunity for which nothing is sought yet."""
    return {"pk": world.partner.pk, "opportunity": Opportunity.FVDT.value}


def a_purpose(world: World) -> Mapping[str, Any]:
    """A consent of the partner."""
    return {"pk": world.partner.pk, "purpose": SharePurpose.CONTACT.value}


def a_conversation(world: World) -> Mapping[str, Any]:
    """The conversation from ``furnish``."""
    return {"pk": world.partner.pk, "conversation_id": world.extra["partner_conversation"].pk}


def a_request(world: World) -> Mapping[str, Any]:
    """Somebody asks to join this partner."""
    return {"request_id": world.extra["partner_join_request"].pk}


def own_request(world: World) -> Mapping[str, Any]:
    """What the newcomer asked."""
    return {"request_id": world.extra["partner_own_request"].pk}


def free_place(world: World) -> Mapping[str, Any]:
    """An establishment that nobody signed up."""
    return {"number": world.extra["free_place"].pk}


def taken_place(world: World) -> Mapping[str, Any]:
    """An establishment for which somebody acts."""
    return {"number": world.extra["taken_place"].pk}


def _post(allow: frozenset[str], arguments: Any, **more: Any) -> Access:
    return Access(allow=allow, arguments=arguments, method="post", **more)


NO_STAFF = LOGGED_IN - GOVERNMENT
BAD_FORM = frozenset({400})
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
    "partners:partner_list": Access(
        allow=STAFF | ANYONE_WITH_A_COMPANY,
        forbid=LOGGED_IN - STAFF - ANYONE_WITH_A_COMPANY,
    ),
    "partners:sign_up": Access(allow=NO_STAFF, forbid=GOVERNMENT),
    "partners:sign_up_confirm": Access(allow=NO_STAFF, forbid=GOVERNMENT, arguments=free_place),
    "partners:join": Access(allow=NO_STAFF, forbid=GOVERNMENT, arguments=taken_place),
    "partners:queue": Access(allow=STAFF),
    "partners:request_accept": _post(WHO_ACT, a_request),
    "partners:request_decline": _post(WHO_ACT, a_request, also_fine=BAD_FORM),
    "partners:request_withdraw": _post(frozenset({NEWCOMER}), own_request),
    "partners:partner": Access(allow=WHO_ACT, arguments=this_partner),
    "partners:as_company": Access(allow=WHO_ACT, arguments=this_partner),
    "partners:partner_edit": Access(allow=WHO_ACT, arguments=this_partner),
    "partners:need_add": Access(allow=WHO_ACT, arguments=a_new_need),
    "partners:need_change": Access(allow=WHO_ACT, arguments=a_need),
    "partners:need_close": _post(WHO_ACT, a_need),
    "partners:need_reopen": _post(WHO_ACT, a_need),
    "partners:consents": Access(allow=WHO_ACT, arguments=this_partner),
    "partners:consent_give": _post(frozenset({PARTNER_CONTACT}), a_purpose, forbid=STAFF),
    "partners:consent_withdraw": _post(WHO_ACT, a_purpose),
    "partners:conversations": Access(
        allow=STAFF, forbid=frozenset({PARTNER_CONTACT}), arguments=this_partner
    ),
    "partners:conversation_confirm": _post(
        frozenset({PARTNER_CONTACT}), a_conversation, forbid=STAFF
    ),
    "partners:contacts": Access(allow=WHO_ACT, arguments=this_partner),
    "partners:contact_remove": _post(WHO_ACT, a_contact),
}
