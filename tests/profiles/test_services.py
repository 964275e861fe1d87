"""Writes: what they keep and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError

from companies.profiles import selectors, services
from companies.profiles.enums import DeclineReason, MemberRole, VerificationStatus
from companies.profiles.models import Activity, Company, Competence, Membership
from companies.profiles.services import (
    ActivityInput,
    CellCount,
    CustomerInput,
    OfferInput,
    SignUpError,
    WorkforceInput,
)
from companies.register.domain.numbers import NumberError
from companies.register.models import Classification, EnterpriseActivity
from portal.common.vocabulary import Cell, GuidanceLevel, NaceVersion, Opportunity, TargetGroup
from tests.factories import (
    CompanyFactory,
    EnterpriseFactory,
    EstablishmentFactory,
    MembershipFactory,
    UserFactory,
    checked,
)
from tests.profiles.rules import keeps_all_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    """A verified company."""
    company: Company = CompanyFactory()
    return company


def profile(company: Company) -> selectors.CompanyProfile:
    """Everything it tells now."""
    return selectors.company_profile(company)


def test_activities_keep_their_rows(company: Company) -> None:
    services.set_activities(
        company_id=company.pk,
        activities=[
            ActivityInput(cell=Cell.MAAK_HOUT, turnover_share=70),
            ActivityInput(description="Groenwerk", turnover_share=30, nace_code="8130"),
        ],
    )
    wood = Activity.objects.get(company=company, cell=Cell.MAAK_HOUT)
    services.set_activities(
        company_id=company.pk,
        activities=[
            ActivityInput(cell=Cell.MAAK_METAAL, turnover_share=60),
            ActivityInput(cell=Cell.MAAK_HOUT, turnover_share=40, custom_work=True),
        ],
    )
    keeps_all_rules()
    now = profile(company).activities
    assert [(row.cell, row.turnover_share) for row in now] == [
        (Cell.MAAK_METAAL, 60),
        (Cell.MAAK_HOUT, 40),
    ]
    wood.refresh_from_db()
    assert wood.custom_work is True


def test_two_descriptions_alike_are_two_activities(company: Company) -> None:
    twice = [ActivityInput(description="Groenwerk", turnover_share=share) for share in (20, 30)]
    for _ in range(2):
        services.set_activities(company_id=company.pk, activities=twice)
    assert [row.turnover_share for row in profile(company).activities] == [30, 20]


def test_workforce_holds_all_nine_cells(company: Company) -> None:
    figures = WorkforceInput(
        cells={
            (TargetGroup.ARBEIDSHANDICAP, GuidanceLevel.HOOG): CellCount(30, Decimal("24.50")),
        },
        guides_fte=Decimal(3),
        guides_qualified_fte=Decimal(3),
    )
    services.set_workforce_year(company_id=company.pk, year=2024, workforce=WorkforceInput())
    services.set_workforce_year(company_id=company.pk, year=2025, workforce=figures)
    latest = selectors.latest_workforce(company)
    assert latest is not None
    assert latest.year == 2025
    cells = selectors.fte_by_cell(latest)
    assert len(cells) == 9
    assert sum(cells.values()) == Decimal("24.50")
    check = selectors.workforce_check(latest)
    assert check is not None
    assert check.norm.minimum_share == 55
    assert check.guides_required == pytest.approx(3.5)
    assert not check.guides.is_enough


def test_the_norm_follows_the_year(company: Company) -> None:
    old = selectors.norm_for(2022)
    assert old is not None
    assert old.minimum_share == 65
    assert selectors.norm_for(2018) is None
    year = services.set_workforce_year(company_id=company.pk, year=2018, workforce=WorkforceInput())
    assert selectors.workforce_check(year) is None


def test_too_many_fte_are_refused_as_a_whole(company: Company) -> None:
    wrong = {(TargetGroup.ARBEIDSHANDICAP, GuidanceLevel.HOOG): CellCount(1, Decimal(2))}
    with pytest.raises(IntegrityError):
        services.set_workforce_year(
            company_id=company.pk, year=2025, workforce=WorkforceInput(cells=wrong)
        )


def test_customers_and_what_follows(company: Company) -> None:
    rows = [
        CustomerInput(name="A", nace_division="10", turnover_share=45),
        CustomerInput(name="B", nace_division="25", turnover_share=10),
    ]
    services.set_customers(company_id=company.pk, customers=rows)
    figures = profile(company).concentration
    assert figures is not None
    assert (figures.largest, figures.others, figures.is_dependent) == (45, 45, True)
    services.set_customers(company_id=company.pk, customers=rows[1:])
    assert [row.name for row in profile(company).customers] == ["B"]


def test_offers_take_the_unit_of_their_opportunity(company: Company) -> None:
    services.set_offers(
        company_id=company.pk,
        offers=[
            OfferInput(opportunity=Opportunity.ENCLAVE, amount=6, radius_km=25),
            OfferInput(opportunity=Opportunity.RESHORING, volume_band="10-49"),
            OfferInput(opportunity=Opportunity.FVDT, radius_km=150),
            OfferInput(opportunity=Opportunity.SAMENWERKING),
        ],
    )
    offers = profile(company).offers
    assert {key.value: row.unit for key, row in offers.items()} == {
        "enclave": "places",
        "reshoring": "volume",
        "fvdt": "",
    }


def test_unknown_competences_are_refused(company: Company) -> None:
    services.set_competences(company_id=company.pk, slugs=["haccp", "lassen"])
    with pytest.raises(Competence.DoesNotExist):
        services.set_competences(company_id=company.pk, slugs=["toveren"])
    assert profile(company).competence_slugs == {"haccp", "lassen"}


def test_reference_data_can_be_loaded_again() -> None:
    Competence.objects.filter(slug="haccp").update(name_nl="Anders")
    services.load_reference()
    services.load_reference()
    assert Competence.objects.get(slug="haccp").name_nl == "Anders"
    assert selectors.norm_for(2025) is not None


# Sign-up


def register_entry(**fields: Any) -> Any:
    """A maatwerk company in the register with one establishment."""
    enterprise = EnterpriseFactory(**{"name": "Ménage vzw", "legal_form": "017"} | fields)
    EstablishmentFactory(enterprise=enterprise, name="Atelier", postcode="2000")
    EnterpriseActivity.objects.create(
        enterprise=enterprise,
        version=NaceVersion.NACE_2008.value,
        code="88995",
        classification=Classification.MAIN,
    )
    return enterprise


def test_sign_up_takes_everything_from_the_register() -> None:
    enterprise, user = register_entry(), UserFactory()
    number = enterprise.number
    company = services.sign_up_company(
        user=user, enterprise_number=f"BE {number[:4]}.{number[4:7]}.{number[7:]}"
    )
    keeps_all_rules()
    assert company.name == "Ménage vzw"
    assert company.name_key == "menage vzw"
    assert company.in_register
    assert company.legal_form == "017"
    assert company.province == "antwerpen"
    assert company.status == VerificationStatus.PENDING
    assert company.terms_version
    assert list(company.memberships.values_list("user", "role")) == [(user.pk, "owner")]
    place = company.establishments.get()
    assert place.name == "Atelier"
    assert place.x_m is not None


def test_a_company_without_establishments_works_at_its_seat() -> None:
    enterprise = EnterpriseFactory(postcode="9000", municipality="Gent", street="Kouter")
    company = services.sign_up_company(user=UserFactory(), enterprise_number=enterprise.number)
    place = company.establishments.get()
    assert (place.postcode, place.street) == ("9000", "Kouter")
    assert place.x_m is not None
    assert company.province == "oost-vlaanderen"


def test_an_unknown_number_takes_what_was_typed() -> None:
    company = services.sign_up_company(
        user=UserFactory(), enterprise_number=checked(17_000_001), name=" Nieuw ", postcode="3500"
    )
    assert (company.name, company.in_register, company.province) == ("Nieuw", False, "limburg")


def test_a_seat_abroad_asks_a_postcode() -> None:
    enterprise = EnterpriseFactory(postcode="75001", country="Frankrijk")
    with pytest.raises(SignUpError) as refused:
        services.sign_up_company(user=UserFactory(), enterprise_number=enterprise.number)
    assert refused.value.code == "postcode_unknown"
    company = services.sign_up_company(
        user=UserFactory(), enterprise_number=enterprise.number, postcode="8500"
    )
    assert company.postcode == "8500"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: CompanyFactory().enterprise_number, "already_signed_up"),
        (lambda: EnterpriseFactory(is_active=False).number, "struck_off"),
        (lambda: checked(17_000_001), "name_needed"),
    ],
)
def test_refusals(make: Callable[[], str], code: str) -> None:
    with pytest.raises(SignUpError) as refused:
        services.sign_up_company(user=UserFactory(), enterprise_number=make())
    assert refused.value.code == code
    assert not Company.objects.filter(status=VerificationStatus.PENDING).exists()


def test_a_wrong_number_is_no_sign_up() -> None:
    with pytest.raises(NumberError):
        services.sign_up_company(user=UserFactory(), enterprise_number="0200065766")


def test_verify_after_decline_forgets_the_reason(company: Company) -> None:
    adviser = UserFactory()
    services.decline_company(
        company_id=company.pk, by=adviser, reason=DeclineReason.OTHER, note="Vraag."
    )
    company.refresh_from_db()
    assert (company.status, company.decline_note) == (VerificationStatus.DECLINED, "Vraag.")
    assert company.decided_by == adviser
    services.verify_company(company_id=company.pk, by=adviser)
    company.refresh_from_db()
    assert (company.status, company.decline_reason, company.decline_note) == ("verified", "", "")


# Members


def test_the_only_owner_neither_leaves_nor_steps_down(company: Company) -> None:
    owner = company.memberships.get()
    with pytest.raises(services.LastOwnerError):
        services.remove_member(membership=owner)
    with pytest.raises(services.LastOwnerError):
        services.change_role(membership=owner, role=MemberRole.READER)


def test_an_owner_leaves_when_another_stays(company: Company) -> None:
    first = company.memberships.get()
    second = services.add_member(company_id=company.pk, user=UserFactory())
    services.change_role(membership=second, role=MemberRole.OWNER)
    services.remove_member(membership=first)
    keeps_all_rules()
    assert Membership.objects.get(company=company) == second


def test_a_reader_can_always_leave(company: Company) -> None:
    reader = MembershipFactory(company=company, role=MemberRole.READER)
    services.remove_member(membership=reader)
    assert company.memberships.count() == 1
