"""Calculations that two demo companies keep: made-up figures of an ordinary size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from assessments.opportunities.domain.calculators.catalogue import Calculator
from assessments.opportunities.domain.calculators.investment import InvestmentInputs
from assessments.opportunities.domain.calculators.reshoring_inputs import ReshoringInputs


@dataclass(frozen=True)
class DemoScenario:
    """One kept calculation; ``counts`` when it is the chosen one."""

    calculator: Calculator
    name: str
    inputs: Any
    counts: bool = False


_HOLDERS = ReshoringInputs(
    volume=Decimal(24_000),
    foreign_price=Decimal("4.10"),
    exchange_rate=Decimal("0.92"),
    packaging_cost=Decimal("0.08"),
    air_share_percent=Decimal(5),
    sea_freight=Decimal("0.34"),
    air_freight=Decimal("2.60"),
    insurance_percent=Decimal("0.5"),
    border_freight_percent=Decimal(100),
    duty_percent=Decimal("2.7"),
    stock_rate_percent=Decimal(15),
    prepaid_percent=Decimal(100),
    transit_days=Decimal(38),
    lot_size=Decimal(6_000),
    defect_percent=Decimal(3),
    rework_cost=Decimal("1.20"),
    inspection_per_lot=Decimal(450),
    management_hours=Decimal(60),
    management_rate=Decimal(55),
    wage_share_percent=Decimal(30),
    wage_growth_percent=Decimal(6),
    currency_growth_percent=Decimal(1),
    local_wage_growth_percent=Decimal(3),
    local_minutes=Decimal(6),
    local_wage=Decimal("24.50"),
    wage_premium=Decimal("9.80"),
    guidance_premium=Decimal("2.10"),
    guidance_cost=Decimal("0.35"),
    machine_cost=Decimal("0.40"),
    material_cost=Decimal("1.55"),
    local_freight_cost=Decimal("0.12"),
    score_custom_work=Decimal(4),
    score_delivery_time=Decimal(5),
    score_image=Decimal(4),
)
_COBOT = InvestmentInputs(
    capital=Decimal(48_000),
    introduction_cost=Decimal(9_000),
    running_cost=Decimal(2_600),
    support_percent=Decimal(20),
    volume=Decimal(60_000),
    output_gain_percent=Decimal(12),
    unit_margin=Decimal("1.10"),
    errors_before_percent=Decimal("3.5"),
    errors_after_percent=Decimal("1.5"),
    error_cost=Decimal(4),
    years=Decimal(7),
    discount_percent=Decimal(5),
)

# By the position of the company in ``demo_companies``.
SCENARIOS: dict[int, tuple[DemoScenario, ...]] = {
    0: (
        DemoScenario(
            Calculator.RESHORING, "Houders uit Azië, prijs van vandaag", _HOLDERS, counts=True
        ),
        DemoScenario(
            Calculator.RESHORING,
            "Houders uit Azië, duurdere vracht",
            replace(_HOLDERS, sea_freight=Decimal("0.62"), transit_days=Decimal(55)),
        ),
    ),
    9: (DemoScenario(Calculator.INVESTMENT, "Cobot aan de schroefpost", _COBOT, counts=True),),
}
