"""Demo data: companies, people and partners, written through the services of their rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from assessments.dashboards.content.demo import (
    OFFER_PERIODS,
    DemoActivity,
    DemoCompany,
    DemoWorkforce,
    usual_of,
)
from assessments.dashboards.content.demo_companies import COMPANIES
from assessments.dashboards.content.demo_papers import DEMO_PDF
from assessments.dashboards.content.demo_people import (
    ASKER,
    DEMO_PASSWORD,
    INVITED,
    MEMBERS,
    STAFF,
    DemoStaff,
)
from assessments.dashboards.content.demo_resources import current_work_of, equipment_of
from assessments.dashboards.content.demo_scans import LATER
from assessments.dashboards.demo_introductions import introduce_partners
from assessments.dashboards.demo_partners import load_partners
from assessments.dashboards.demo_review import review_scan
from assessments.dashboards.demo_roadmap import plan_steps
from assessments.dashboards.demo_scans import begin_together, submit_moment
from assessments.dashboards.demo_scenarios import keep_demo_scenarios
from assessments.dashboards.demo_support import open_demo_call
from assessments.readiness.domain.answers import HIGHEST_LEVEL
from companies.profiles import services as profiles
from companies.profiles.domain.files import examine
from companies.profiles.enums import (
    UNIT_OF,
    ConsentPurpose,
    DocumentKind,
    MemberRole,
    OfferUnit,
    VerificationStatus,
    volume_band,
)
from companies.profiles.models import Company
from companies.register.models import Classification, EstablishmentActivity
from portal.accounts import services as accounts
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.common.vocabulary import (
    FLEMISH_PROVINCES,
    GuidanceLevel,
    NaceVersion,
    Opportunity,
    TargetGroup,
)

# (province, NACE division) -> enterprise number -> its name and a place where it works
Directory = dict[tuple[str, str], dict[str, tuple[str, int, int]]]

WORKFORCE_YEAR = 2025
# Positions of the two companies of the demo owner.
WITH_COLLEAGUES, A_MOMENT_LATER = 0, 9
CENT = Decimal("0.01")
# Part-time work is common: a head counts for about four fifths of a full-time job.
FTE_PER_HEAD = Decimal("0.8")


def demo_is_loaded() -> bool:
    """The demo companies are there."""
    return Company.objects.filter(is_demo=True).exists()


@transaction.atomic
def load_demo_people_and_companies(*, numbers: Mapping[str, str]) -> int:
    """Create demo accounts, companies, scans and partner needs; answers how many companies.

    ``numbers``: enterprise number by the name of the demo company, as in the register
    extract that was imported before. All or nothing; does nothing when demo data are there.
    """
    if demo_is_loaded():
        return 0
    staff = {person.role: _staff(person) for person in STAFF}
    people = {
        member.email: accounts.create_person(
            email=member.email, full_name=member.name, password=DEMO_PASSWORD, is_demo=True
        )
        for member in MEMBERS
    }
    open_demo_call()
    directory = _directory()
    for position, wanted in enumerate(COMPANIES):
        owner = _owner_of(position, people)
        company = profiles.sign_up_company(
            user=owner,
            enterprise_number=numbers[wanted.name],
            name=wanted.name,
            postcode=wanted.postcode,
            is_demo=True,
        )
        _fill(company, wanted, owner)
        keep_demo_scenarios(company, position=position, owner=owner)
        _customers(company, wanted, directory)
        if wanted.status == VerificationStatus.VERIFIED:
            profiles.verify_company(company_id=company.pk, by=staff[Role.COORDINATOR])
        _add_other_members(company, position, people)
        if position == WITH_COLLEAGUES:
            _around_scan(company, wanted, owner, people, adviser=staff[Role.ADVISER])
        if position == A_MOMENT_LATER:
            _a_moment_later(company, wanted, owner)
    _accept_privacy(people)
    _waiting(people)
    load_partners(adviser=staff[Role.ADVISER], now=timezone.now())
    introduce_partners(
        Company.objects.get(name=COMPANIES[WITH_COLLEAGUES].name, is_demo=True),
        owner=_owner_of(WITH_COLLEAGUES, people),
        adviser=staff[Role.ADVISER],
        now=timezone.now(),
    )
    return len(COMPANIES)


def _around_scan(
    company: Company,
    wanted: DemoCompany,
    owner: User,
    people: Mapping[str, User],
    *,
    adviser: User,
) -> None:
    """All that people do around a scan: a plan, a review, the next moment together."""
    now = timezone.now()
    plan_steps(company, by=owner, now=now)
    review_scan(company, adviser=adviser, owner=owner, now=now)
    if wanted.levels is not None:
        begin_together(company, wanted.levels, people=people, by=owner, now=now)


def _a_moment_later(company: Company, wanted: DemoCompany, owner: User) -> None:
    """A second submitted moment, to compare with the first."""
    if wanted.levels is not None:
        further = tuple(
            min(HIGHEST_LEVEL, level + more)
            for level, more in zip(wanted.levels, LATER, strict=True)
        )
        submit_moment(company, further, by=owner)


def _waiting(people: Mapping[str, User]) -> None:
    """One open invitation and one open request to join, both for the first company."""
    company = Company.objects.get(name=COMPANIES[0].name, is_demo=True)
    profiles.invite(
        company_id=company.pk,
        email=INVITED,
        role=MemberRole.READER,
        by=_owner_of(0, people),
    )
    asker = accounts.create_person(
        email=ASKER, full_name="Vic Vraagt (demo)", password=DEMO_PASSWORD, is_demo=True
    )
    profiles.request_to_join(
        company_id=company.pk,
        user=asker,
        role=MemberRole.EDITOR,
        message="Ik volg de kwaliteit op en vul graag de activiteiten aan.",
    )


def _staff(person: DemoStaff) -> User:
    user = accounts.create_staff_user(
        email=person.email,
        roles=[person.role],
        full_name=person.name,
        password=DEMO_PASSWORD,
        is_demo=True,
    )
    accounts.set_adviser_provinces(user=user, provinces=person.provinces)
    return user


def _owner_of(position: int, people: Mapping[str, User]) -> User:
    """The demo account that owns this company, else somebody who never logs in."""
    for member in MEMBERS:
        if member.role is MemberRole.OWNER and position in member.companies:
            return people[member.email]
    return accounts.create_person(
        email=f"eigenaar{position}@demo.example",
        full_name=f"Eigenaar {position} (demo)",
        is_demo=True,
    )


def _accept_privacy(people: Mapping[str, User]) -> None:
    """Members who did not sign a company up accepted the privacy statement too."""
    for person in people.values():
        profiles.accept_privacy(user=person)


def _add_other_members(company: Company, position: int, people: Mapping[str, User]) -> None:
    for member in MEMBERS:
        if member.role is not MemberRole.OWNER and position in member.companies:
            profiles.add_member(company_id=company.pk, user=people[member.email], role=member.role)


def _fill(company: Company, wanted: DemoCompany, owner: User) -> None:
    """Everything that the company tells about itself."""
    profiles.set_activities(
        company_id=company.pk,
        activities=[_activity(activity) for activity in wanted.activities],
    )
    if wanted.workforce is not None:
        profiles.set_workforce_year(
            company_id=company.pk, year=WORKFORCE_YEAR, workforce=_workforce(wanted.workforce)
        )
    profiles.set_offers(
        company_id=company.pk,
        offers=[
            _offer(opportunity, radius, amount, OFFER_PERIODS.get((wanted.name, opportunity)))
            for opportunity, (radius, amount) in wanted.offers.items()
        ],
    )
    profiles.set_competences(company_id=company.pk, slugs=wanted.competences)
    profiles.set_equipment(company_id=company.pk, equipment=equipment_of(wanted))
    profiles.set_current_work(company_id=company.pk, **current_work_of(wanted))
    _papers(company, owner)
    if wanted.levels is not None:
        submit_moment(company, wanted.levels, by=owner)


def _activity(wanted: DemoActivity) -> profiles.ActivityInput:
    usual = usual_of(wanted)
    return profiles.ActivityInput(
        cell=wanted.cell,
        description=wanted.description,
        turnover_share=wanted.share,
        fte_band=wanted.fte_band,
        nace_code=wanted.nace_code,
        custom_work=wanted.custom_work,
        just_in_time=wanted.just_in_time,
        manual_share=wanted.manual_share,
        automatable=wanted.automatable,
        **({} if usual is None else asdict(usual)),
    )


def _offer(
    opportunity: Opportunity, radius: int | None, amount: int, period: tuple[date, date] | None
) -> profiles.OfferInput:
    """A volume is told as a band, places and hours as a number."""
    in_band = UNIT_OF[opportunity] is OfferUnit.VOLUME
    starts_on, ends_on = period or (None, None)
    return profiles.OfferInput(
        opportunity=opportunity,
        radius_km=radius,
        amount=None if in_band else amount,
        volume_band=volume_band(amount).value if in_band else "",
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _papers(company: Company, owner: User) -> None:
    """One document, the same bytes each time, and one consent."""
    profiles.add_document(
        company_id=company.pk,
        by=owner,
        details=profiles.DocumentInput(
            kind=DocumentKind.ANNUAL_REPORT.value, title="Jaarverslag (demo)", year=WORKFORCE_YEAR
        ),
        file=examine("jaarverslag-demo.pdf", DEMO_PDF),
    )
    profiles.give_consent(company_id=company.pk, purpose=ConsentPurpose.BENCHMARK, by=owner)


def _directory() -> Directory:
    """Enterprises of the register by province and main NACE division; one query."""
    found: Directory = {}
    rows = (
        EstablishmentActivity.objects.filter(
            version=NaceVersion.NACE_2025.value,
            classification=Classification.MAIN,
            establishment__is_active=True,
            establishment__x_m__isnull=False,
            establishment__enterprise__is_natural_person=False,
        )
        .order_by("establishment", "pk")
        .values_list(
            "establishment__province",
            "code",
            "establishment__enterprise",
            "establishment__enterprise__name",
            "establishment__x_m",
            "establishment__y_m",
        )
    )
    for province, code, number, name, x_m, y_m in rows:
        found.setdefault((province, code[:2]), {})[number] = (name, x_m or 0, y_m or 0)
    return found


def _customers(company: Company, wanted: DemoCompany, directory: Directory) -> None:
    """Customers of the wanted sectors: from the register where it has one, else by name only.

    Most are the nearest ones of the own province; companies that are
    ``far_from_customers`` sell elsewhere.
    """
    seat = company.establishments.order_by("pk")[0]
    x_m, y_m = seat.x_m or 0, seat.y_m or 0
    elsewhere = [p.value for p in FLEMISH_PROVINCES if p.value != company.province]
    province = (
        elsewhere[int(company.enterprise_number) % len(elsewhere)]
        if wanted.far_from_customers
        else company.province
    )
    taken: set[str] = set()
    customers = []
    for name, division, share in wanted.customers:
        listed = {
            number: (found, (x - x_m) ** 2 + (y - y_m) ** 2)
            for number, (found, x, y) in directory.get((province, division), {}).items()
            if number not in taken
        }
        number = min(listed, key=lambda one: (listed[one][1], one), default="")
        taken.add(number)
        customers.append(
            profiles.CustomerInput(
                name=listed[number][0] if number else name,
                enterprise_number=number,
                nace_division=division,
                turnover_share=share,
            )
        )
    profiles.set_customers(company_id=company.pk, customers=customers)


def _workforce(wanted: DemoWorkforce) -> profiles.WorkforceInput:
    """Spread the FTE of each guidance level over the three categories by the given split."""
    levels = {
        GuidanceLevel.HOOG: wanted.high,
        GuidanceLevel.MIDDEN: wanted.middle,
        GuidanceLevel.LAAG: wanted.low,
    }
    cells = {}
    for level, total in levels.items():
        for group, share in zip(TargetGroup, wanted.split, strict=True):
            fte = (Decimal(total) * share / 100).quantize(CENT)
            heads = int(fte / FTE_PER_HEAD) + 1 if fte else 0
            cells[group, level] = profiles.CellCount(heads=heads, fte=fte)
    return profiles.WorkforceInput(
        cells=cells,
        guides_fte=Decimal(str(wanted.guides)) + Decimal(str(wanted.in_training)),
        guides_qualified_fte=Decimal(str(wanted.guides)),
        supervision_fte=Decimal(str(wanted.supervision)),
        doorstroom_heads=wanted.doorstroom,
        enclave_heads=wanted.enclave,
        on_location_heads=wanted.on_location,
    )
