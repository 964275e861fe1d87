"""Equipment and current work of the demo companies, from what else they tell."""

from __future__ import annotations

from typing import TypedDict

from assessments.dashboards.content.demo import DemoCompany
from companies.profiles.enums import CooperationKind, EquipmentKind
from companies.profiles.services import (
    CooperationInput,
    EnclaveInput,
    EquipmentInput,
    OwnProductInput,
)
from portal.common.vocabulary import Opportunity, ValueChainStep


class CurrentWork(TypedDict):
    """As ``set_current_work`` takes it."""

    enclaves: list[EnclaveInput]
    products: list[OwnProductInput]
    cooperations: list[CooperationInput]


# From this level of the first transition (production equipment) a company has it.
_FROM_LEVEL: tuple[tuple[int, EquipmentKind, str, int], ...] = (
    (1, EquipmentKind.LIFTING_AID, "Tillift", 2014),
    (2, EquipmentKind.ERP, "", 2018),
    (3, EquipmentKind.DIGITAL_INSTRUCTIONS, "Tablets aan de werkpost", 2021),
    (4, EquipmentKind.COBOT, "Schroefwerk", 2022),
    (4, EquipmentKind.PROJECTED_INSTRUCTIONS, "Montage", 2023),
)


def equipment_of(company: DemoCompany) -> list[EquipmentInput]:
    """The further in the scan, the more; a company without a scan told nothing."""
    if company.levels is None:
        return []
    level = company.levels[0]
    found = [
        EquipmentInput(kind=kind, description=description, year_bought=year)
        for least, kind, description, year in _FROM_LEVEL
        if level >= least
    ]
    steps = {activity.cell.step for activity in company.activities if activity.cell}
    if ValueChainStep.MAAK in steps:
        found.append(EquipmentInput(kind=EquipmentKind.CNC_MACHINE, year_bought=2012, quantity=2))
    if ValueChainStep.HANDLING in steps:
        year = 2018 if level > 1 else 2008
        found.append(EquipmentInput(kind=EquipmentKind.PACKAGING_LINE, year_bought=year))
    return found


def current_work_of(company: DemoCompany) -> CurrentWork:
    """People in enclaves have a host; what is offered is done already on a small scale."""
    found = CurrentWork(enclaves=[], products=[], cooperations=[])
    places = company.workforce.enclave if company.workforce else 0
    if places and company.customers:
        hosts = company.customers[: company.hosts]
        found["enclaves"] = [
            EnclaveInput(
                host_name=name,
                nace_division=division,
                places=places // len(hosts) + (1 if position < places % len(hosts) else 0),
                since_year=2019,
            )
            for position, (name, division, _) in enumerate(hosts)
        ]
    if Opportunity.EIGEN_PRODUCTEN in company.offers:
        found["products"] = [
            OwnProductInput(
                name="Geschenkdoos (demo)", since_year=2021, turnover_share=company.product_share
            )
        ]
    if Opportunity.SAMENWERKING in company.offers:
        found["cooperations"] = [
            CooperationInput(
                kind=CooperationKind.PURCHASE,
                partner_name="Aankoopgroep (demo)",
                since_year=2020,
            )
        ]
    return found
