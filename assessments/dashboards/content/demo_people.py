"""Demo accounts of a local installation: one for each role. None is a real person."""

from __future__ import annotations

from dataclasses import dataclass

from companies.profiles.enums import MemberRole
from portal.accounts.roles import Role
from portal.common.vocabulary import Opportunity, Province

DEMO_PASSWORD = "demo-maatwerk-2026"  # noqa: S105 - printed on purpose, for local demo accounts

INVITED = "uitgenodigd@demo.example"  # no account yet
ASKER = "vraagt@demo.example"  # asks to join the first company


@dataclass(frozen=True)
class DemoStaff:
    """A government account in one role, following the given provinces."""

    email: str
    name: str
    role: Role
    provinces: tuple[Province, ...] = ()


@dataclass(frozen=True)
class DemoMember:
    """An account that acts for demo companies; positions count in the list of companies."""

    email: str
    name: str
    role: MemberRole
    companies: tuple[int, ...]


@dataclass(frozen=True)
class DemoNeed:
    """What a demo partner seeks: a partner whose main code begins with ``nace_prefix``."""

    nace_prefix: str
    province: Province
    opportunity: Opportunity
    amount: int
    radius_km: int | None
    competences: tuple[str, ...] = ()


STAFF: tuple[DemoStaff, ...] = (
    DemoStaff(
        "adviseur@demo.example",
        "Ada Adviseur (demo)",
        Role.ADVISER,
        (Province.OOST_VLAANDEREN, Province.WEST_VLAANDEREN),
    ),
    DemoStaff("analist@demo.example", "Ann Analist (demo)", Role.ANALYST),
    DemoStaff("coordinator@demo.example", "Cor Coördinator (demo)", Role.COORDINATOR),
    DemoStaff("beheerder@demo.example", "Bea Beheerder (demo)", Role.ADMINISTRATOR),
)
MEMBERS: tuple[DemoMember, ...] = (
    DemoMember("eigenaar@demo.example", "Els Eigenaar (demo)", MemberRole.OWNER, (0, 9)),
    DemoMember("medewerker@demo.example", "Mo Medewerker (demo)", MemberRole.EDITOR, (0,)),
    DemoMember("lezer@demo.example", "Lin Lezer (demo)", MemberRole.READER, (0,)),
    DemoMember("nieuw@demo.example", "Noor Nieuw (demo)", MemberRole.OWNER, (24,)),
)
PARTNER_CONTACT = ("partner@demo.example", "Piet Partner (demo)")

NEEDS: tuple[DemoNeed, ...] = (
    DemoNeed("108", Province.OOST_VLAANDEREN, Opportunity.ENCLAVE, 8, None, ("haccp",)),
    DemoNeed("10", Province.WEST_VLAANDEREN, Opportunity.ENCLAVE, 10, 30, ("haccp",)),
    DemoNeed("25", Province.WEST_VLAANDEREN, Opportunity.RESHORING, 40, None, ("iso-9001",)),
    DemoNeed("28", Province.LIMBURG, Opportunity.RESHORING, 50, 50),
    DemoNeed("46", Province.ANTWERPEN, Opportunity.EIGEN_PRODUCTEN, 30, None, ("bio",)),
    DemoNeed("47", Province.VLAAMS_BRABANT, Opportunity.EIGEN_PRODUCTEN, 20, 60),
    DemoNeed("28", Province.OOST_VLAANDEREN, Opportunity.FVDT, 40, None),
    DemoNeed("16", Province.ANTWERPEN, Opportunity.SAMENWERKING, 120, 40),
)
