"""What the reshoring calculator asks, with units and plausible bounds.

Factors and usual values: the table of cost factors in the domain facts, section 3.3. A
field with ``usual`` has a range there; ``start`` is a value to begin with. Amounts are
without VAT, which is no cost for a firm.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from assessments.opportunities.domain.calculators.figures import Unit, number, percent

BASE: Final = "base"
LANDED: Final = "landed"
STOCK: Final = "stock"
QUALITY: Final = "quality"
OVERHEAD: Final = "overhead"
RISK: Final = "risk"
CLIMATE: Final = "climate"
FORECAST: Final = "forecast"
LOCAL: Final = "local"
STRATEGIC: Final = "strategic"

# What nobody pays for one unit, one hour or one year in this field.
UNIT_COST: Final = 1_000_000
YEAR_COST: Final = 100_000_000
HOUR_COST: Final = 1_000
VOLUME: Final = 1_000_000_000
SCORES: Final = (
    "score_custom_work",
    "score_delivery_time",
    "score_innovation_distance",
    "score_contact",
    "score_image",
)


def _per_unit(group: str) -> dict[str, object]:
    return number(group, Unit.EUR_PER_UNIT, UNIT_COST, decimals=4)


def _score() -> dict[str, object]:
    return number(STRATEGIC, Unit.SCORE, 5, minimum=1, decimals=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReshoringInputs:
    """One product, bought abroad against made here; ``None`` is an empty field."""

    volume: Decimal = field(
        metadata=number(BASE, Unit.UNITS_PER_YEAR, VOLUME, minimum=1, decimals=0)
    )
    foreign_price: Decimal = field(
        metadata=number(BASE, Unit.CURRENCY_PER_UNIT, 1_000_000_000, minimum="0.0001", decimals=4)
    )
    exchange_rate: Decimal = field(
        metadata=number(BASE, Unit.EUR_PER_CURRENCY, 1_000, minimum="0.000001", decimals=6, start=1)
    )

    packaging_cost: Decimal | None = field(default=None, metadata=_per_unit(LANDED))
    air_share_percent: Decimal | None = field(
        default=None, metadata=percent(LANDED, start=0, usual=(0, 10))
    )
    sea_freight: Decimal | None = field(default=None, metadata=_per_unit(LANDED))
    air_freight: Decimal | None = field(default=None, metadata=_per_unit(LANDED))
    insurance_percent: Decimal | None = field(
        default=None, metadata=percent(LANDED, 20, start="0.5")
    )
    border_freight_percent: Decimal | None = field(
        default=None, metadata=percent(LANDED, start=100)
    )
    duty_percent: Decimal | None = field(default=None, metadata=percent(LANDED, 200))
    fees_percent: Decimal | None = field(default=None, metadata=percent(LANDED, 50))
    fee_per_shipment: Decimal | None = field(
        default=None, metadata=number(LANDED, Unit.EUR, 1_000_000)
    )
    units_per_shipment: Decimal | None = field(
        default=None, metadata=number(LANDED, Unit.UNITS, VOLUME, minimum=1, decimals=0)
    )

    stock_rate_percent: Decimal | None = field(default=None, metadata=percent(STOCK, usual=(8, 30)))
    prepaid_percent: Decimal | None = field(default=None, metadata=percent(STOCK, start=100))
    transit_days: Decimal | None = field(
        default=None, metadata=number(STOCK, Unit.DAYS, 365, decimals=1)
    )
    lot_size: Decimal | None = field(
        default=None, metadata=number(STOCK, Unit.UNITS, VOLUME, minimum=1, decimals=0)
    )
    service_factor: Decimal | None = field(
        default=None, metadata=number(STOCK, Unit.FACTOR, 5, start="1.65")
    )
    lead_time_days: Decimal | None = field(
        default=None, metadata=number(STOCK, Unit.DAYS, 730, decimals=1)
    )
    demand_deviation: Decimal | None = field(
        default=None, metadata=number(STOCK, Unit.UNITS_PER_DAY, 10_000_000)
    )
    lead_time_deviation: Decimal | None = field(
        default=None, metadata=number(STOCK, Unit.DAYS, 365, decimals=1)
    )
    obsolescence_percent: Decimal | None = field(
        default=None, metadata=percent(STOCK, usual=(0, 10))
    )

    defect_percent: Decimal | None = field(default=None, metadata=percent(QUALITY, usual=(0, 10)))
    rework_cost: Decimal | None = field(default=None, metadata=_per_unit(QUALITY))
    inspection_per_lot: Decimal | None = field(
        default=None, metadata=number(QUALITY, Unit.EUR, 1_000_000)
    )

    trips: Decimal | None = field(
        default=None, metadata=number(OVERHEAD, Unit.TIMES, 365, decimals=0)
    )
    ticket_cost: Decimal | None = field(default=None, metadata=number(OVERHEAD, Unit.EUR, 50_000))
    days_per_trip: Decimal | None = field(
        default=None, metadata=number(OVERHEAD, Unit.DAYS, 365, decimals=1)
    )
    day_cost: Decimal | None = field(
        default=None, metadata=number(OVERHEAD, Unit.EUR_PER_DAY, 10_000)
    )
    management_hours: Decimal | None = field(
        default=None, metadata=number(OVERHEAD, Unit.HOURS, 100_000, decimals=1)
    )
    management_rate: Decimal | None = field(
        default=None, metadata=number(OVERHEAD, Unit.EUR_PER_HOUR, HOUR_COST)
    )
    tooling: Decimal | None = field(default=None, metadata=number(OVERHEAD, Unit.EUR, YEAR_COST))
    tooling_rate_percent: Decimal | None = field(default=None, metadata=percent(OVERHEAD, 50))
    tooling_years: Decimal | None = field(
        default=None, metadata=number(OVERHEAD, Unit.YEARS, 40, minimum=1, decimals=0)
    )

    stockout_percent: Decimal | None = field(default=None, metadata=percent(RISK))
    unit_margin: Decimal | None = field(default=None, metadata=_per_unit(RISK))
    copying_percent: Decimal | None = field(default=None, metadata=percent(RISK))
    copying_value: Decimal | None = field(
        default=None, metadata=number(RISK, Unit.EUR, 1_000_000_000)
    )
    liability_cost: Decimal | None = field(
        default=None, metadata=number(RISK, Unit.EUR_PER_YEAR, YEAR_COST)
    )
    disruption_percent: Decimal | None = field(default=None, metadata=percent(RISK))
    disruption_days: Decimal | None = field(
        default=None, metadata=number(RISK, Unit.DAYS, 365, decimals=1)
    )
    daily_margin: Decimal | None = field(
        default=None, metadata=number(RISK, Unit.EUR_PER_DAY, 10_000_000)
    )
    lead_time_discount_percent: Decimal | None = field(default=None, metadata=percent(RISK))

    unit_mass: Decimal | None = field(
        default=None, metadata=number(CLIMATE, Unit.KG, 100_000, decimals=4)
    )
    sea_km: Decimal | None = field(
        default=None, metadata=number(CLIMATE, Unit.KM, 50_000, decimals=0)
    )
    road_km: Decimal | None = field(
        default=None, metadata=number(CLIMATE, Unit.KM, 20_000, decimals=0)
    )
    air_km: Decimal | None = field(
        default=None, metadata=number(CLIMATE, Unit.KM, 40_000, decimals=0)
    )
    sea_factor: Decimal | None = field(
        default=None,
        metadata=number(
            CLIMATE, Unit.KG_PER_TONNE_KM, 1, decimals=4, start="0.015", usual=("0.01", "0.02")
        ),
    )
    road_factor: Decimal | None = field(
        default=None,
        metadata=number(
            CLIMATE, Unit.KG_PER_TONNE_KM, 2, decimals=4, start="0.08", usual=("0.06", "0.1")
        ),
    )
    air_factor: Decimal | None = field(
        default=None,
        metadata=number(
            CLIMATE, Unit.KG_PER_TONNE_KM, 5, decimals=4, start="0.8", usual=("0.6", 1)
        ),
    )
    carbon_price: Decimal | None = field(
        default=None, metadata=number(CLIMATE, Unit.EUR_PER_TONNE, 2_000)
    )
    listed_mass: Decimal | None = field(
        default=None, metadata=number(CLIMATE, Unit.KG, 100_000, decimals=4)
    )
    embedded_emissions: Decimal | None = field(
        default=None, metadata=number(CLIMATE, Unit.TONNE_PER_TONNE, 100, decimals=4)
    )
    benchmark_emissions: Decimal | None = field(
        default=None, metadata=number(CLIMATE, Unit.TONNE_PER_TONNE, 100, decimals=4)
    )
    certificate_price: Decimal | None = field(
        default=None, metadata=number(CLIMATE, Unit.EUR_PER_TONNE, 2_000)
    )
    carbon_paid_abroad: Decimal | None = field(default=None, metadata=_per_unit(CLIMATE))

    wage_share_percent: Decimal | None = field(default=None, metadata=percent(FORECAST))
    wage_growth_percent: Decimal | None = field(
        default=None, metadata=percent(FORECAST, 50, minimum=-20)
    )
    currency_growth_percent: Decimal | None = field(
        default=None, metadata=percent(FORECAST, 50, minimum=-50)
    )
    local_wage_growth_percent: Decimal | None = field(
        default=None, metadata=percent(FORECAST, 50, minimum=-20)
    )

    local_minutes: Decimal | None = field(
        default=None, metadata=number(LOCAL, Unit.MINUTES, 100_000, decimals=3)
    )
    local_wage: Decimal | None = field(
        default=None, metadata=number(LOCAL, Unit.EUR_PER_HOUR, HOUR_COST)
    )
    wage_premium: Decimal | None = field(
        default=None, metadata=number(LOCAL, Unit.EUR_PER_HOUR, HOUR_COST)
    )
    guidance_premium: Decimal | None = field(
        default=None, metadata=number(LOCAL, Unit.EUR_PER_HOUR, HOUR_COST)
    )
    guidance_cost: Decimal | None = field(default=None, metadata=_per_unit(LOCAL))
    machine_cost: Decimal | None = field(default=None, metadata=_per_unit(LOCAL))
    material_cost: Decimal | None = field(default=None, metadata=_per_unit(LOCAL))
    local_freight_cost: Decimal | None = field(default=None, metadata=_per_unit(LOCAL))
    local_quality_cost: Decimal | None = field(default=None, metadata=_per_unit(LOCAL))

    score_custom_work: Decimal | None = field(default=None, metadata=_score())
    score_delivery_time: Decimal | None = field(default=None, metadata=_score())
    score_innovation_distance: Decimal | None = field(default=None, metadata=_score())
    score_contact: Decimal | None = field(default=None, metadata=_score())
    score_image: Decimal | None = field(default=None, metadata=_score())
