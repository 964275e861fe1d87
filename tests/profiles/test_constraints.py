"""Each named rule of the room's tables, broken once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from companies.profiles.enums import DeclineReason, MemberRole, VerificationStatus
from companies.profiles.models import (
    Activity,
    Company,
    CompanyAdviser,
    CompanyEstablishment,
    Customer,
    Membership,
    OpportunityOffer,
    PartConfirmation,
    PartDraft,
    WorkforceCell,
    WorkforceNorm,
    WorkforceYear,
)
from tests.factories import CompanyFactory, UserFactory, WorkforceYearFactory
from tests.profiles.rules import breaks, keeps_all_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    """A verified company."""
    company: Company = CompanyFactory()
    return company


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("company_number_form", {"enterprise_number": "2200065765"}),
        ("company_number_form", {"enterprise_number": "0200.06576"}),
        ("company_decided_whole", {"decided_by": None}),
        ("company_decision_recorded", {"decided_by": None, "decided_at": None}),
        ("company_decision_recorded", {"status": VerificationStatus.PENDING}),
        ("company_decline_has_reason", {"status": VerificationStatus.DECLINED}),
    ],
)
def test_company(company: Company, name: str, change: dict[str, Any]) -> None:
    if name == "company_decision_recorded" and "status" in change:
        change |= {"decided_by": UserFactory().pk, "decided_at": None}
        name = "company_decided_whole"
    with breaks(name):
        Company.objects.filter(pk=company.pk).update(**change)


def test_a_declined_company_with_a_reason_is_fine(company: Company) -> None:
    Company.objects.filter(pk=company.pk).update(
        status=VerificationStatus.DECLINED, decline_reason=DeclineReason.DUPLICATE
    )


def test_one_sign_up_per_number(company: Company) -> None:
    with breaks("profiles_company_enterprise_number_key"):
        CompanyFactory(enterprise_number=company.enterprise_number)


ROWS: list[tuple[str, Callable[[Company], Any]]] = [
    ("activity_cell_known", lambda c: Activity(company=c, cell="maak-raketten")),
    ("activity_other_described", lambda c: Activity(company=c, cell=None)),
    (
        "activity_share_range",
        lambda c: Activity(company=c, cell="maak-hout", turnover_share=101),
    ),
    (
        "activity_manual_share_range",
        lambda c: Activity(company=c, cell="maak-hout", manual_share=101),
    ),
    ("activity_nace_form", lambda c: Activity(company=c, cell="maak-hout", nace_code="16.2")),
    ("activity_fte_band_known", lambda c: Activity(company=c, cell="maak-hout", fte_band="veel")),
    (
        "activity_nace_version_known",
        lambda c: Activity(company=c, cell="maak-hout", nace_version="1999"),
    ),
    (
        "activity_series_size_known",
        lambda c: Activity(company=c, cell="maak-hout", series_size="reus"),
    ),
    (
        "activity_seasonality_known",
        lambda c: Activity(company=c, cell="maak-hout", seasonality="zomer"),
    ),
    ("customer_number_form", lambda c: customer(c, enterprise_number="2200065765")),
    ("customer_share_range", lambda c: customer(c, turnover_share=101)),
    ("customer_sector_form", lambda c: customer(c, nace_division="x1")),
    ("offer_opportunity_known", lambda c: OpportunityOffer(company=c, opportunity="goud")),
    (
        "offer_radius_range",
        lambda c: OpportunityOffer(company=c, opportunity="enclave", radius_km=501),
    ),
    (
        "offer_amount_has_unit",
        lambda c: OpportunityOffer(company=c, opportunity="enclave", amount=5),
    ),
    ("offer_amount_range", lambda c: offer(c, amount=0)),
    ("offer_amount_range", lambda c: offer(c, amount=1_000_001)),
    ("offer_unit_known", lambda c: offer(c, unit="kilo")),
    ("offer_volume_band_known", lambda c: offer(c, amount=None, unit="volume", volume_band="x")),
    ("offer_volume_in_band", lambda c: offer(c, unit="volume")),
    ("offer_volume_in_band", lambda c: offer(c, volume_band="lt10")),
    ("offer_start_range", lambda c: offer(c, starts_on=date(1999, 12, 31))),
    ("offer_end_range", lambda c: offer(c, ends_on=date(2101, 1, 1))),
    (
        "offer_period_order",
        lambda c: offer(c, starts_on=date(2026, 5, 2), ends_on=date(2026, 5, 1)),
    ),
    ("workforce_year_range", lambda c: WorkforceYear(company=c, year=1999)),
    (
        "workforce_guides_qualified_positive",
        lambda c: WorkforceYear(company=c, year=2024, guides_qualified_fte=-1),
    ),
    (
        "workforce_qualified_at_most_guides",
        lambda c: WorkforceYear(
            company=c, year=2024, guides_fte="3.5", guides_qualified_fte="3.51"
        ),
    ),
    (
        "workforce_supervision_positive",
        lambda c: WorkforceYear(company=c, year=2024, supervision_fte=-1),
    ),
    ("workforce_year_not_future", lambda c: WorkforceYear(company=c, year=2099)),
    *(
        (f"workforce_{name}_range", lambda c, name=name: year_with(c, **{name: 100_001}))
        for name in ("doorstroom_heads", "enclave_heads", "on_location_heads")
    ),
    (
        "company_establishment_point_whole",
        lambda c: CompanyEstablishment(company=c, postcode="2000", x_m=652_000),
    ),
    (
        "membership_role_known",
        lambda c: Membership(company=c, user=UserFactory(), role="baas"),
    ),
    ("part_confirmed_known", lambda c: confirmation(c, part="dromen")),
    ("norm_guides_positive", lambda _: norm(fte_per_guide_low=0)),
    ("norm_minimum_fte_positive", lambda _: norm(minimum_fte=-1)),
    ("norm_share_range", lambda _: norm(minimum_share=101)),
]


def year_with(company: Company, **fields: Any) -> WorkforceYear:
    """A year with one figure wrong."""
    return WorkforceYear(company=company, year=2024, **fields)


def customer(company: Company, **fields: Any) -> Customer:
    """A customer with one field wrong."""
    values = {"name": "K", "nace_division": "10", "turnover_share": 10} | fields
    return Customer(company=company, **values)


def offer(company: Company, **fields: Any) -> OpportunityOffer:
    """Six places in an enclave with one field wrong."""
    values = {"opportunity": "enclave", "amount": 6, "unit": "places"} | fields
    return OpportunityOffer(company=company, **values)


def confirmation(company: Company, **fields: Any) -> PartConfirmation:
    """The offers are confirmed, with one field wrong."""
    values = {"part": "offers", "confirmed_at": timezone.now(), "confirmed_by": company.created_by}
    return PartConfirmation(company=company, **values | fields)


def draft(company: Company) -> PartDraft:
    """Something typed in the page of the offers."""
    return PartDraft(
        company=company,
        key="offers",
        fields={"amount_enclave": ["veel"]},
        saved_at=timezone.now(),
        saved_by=company.created_by,
    )


def norm(**fields: Any) -> WorkforceNorm:
    """A norm with one field wrong."""
    values: dict[str, Any] = {
        "valid_from": date(2030, 1, 1),
        "fte_per_guide_high": 7,
        "fte_per_guide_middle": 10,
        "fte_per_guide_low": 13,
        "minimum_fte": 20,
        "minimum_share": 55,
    }
    return WorkforceNorm(**values | fields)


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[name for name, _ in ROWS])
def test_row(company: Company, name: str, row: Callable[[Company], Any]) -> None:
    with breaks(name):
        row(company).save()


TWICE: list[tuple[str, Callable[[Company], Any]]] = [
    ("activity_cell_once", lambda c: Activity(company=c, cell="maak-hout")),
    ("customer_once", lambda c: customer(c, enterprise_number="0200065765")),
    ("offer_once", lambda c: OpportunityOffer(company=c, opportunity="enclave", radius_km=5)),
    ("workforce_year_once", lambda c: WorkforceYear(company=c, year=2024)),
    (
        "company_establishment_once",
        lambda c: CompanyEstablishment(company=c, postcode="2000", number="2000000339"),
    ),
    ("part_confirmed_once", confirmation),
    ("part_draft_once", draft),
    ("company_adviser_once", lambda c: CompanyAdviser(company=c, user=c.created_by)),
]


@pytest.mark.parametrize(("name", "row"), TWICE, ids=[name for name, _ in TWICE])
def test_twice(company: Company, name: str, row: Callable[[Company], Any]) -> None:
    row(company).save()
    with breaks(name):
        row(company).save()


def test_other_work_may_stand_twice_and_numbers_may_be_unknown(company: Company) -> None:
    for _ in range(2):
        Activity.objects.create(company=company, description="Groenwerk")
        customer(company).save()
    keeps_all_rules()


def test_one_membership_per_person(company: Company) -> None:
    with breaks("membership_once"):
        Membership.objects.create(company=company, user=company.created_by, role=MemberRole.READER)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("workforce_cell_group_known", {"target_group": "iedereen"}),
        ("workforce_cell_level_known", {"guidance_level": "geen"}),
        ("workforce_cell_fte_at_most_heads", {"heads": 3, "fte": "3.01"}),
        ("workforce_cell_fte_at_most_heads", {"heads": 3, "fte": "-0.01"}),
        ("workforce_cell_heads_range", {"heads": 100_001}),
    ],
)
def test_workforce_cell(name: str, fields: dict[str, Any]) -> None:
    year = WorkforceYearFactory()
    values = {"target_group": "arbeidshandicap", "guidance_level": "laag"} | fields
    with breaks(name):
        WorkforceCell.objects.create(workforce_year=year, **values)


def test_workforce_cell_once() -> None:
    year = WorkforceYearFactory()
    values = {"target_group": "arbeidshandicap", "guidance_level": "laag"}
    WorkforceCell.objects.create(workforce_year=year, **values)
    with breaks("workforce_cell_once"):
        WorkforceCell.objects.create(workforce_year=year, **values)


def test_a_company_without_an_owner_cannot_be_made() -> None:
    person = UserFactory()
    with breaks("company_has_owner"):
        Company.objects.create(
            enterprise_number="0200065765",
            name="Zonder eigenaar",
            postcode="2000",
            province="antwerpen",
            status=VerificationStatus.VERIFIED,
            decided_at=timezone.now(),
            decided_by=person,
            created_by=person,
            terms_version="2026-11",
        )


def test_the_last_owner_stays(company: Company) -> None:
    owner = company.memberships.get()
    with breaks("company_has_owner"):
        owner.delete()
    with breaks("company_has_owner"):
        Membership.objects.filter(company=company).update(role=MemberRole.READER)
    with breaks("company_has_owner"):
        Membership.objects.filter(company=company).update(company=CompanyFactory())


def test_owners_can_change_places_in_one_transaction(company: Company) -> None:
    company.memberships.all().delete()
    Membership.objects.create(company=company, user=UserFactory(), role=MemberRole.OWNER)
    keeps_all_rules()


def test_a_company_goes_with_its_members(company: Company) -> None:
    company.delete()
    keeps_all_rules()


@pytest.mark.parametrize("rows", [[60, 41], [100, 1]])
def test_shares_add_up_to_at_most_100(company: Company, rows: list[int]) -> None:
    with breaks("activity_shares_at_most_100"):
        for cell, share in zip(["maak-hout", "maak-metaal"], rows, strict=True):
            Activity.objects.create(company=company, cell=cell, turnover_share=share)
    with breaks("customer_shares_at_most_100"):
        for share in rows:
            customer(company, turnover_share=share).save()


def test_shares_may_pass_100_on_the_way(company: Company) -> None:
    first = Activity.objects.create(company=company, cell="maak-hout", turnover_share=100)
    Activity.objects.create(company=company, cell="maak-metaal", turnover_share=50)
    first.turnover_share = 50
    first.save()
    keeps_all_rules()
