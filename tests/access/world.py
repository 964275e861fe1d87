"""One small world with every persona, for the URL × role table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from companies.partners.models import Partner
from companies.profiles.enums import MemberRole
from companies.profiles.models import Company
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.common.vocabulary import Province
from tests.access import rows
from tests.factories import (
    ActivityFactory,
    CompanyEstablishmentFactory,
    CompanyFactory,
    MembershipFactory,
    PartnerContactFactory,
    PartnerFactory,
    UserFactory,
    WorkforceCellFactory,
    WorkforceYearFactory,
    staff,
)


@dataclass
class World:
    """This company and another, this partner and another, and everybody around them.

    ``extra`` is where a room keeps what its own rows need (see ``tests/<room>/access.py``,
    function ``furnish(world)``, called once when the room has one).
    """

    company: Company
    other_company: Company
    partner: Partner
    other_partner: Partner
    people: dict[str, User]
    extra: dict[str, Any] = field(default_factory=dict)


def _members(company: Company, names: tuple[str, str, str]) -> dict[str, User]:
    roles = (MemberRole.OWNER, MemberRole.EDITOR, MemberRole.READER)
    return {
        name: MembershipFactory(company=company, role=role).user
        for name, role in zip(names, roles, strict=True)
    }


def _company(**fields: Any) -> Company:
    company = CompanyFactory(**fields)
    CompanyEstablishmentFactory(company=company)
    ActivityFactory(company=company)
    WorkforceCellFactory(workforce_year=WorkforceYearFactory(company=company))
    return company


def build_world() -> World:
    """Make it all; needs a database with reference data."""
    company = _company(name="Deze vzw", province=Province.ANTWERPEN.value)
    other = _company(name="Andere vzw", province=Province.LIMBURG.value)
    # Without consent, so that only contacts and government may see it.
    partner = PartnerFactory(consented_at=None, consented_by=None)
    other_partner = PartnerFactory(consented_at=None, consented_by=None)
    people = {
        rows.NEWCOMER: UserFactory(),
        **_members(company, (rows.OWNER, rows.EDITOR, rows.READER)),
        **_members(other, (rows.OTHER_OWNER, rows.OTHER_EDITOR, rows.OTHER_READER)),
        rows.PARTNER_CONTACT: PartnerContactFactory(partner=partner).user,
        rows.OTHER_PARTNER_CONTACT: PartnerContactFactory(partner=other_partner).user,
        rows.ADVISER: staff(Role.ADVISER, Province.ANTWERPEN),
        rows.OTHER_ADVISER: staff(Role.ADVISER, Province.WEST_VLAANDEREN),
        rows.ANALYST: staff(Role.ANALYST),
        rows.COORDINATOR: staff(Role.COORDINATOR),
        rows.ADMINISTRATOR: staff(Role.ADMINISTRATOR),
    }
    return World(company, other, partner, other_partner, people)
