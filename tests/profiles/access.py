"""Rows of the URL × role table for companies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone

from companies.profiles import services
from companies.profiles.domain.files import examine
from companies.profiles.enums import MemberRole
from tests.access.rows import (
    ALL_ADVISERS,
    EDITOR,
    EVERYONE,
    GOVERNMENT,
    LOGGED_IN,
    MEMBERS,
    MEMBERS_WHO_EDIT,
    NEWCOMER,
    OVERSEERS,
    OWNER,
    READER,
    Access,
    this_company,
)
from tests.access.world import World
from tests.factories import (
    InvitationFactory,
    JoinRequestFactory,
    MembershipFactory,
    checked,
)
from tests.profiles.samples import pdf
from tests.profiles.workbook.files import EMPTY_WORKBOOK

SEEN_BY = MEMBERS | OVERSEERS


def furnish(world: World) -> None:
    """A member whom the owner may remove, and a document."""
    world.extra["membership"] = MembershipFactory(company=world.company, role=MemberRole.READER)
    world.extra["upload"] = services.keep_workbook(
        company_id=world.company.pk,
        by=world.people[OWNER],
        content=EMPTY_WORKBOOK,
        now=timezone.now(),
    )
    world.extra["document"] = services.add_document(
        company_id=world.company.pk,
        by=world.people[OWNER],
        details=services.DocumentInput(kind="annual_report", title="Jaarverslag"),
        file=examine("verslag.pdf", pdf()),
    )
    world.extra["invitation"] = InvitationFactory(
        company=world.company, email=world.people[NEWCOMER].email
    )
    world.extra["join_request"] = JoinRequestFactory(company=world.company)
    world.extra["own_join_request"] = JoinRequestFactory(
        company=world.company, user=world.people[NEWCOMER]
    )


def a_document(world: World) -> Mapping[str, Any]:
    """A document of this company, from ``furnish``."""
    return {"company_id": world.company.pk, "document_id": world.extra["document"].pk}


def a_purpose(world: World) -> Mapping[str, Any]:
    """One of the consents of this company."""
    return {"company_id": world.company.pk, "purpose": "benchmark"}


def a_number(world: World) -> Mapping[str, Any]:
    """A number that nobody signed up."""
    return {"number": checked(17_000_001)}


def an_upload(world: World) -> Mapping[str, Any]:
    """The workbook from ``furnish``."""
    return {"company_id": world.company.pk, "upload_id": world.extra["upload"].pk}


def a_year(world: World) -> Mapping[str, Any]:
    """This company in 2025."""
    return {"company_id": world.company.pk, "year": 2025}


def a_part(world: World) -> Mapping[str, Any]:
    """The competences of this company."""
    return {"company_id": world.company.pk, "part": "competences"}


def a_membership(world: World) -> Mapping[str, Any]:
    """The member from ``furnish``."""
    return {"company_id": world.company.pk, "membership_id": world.extra["membership"].pk}


def an_invitation(world: World) -> Mapping[str, Any]:
    """The invitation from ``furnish``."""
    return {"company_id": world.company.pk, "invitation_id": world.extra["invitation"].pk}


def own_invitation(world: World) -> Mapping[str, Any]:
    """The same, for the person invited."""
    return {"invitation_id": world.extra["invitation"].pk}


def a_join_request(world: World) -> Mapping[str, Any]:
    """Somebody asked to join this company."""
    return {"company_id": world.company.pk, "request_id": world.extra["join_request"].pk}


def own_join_request(world: World) -> Mapping[str, Any]:
    """The newcomer asked."""
    return {"request_id": world.extra["own_join_request"].pk}


def a_token(world: World) -> Mapping[str, Any]:
    """A link that nobody sent."""
    return {"token": "no.token"}


def this_number(world: World) -> Mapping[str, Any]:
    """The number of this company."""
    return {"number": world.company.enterprise_number}


def the_terms(world: World) -> Mapping[str, Any]:
    """The newest terms."""
    return {"text": "terms"}


def a_version(world: World) -> Mapping[str, Any]:
    """One version of the privacy statement."""
    return {"text": "privacy", "version": "2026-11"}


def note_data(world: World) -> Mapping[str, Any]:
    """An explanation."""
    return {"note": "Wij zijn erkend."}


def decline_data(world: World) -> Mapping[str, Any]:
    """A typed reason."""
    return {"reason": "not_recognised"}


def role_data(world: World) -> Mapping[str, Any]:
    """Another role."""
    return {"role": "editor"}


def switch_data(world: World) -> Mapping[str, Any]:
    """This company."""
    return {"company": world.company.pk}


SIGN_UP = Access(allow=LOGGED_IN - GOVERNMENT, forbid=GOVERNMENT)
SEEN = Access(allow=SEEN_BY, arguments=this_company)
EDITED = Access(allow=frozenset({OWNER, EDITOR}), forbid=OVERSEERS | {READER}, arguments=a_document)
DECIDED = Access(
    allow=frozenset({OWNER}),
    forbid=OVERSEERS | {EDITOR, READER},
    arguments=a_purpose,
    method="post",
)

# What only an owner does; other members and staff know that it exists.
DECIDES: dict[str, Any] = {
    "allow": frozenset({OWNER}),
    "forbid": OVERSEERS | {EDITOR, READER},
}

ACCESS: dict[str, Access] = {
    "profiles:sign_up": SIGN_UP,
    "profiles:sign_up_confirm": Access(
        allow=SIGN_UP.allow, forbid=SIGN_UP.forbid, arguments=a_number
    ),
    "profiles:company": SEEN,
    "profiles:establishments": SEEN,
    "profiles:equipment": SEEN,
    "profiles:current_work": SEEN,
    "profiles:activities": SEEN,
    "profiles:workforce": SEEN,
    "profiles:workforce_year": Access(allow=SEEN_BY, arguments=a_year),
    "profiles:customers": SEEN,
    "profiles:offers": SEEN,
    "profiles:competences": SEEN,
    "profiles:confirm": Access(
        allow=frozenset({OWNER, EDITOR}),
        forbid=OVERSEERS | {READER},
        arguments=a_part,
        method="post",
    ),
    "profiles:documents": SEEN,
    "profiles:document_change": EDITED,
    "profiles:document_download": Access(allow=SEEN_BY, arguments=a_document),
    "profiles:document_remove": replace(EDITED, method="post"),
    "profiles:document_restore": replace(EDITED, method="post"),
    "profiles:consents": SEEN,
    "profiles:consent_give": DECIDED,
    "profiles:consent_withdraw": DECIDED,
    "profiles:workbook": SEEN,
    "profiles:workbook_download": SEEN,
    "profiles:workbook_preview": Access(
        allow=MEMBERS_WHO_EDIT, forbid=OVERSEERS | {READER}, arguments=an_upload
    ),
    "profiles:members": SEEN,
    "profiles:history": Access(
        allow=OVERSEERS | {OWNER}, forbid=frozenset({EDITOR, READER}), arguments=this_company
    ),
    "profiles:switch": Access(allow=SEEN_BY, method="post", data=switch_data),
    "profiles:verify": Access(
        allow=OVERSEERS, forbid=MEMBERS, arguments=this_company, method="post"
    ),
    "profiles:decline": Access(
        allow=OVERSEERS, forbid=MEMBERS, arguments=this_company, method="post", data=decline_data
    ),
    "profiles:member_role": Access(
        allow=frozenset({OWNER}),
        forbid=OVERSEERS | {EDITOR, READER},
        arguments=a_membership,
        method="post",
        data=role_data,
    ),
    "profiles:member_remove": Access(
        allow=frozenset({OWNER}),
        forbid=OVERSEERS | {EDITOR, READER},
        arguments=a_membership,
        method="post",
    ),
    "profiles:queue": Access(allow=OVERSEERS | ALL_ADVISERS),
    "profiles:join": Access(allow=SIGN_UP.allow, forbid=SIGN_UP.forbid, arguments=this_number),
    "profiles:join_withdraw": Access(
        allow=frozenset({NEWCOMER}), arguments=own_join_request, method="post"
    ),
    "profiles:join_accept": Access(
        **DECIDES, arguments=a_join_request, method="post", data=role_data
    ),
    "profiles:join_refuse": Access(**DECIDES, arguments=a_join_request, method="post"),
    "profiles:invitation": Access(allow=frozenset(), arguments=a_token, public=True),
    "profiles:invitation_own": Access(allow=frozenset({NEWCOMER}), arguments=own_invitation),
    "profiles:invitation_resend": Access(**DECIDES, arguments=an_invitation, method="post"),
    "profiles:invitation_withdraw": Access(**DECIDES, arguments=an_invitation, method="post"),
    "profiles:text": Access(allow=EVERYONE, arguments=the_terms),
    "profiles:text_version": Access(allow=EVERYONE, arguments=a_version),
    "profiles:accept_texts": Access(allow=LOGGED_IN),
    "profiles:leave": Access(
        allow=MEMBERS, forbid=OVERSEERS, arguments=this_company, method="post"
    ),
    "profiles:apply_again": Access(
        **DECIDES, arguments=this_company, method="post", data=note_data
    ),
    "profiles:member_appoint": Access(
        allow=OVERSEERS, forbid=MEMBERS, arguments=a_membership, method="post"
    ),
}
