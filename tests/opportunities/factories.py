"""Companies with a story for this room."""

from __future__ import annotations

from companies.profiles.models import Company, Competence
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
    )
    ActivityFactory(
        company=company,
        cell=Cell.HANDLING_VERPAKKING.value,
        turnover_share=40,
        custom_work=False,
        just_in_time=True,
        automatable=None,
        manual_share=50,
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
    return company
