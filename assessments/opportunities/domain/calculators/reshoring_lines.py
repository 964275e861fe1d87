"""The lines of the reshoring calculator: factors 1 to 26 of the table, as formulas.

Which amounts are hard, probable or an estimate is our reading: what an invoice, a
tariff or the books show is hard; what follows from stock and quality figures of the
firm itself is probable; what rests on a chance or a scenario is an estimate.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from assessments.opportunities.domain.calculators.figures import Unit
from assessments.opportunities.domain.calculators.formula import Formula, Ref, Share
from assessments.opportunities.domain.calculators.functions import (
    Annuity,
    Known,
    Root,
    at_least_zero,
    known_of,
)
from assessments.opportunities.domain.calculators.reshoring_inputs import (
    BASE,
    CLIMATE,
    FORECAST,
    LANDED,
    LOCAL,
    OVERHEAD,
    QUALITY,
    RISK,
    STOCK,
)
from assessments.opportunities.domain.calculators.sheet import Certainty, LineSpec

RESULT: Final = "result"
HARD, PROBABLE, ESTIMATE = Certainty.HARD, Certainty.PROBABLE, Certainty.ESTIMATE


def _line(
    factor: int,
    key: str,
    group: str,
    formula: Formula,
    certainty: Certainty | None = None,
    *,
    unit: Unit = Unit.EUR_PER_UNIT,
) -> LineSpec:
    return LineSpec(
        key=key, group=group, unit=unit, formula=formula, certainty=certainty, factor=factor
    )


PURCHASE_PRICE: Final = _line(
    1, "purchase_price", BASE, Ref("foreign_price") * Ref("exchange_rate"), HARD
)

_VOLUME: Final = Ref("volume")
_RATE: Final = Share("stock_rate_percent")
_AIR: Final = Share("air_share_percent")
_DAILY_DEMAND: Final = _VOLUME / 365

_LANDED_LINES: Final = (
    _line(2, "packaging", LANDED, Ref("packaging_cost"), HARD),
    _line(3, "freight", LANDED, (1 - _AIR) * Ref("sea_freight") + _AIR * Ref("air_freight"), HARD),
    _line(
        4,
        "insurance",
        LANDED,
        Share("insurance_percent") * known_of("purchase_price", "freight", needs=1),
        HARD,
    ),
    _line(
        5,
        "customs_value",
        LANDED,
        Known(
            (
                Ref("purchase_price"),
                Ref("packaging"),
                Ref("freight") * Share("border_freight_percent"),
                Ref("insurance"),
            ),
            needs=1,
        ),
    ),
    _line(6, "duty", LANDED, Share("duty_percent") * Ref("customs_value"), HARD),
    _line(
        7,
        "fees",
        LANDED,
        Known(
            (
                Share("fees_percent") * Ref("purchase_price"),
                Ref("fee_per_shipment") / Ref("units_per_shipment"),
            )
        ),
        HARD,
    ),
    _line(
        8,
        "landed_cost",
        LANDED,
        known_of("purchase_price", "packaging", "freight", "insurance", "duty", "fees", needs=1),
    ),
)

_STOCK_LINES: Final = (
    _line(
        9,
        "transit_stock",
        STOCK,
        Ref("landed_cost") * _RATE * Share("prepaid_percent") * Ref("transit_days") / 365,
        PROBABLE,
    ),
    _line(
        10,
        "cycle_stock",
        STOCK,
        Ref("lot_size") / 2 * Ref("landed_cost") * _RATE / _VOLUME,
        PROBABLE,
    ),
    _line(
        11,
        "safety_units",
        STOCK,
        Ref("service_factor")
        * Root(
            Ref("lead_time_days") * Ref("demand_deviation") ** 2
            + _DAILY_DEMAND**2 * Ref("lead_time_deviation") ** 2
        ),
        unit=Unit.UNITS,
    ),
    _line(
        11,
        "safety_stock",
        STOCK,
        Ref("safety_units") * Ref("landed_cost") * _RATE / _VOLUME,
        PROBABLE,
    ),
    _line(12, "obsolescence", STOCK, Share("obsolescence_percent") * Ref("landed_cost"), PROBABLE),
)

_QUALITY_LINES: Final = (
    _line(
        13,
        "defects",
        QUALITY,
        Share("defect_percent") * known_of("landed_cost", "rework_cost", needs=1),
        PROBABLE,
    ),
    _line(14, "inspection", QUALITY, Ref("inspection_per_lot") / Ref("lot_size"), HARD),
)

_OVERHEAD_LINES: Final = (
    _line(
        15,
        "travel",
        OVERHEAD,
        Ref("trips") * (Ref("ticket_cost") + Ref("days_per_trip") * Ref("day_cost")) / _VOLUME,
        HARD,
    ),
    _line(
        16,
        "management",
        OVERHEAD,
        Ref("management_hours") * Ref("management_rate") / _VOLUME,
        PROBABLE,
    ),
    _line(
        17,
        "tooling_cost",
        OVERHEAD,
        Ref("tooling") * Annuity(Share("tooling_rate_percent"), Ref("tooling_years")) / _VOLUME,
        HARD,
    ),
)

_RISK_LINES: Final = (
    _line(18, "lost_sales", RISK, Share("stockout_percent") * Ref("unit_margin"), ESTIMATE),
    _line(19, "copying", RISK, Share("copying_percent") * Ref("copying_value") / _VOLUME, ESTIMATE),
    _line(20, "liability", RISK, Ref("liability_cost") / _VOLUME, ESTIMATE),
    _line(
        21,
        "disruption",
        RISK,
        Share("disruption_percent") * Ref("disruption_days") * Ref("daily_margin") / _VOLUME,
        ESTIMATE,
    ),
)

_CLIMATE_LINES: Final = (
    _line(
        22,
        "carbon",
        CLIMATE,
        Ref("unit_mass")
        / 1000
        * Known(
            (
                (1 - _AIR) * Ref("sea_km") * Ref("sea_factor"),
                _AIR * Ref("air_km") * Ref("air_factor"),
                Ref("road_km") * Ref("road_factor"),
            )
        )
        * Ref("carbon_price")
        / 1000,
        ESTIMATE,
    ),
    _line(
        23,
        "cbam",
        CLIMATE,
        at_least_zero(
            Ref("listed_mass")
            / 1000
            * at_least_zero(Ref("embedded_emissions") - Ref("benchmark_emissions"))
            * Ref("certificate_price")
            - Ref("carbon_paid_abroad")
        ),
        HARD,
    ),
)

AFTER_PRICE: Final = (
    *_LANDED_LINES,
    *_STOCK_LINES,
    *_QUALITY_LINES,
    *_OVERHEAD_LINES,
    *_RISK_LINES,
    *_CLIMATE_LINES,
)
# The amounts that make up the cost abroad: those with a certainty; totals have none.
COST_KEYS: Final = tuple(
    spec.key for spec in (PURCHASE_PRICE, *AFTER_PRICE) if spec.certainty is not None
)
_TCO: Final = LineSpec(
    key="tco",
    group=RESULT,
    unit=Unit.EUR_PER_UNIT,
    # Over the amounts themselves, not over the landed cost, so that it can name all it lacks.
    formula=known_of(*COST_KEYS, needs=1),
)

LOCAL_LABOUR: Final = _line(
    25, "local_labour", LOCAL, Ref("local_minutes") / 60 * Ref("local_wage"), HARD
)
LOCAL_PREMIUMS: Final = _line(
    25,
    "local_premiums",
    LOCAL,
    Ref("local_minutes") / 60 * known_of("wage_premium", "guidance_premium"),
    HARD,
)
_LOCAL_LINES: Final = (
    _line(25, "local_guidance", LOCAL, Ref("guidance_cost"), HARD),
    _line(25, "local_machine", LOCAL, Ref("machine_cost"), HARD),
    _line(25, "local_material", LOCAL, Ref("material_cost"), HARD),
    _line(25, "local_freight", LOCAL, Ref("local_freight_cost"), HARD),
    _line(25, "local_quality", LOCAL, Ref("local_quality_cost"), PROBABLE),
    _line(
        25,
        "local_cost",
        LOCAL,
        known_of(
            "local_labour",
            "local_guidance",
            "local_machine",
            "local_material",
            "local_freight",
            "local_quality",
            needs=1,
        ),
    ),
    _line(25, "local_cost_with_subsidy", LOCAL, Ref("local_cost") - Ref("local_premiums")),
)

_HUNDRED: Final = 100
_RESULT_LINES: Final = (
    _line(26, "difference", RESULT, Ref("tco") - Ref("local_cost")),
    _line(26, "difference_with_subsidy", RESULT, Ref("tco") - Ref("local_cost_with_subsidy")),
    _line(26, "break_even_price", RESULT, Ref("tco")),
    _line(
        26,
        "premium_percent",
        RESULT,
        (Ref("tco") - Ref("purchase_price")) / Ref("purchase_price") * _HUNDRED,
        unit=Unit.PERCENT,
    ),
    _line(
        26,
        "local_premium_percent",
        RESULT,
        (Ref("local_cost") - Ref("tco")) / Ref("tco") * _HUNDRED,
        unit=Unit.PERCENT,
    ),
    _line(
        26,
        "local_premium_with_subsidy_percent",
        RESULT,
        (Ref("local_cost_with_subsidy") - Ref("tco")) / Ref("tco") * _HUNDRED,
        unit=Unit.PERCENT,
    ),
)
# Shown beside the lost sales, never added: both count what speed is worth.
LEAD_TIME_VALUE: Final = LineSpec(
    key="lead_time_value",
    group=RISK,
    unit=Unit.EUR_PER_UNIT,
    formula=Share("lead_time_discount_percent") * Ref("purchase_price"),
)

# Subsidised labour in an offer touches state aid and the market: these are for advisers.
WITH_SUBSIDY: Final = frozenset(
    {
        "local_premiums",
        "local_cost_with_subsidy",
        "difference_with_subsidy",
        "local_premium_with_subsidy_percent",
    }
)

AFTER_LABOUR: Final = (*_LOCAL_LINES, *_RESULT_LINES)
LINES: Final = (
    PURCHASE_PRICE,
    *AFTER_PRICE,
    LEAD_TIME_VALUE,
    _TCO,
    LOCAL_LABOUR,
    LOCAL_PREMIUMS,
    *AFTER_LABOUR,
)

_GROWN_SHARE: Final = Share("wage_share_percent")
FORECAST_PRICE: Final = "forecast_price"


def lines_in(year: int) -> tuple[LineSpec, ...]:
    """The lines with price and local wages as they will be ``year`` years from now.

    Factor 24 sets the price; every line that rests on the price follows. Local wages
    grow at a rate of their own, and the premiums with them, since they follow wages.
    """
    wages = (1 + Share("wage_growth_percent")) ** year
    price = _line(
        24,
        FORECAST_PRICE,
        FORECAST,
        PURCHASE_PRICE.formula
        * (_GROWN_SHARE * wages + (1 - _GROWN_SHARE))
        * (1 + Share("currency_growth_percent")) ** year,
        ESTIMATE,
    )
    return (
        price,
        _replaced(PURCHASE_PRICE, Ref(FORECAST_PRICE)),
        *AFTER_PRICE,
        _TCO,
        _with_wages(LOCAL_LABOUR, year),
        _with_wages(LOCAL_PREMIUMS, year),
        *AFTER_LABOUR,
    )


def _with_wages(spec: LineSpec, year: int) -> LineSpec:
    return _replaced(spec, spec.formula * (1 + Share("local_wage_growth_percent")) ** year)


def _replaced(spec: LineSpec, formula: Formula) -> LineSpec:
    return replace(spec, formula=formula)
