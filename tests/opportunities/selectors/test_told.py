"""What the profile says beside the rules stands with the opportunity it belongs to."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from assessments.opportunities.selectors import Told, told
from companies.profiles import services
from companies.profiles.enums import CooperationKind, EquipmentKind, Seasonality, SeriesSize
from companies.profiles.models import Company
from companies.profiles.services import ActivityInput
from companies.profiles.services.resources import (
    CooperationInput,
    EnclaveInput,
    EquipmentInput,
    OwnProductInput,
)
from portal.common.vocabulary import Cell, Opportunity
from tests.factories import CompanyFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    """A company that told something for each opportunity."""
    company = CompanyFactory()
    services.set_activities(
        company_id=company.pk,
        activities=[
            ActivityInput(
                cell=Cell.MAAK_METAAL,
                turnover_share=60,
                relocatable=True,
                series_size=SeriesSize.SMALL.value,
            ),
            ActivityInput(
                cell=Cell.HANDLING_VERPAKKING,
                turnover_share=40,
                relocatable=False,
                seasonality=Seasonality.STEADY.value,
            ),
        ],
    )
    services.set_equipment(
        company_id=company.pk,
        equipment=[
            EquipmentInput(kind=EquipmentKind.COBOT, year_bought=2021, quantity=2),
            EquipmentInput(kind=EquipmentKind.OTHER, description="Tillift"),
        ],
    )
    services.set_own_products(
        company_id=company.pk,
        products=[
            OwnProductInput(name="Geschenkdoos", turnover_share=5, since_year=2019),
            OwnProductInput(name="Kaars"),
        ],
    )
    services.set_cooperations(
        company_id=company.pk,
        cooperations=[CooperationInput(kind=CooperationKind.PURCHASE, partner_name="Buur vzw")],
    )
    services.set_enclaves(
        company_id=company.pk,
        enclaves=[
            EnclaveInput(host_name="Pralinehuis", places=12, since_year=2020),
            EnclaveInput(host_name="Kaasmaker", places=1),
        ],
    )
    return company


@pytest.mark.parametrize(
    ("opportunity", "page", "lines"),
    [
        (
            Opportunity.RESHORING,
            "profiles:activities",
            (
                "Turnover that could move to a low-wage country: 60 %",
                "Turnover in single pieces and small series: 60 to 100 %",
                "Turnover with peaks or a strong season: 0 to 60 %",
            ),
        ),
        (Opportunity.FVDT, "profiles:equipment", ("2 × Cobot, since 2021", "Tillift")),
        (
            Opportunity.EIGEN_PRODUCTEN,
            "profiles:current_work",
            ("Geschenkdoos (5 % of turnover), since 2019", "Kaars"),
        ),
        (Opportunity.SAMENWERKING, "profiles:current_work", ("Joint purchase: Buur vzw",)),
        (
            Opportunity.ENCLAVE,
            "profiles:current_work",
            ("Pralinehuis: 12 places, since 2020", "Kaasmaker: 1 place"),
        ),
    ],
)
def test_each_opportunity_has_its_lines(
    company: Company,
    opportunity: Opportunity,
    page: str,
    lines: tuple[str, ...],
    django_assert_num_queries,
) -> None:
    with translation.override("en"), django_assert_num_queries(1):
        found = told(company, opportunity)
    assert found.page == page
    assert len(found.lines) == len(lines)
    for line, wanted in zip(found.lines, lines, strict=True):
        assert wanted in line


@pytest.mark.parametrize("opportunity", Opportunity)
def test_a_silent_profile_has_none(opportunity: Opportunity) -> None:
    assert told(CompanyFactory(), opportunity) == Told((), told(CompanyFactory(), opportunity).page)


def test_the_page_shows_it_and_leads_to_the_profile(client, company: Company) -> None:
    user = MembershipFactory(company=company).user
    user.language = "en"
    user.save(update_fields=["language"])
    client.force_login(user)
    url = reverse("opportunities:detail", args=[company.pk, Opportunity.ENCLAVE.value])
    html = client.get(url).content.decode()
    assert "Pralinehuis: 12 places, since 2020" in html
    assert reverse("profiles:current_work", args=[company.pk]) in html
