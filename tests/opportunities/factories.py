"""Companies with a story for this room."""

from __future__ import annotations

from companies.profiles.enums import CooperationKind, EquipmentKind
from companies.profiles.models import (
    Company,
    Competence,
    Cooperation,
    Enclave,
    Equipment,
    OwnProduct,
)
from portal.common.vocabulary import Cell, Opportunity
from tests.factories import (
    ActivityFactory,
    CompanyEstablishmentFactory,
    CompanyFactory,
    CustomerFactory,
    EnterpriseFactory,
    EstablishmentFactory,
    OpportunityOfferFactory,
    WorkforceCellFactory,
    WorkforceYearFactory,
)


def metal_and_packing(**fields) -> Company:
    """Metal work (60) and packing (40), told in full except the self-assessment.

    Guides: 4 + 1 for 25 FTE at middle guidance (norm 2.5), so 2.5 above the norm.
    """
    company = CompanyFactory(**fields)
    CompanyEstablishmentFactory(company=company)
    ActivityFactory(
        company=company,
        cell=Cell.MAAK_METAAL.value,
        turnover_share=60,
        custom_work=True,
        just_in_time=False,
        automatable=False,
        manual_share=80,
        relocatable=False,
        series_size="small",
        seasonality="steady",
    )
    ActivityFactory(
        company=company,
        cell=Cell.HANDLING_VERPAKKING.value,
        turnover_share=40,
        custom_work=False,
        just_in_time=True,
        automatable=None,
        manual_share=50,
        relocatable=True,
        series_size="large",
        seasonality="",
    )
    workforce = WorkforceYearFactory(company=company, supervision_fte=2, enclave_heads=6)
    WorkforceCellFactory(workforce_year=workforce)
    near, far = EnterpriseFactory(), EnterpriseFactory()
    EstablishmentFactory(enterprise=near, x_m=660_000, y_m=712_000)
    EstablishmentFactory(enterprise=far, x_m=752_000, y_m=712_000)
    CustomerFactory(company=company, turnover_share=45, enterprise_number=near.number)
    CustomerFactory(
        company=company, turnover_share=20, nace_division="25", enterprise_number=far.number
    )
    CustomerFactory(company=company, turnover_share=10, nace_division="35")
    OpportunityOfferFactory(company=company)
    OpportunityOfferFactory(
        company=company, opportunity=Opportunity.SAMENWERKING.value, amount=8, unit="hours"
    )
    company.competences.set(Competence.objects.filter(slug__in=["iso-9001", "lassen"]))
    current_work(company)
    return company


def current_work(company: Company) -> None:
    """Equipment (2 of 5 recent, 1 undated), two hosts (8 and 2 places), a product, a partner."""
    Equipment.objects.create(
        company=company, kind=EquipmentKind.CNC_MACHINE, year_bought=2012, quantity=2
    )
    Equipment.objects.create(
        company=company, kind=EquipmentKind.LIGHT_GUIDANCE, year_bought=2016, quantity=2
    )
    Equipment.objects.create(company=company, kind=EquipmentKind.ERP)
    Enclave.objects.create(company=company, host_name="Koekjes Noord", places=5)
    Enclave.objects.create(company=company, host_name="koekjes noord", places=3)
    Enclave.objects.create(company=company, host_name="Pompen Zuid", places=2)
    OwnProduct.objects.create(company=company, name="Bank", turnover_share=6)
    Cooperation.objects.create(
        company=company, kind=CooperationKind.PURCHASE, partner_name="Aankoopgroep"
    )
