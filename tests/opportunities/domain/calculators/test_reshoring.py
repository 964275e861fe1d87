"""Reshoring by hand: every line of one product, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.opportunities.domain.calculators.reshoring import (
    ReshoringResult,
    reshoring,
    reshoring_feeds,
)
from assessments.opportunities.domain.calculators.reshoring_inputs import SCORES, ReshoringInputs
from assessments.opportunities.domain.calculators.sheet import Certainty, Severity, Source

BARE = ReshoringInputs(
    volume=Decimal(3650), foreign_price=Decimal(10), exchange_rate=Decimal("0.90")
)
# A daily demand of 3650 / 365 = 10 units.
FULL = ReshoringInputs(
    volume=Decimal(3650),
    foreign_price=Decimal(10),
    exchange_rate=Decimal("0.90"),
    packaging_cost=Decimal("0.20"),
    air_share_percent=Decimal(10),
    sea_freight=Decimal("0.50"),
    air_freight=Decimal(3),
    insurance_percent=Decimal("0.5"),
    border_freight_percent=Decimal(80),
    duty_percent=Decimal(4),
    fees_percent=Decimal(1),
    fee_per_shipment=Decimal(219),
    units_per_shipment=Decimal(730),
    stock_rate_percent=Decimal(20),
    prepaid_percent=Decimal(50),
    transit_days=Decimal("36.5"),
    lot_size=Decimal(730),
    service_factor=Decimal("1.65"),
    lead_time_days=Decimal(16),
    demand_deviation=Decimal(3),
    lead_time_deviation=Decimal("1.6"),
    obsolescence_percent=Decimal(2),
    defect_percent=Decimal(3),
    rework_cost=Decimal("2.2173"),
    inspection_per_lot=Decimal(146),
    trips=Decimal(2),
    ticket_cost=Decimal(775),
    days_per_trip=Decimal(3),
    day_cost=Decimal(350),
    management_hours=Decimal(73),
    management_rate=Decimal(50),
    tooling=Decimal(7665),
    tooling_rate_percent=Decimal(10),
    tooling_years=Decimal(2),
    stockout_percent=Decimal(2),
    unit_margin=Decimal(5),
    copying_percent=Decimal(1),
    copying_value=Decimal(36500),
    liability_cost=Decimal(730),
    disruption_percent=Decimal(5),
    disruption_days=Decimal(20),
    daily_margin=Decimal(365),
    lead_time_discount_percent=Decimal(6),
    unit_mass=Decimal(2),
    sea_km=Decimal(20000),
    road_km=Decimal(500),
    air_km=Decimal(9000),
    sea_factor=Decimal("0.015"),
    road_factor=Decimal("0.08"),
    air_factor=Decimal("0.8"),
    carbon_price=Decimal(80),
    listed_mass=Decimal("1.5"),
    embedded_emissions=Decimal("2.4"),
    benchmark_emissions=Decimal("0.4"),
    certificate_price=Decimal(80),
    carbon_paid_abroad=Decimal("0.04"),
    wage_share_percent=Decimal(30),
    wage_growth_percent=Decimal(10),
    currency_growth_percent=Decimal(2),
    local_wage_growth_percent=Decimal(5),
    local_minutes=Decimal(20),
    local_wage=Decimal(24),
    wage_premium=Decimal(9),
    guidance_premium=Decimal(3),
    guidance_cost=Decimal("1.50"),
    machine_cost=Decimal("0.75"),
    material_cost=Decimal(4),
    local_freight_cost=Decimal("0.30"),
    local_quality_cost=Decimal("0.25"),
    score_custom_work=Decimal(5),
    score_delivery_time=Decimal(4),
)

# Written out line by line, EUR per unit.
BY_HAND = {
    "purchase_price": "9.00",  # 10 × 0,90
    "packaging": "0.20",
    "freight": "0.75",  # 0,90 × 0,50 + 0,10 × 3,00 = 0,45 + 0,30
    "insurance": "0.04875",  # 0,5 % × (9,00 + 0,75)
    "customs_value": "9.84875",  # 9,00 + 0,20 + 80 % × 0,75 + 0,04875
    "duty": "0.39395",  # 4 % × 9,84875
    "fees": "0.39",  # 1 % × 9,00 + 219 / 730 = 0,09 + 0,30
    # 9,00 + 0,20 + 0,75 + 0,04875 + 0,39395 + 0,39
    "landed_cost": "10.7827",
    "transit_stock": "0.107827",  # 10,7827 × 20 % × 50 % × 36,5 / 365
    "cycle_stock": "0.215654",  # 365 × 10,7827 × 20 % / 3650
    # √(16 × 3² + 10² × 1,6²) = √(144 + 256) = 20; 1,65 × 20
    "safety_units": "33",
    "obsolescence": "0.215654",  # 2 % × 10,7827
    "defects": "0.39",  # 3 % × (10,7827 + 2,2173) = 3 % × 13
    "inspection": "0.20",  # 146 / 730
    "travel": "1.00",  # 2 × (775 + 3 × 350) / 3650 = 2 × 1825 / 3650
    "management": "1.00",  # 73 × 50 / 3650
    # a(10 %; 2) = 0,121 / 0,21; 7665 / 0,21 = 36500; 36500 × 0,121 / 3650
    "tooling_cost": "1.21",
    "lost_sales": "0.10",  # 2 % × 5
    "copying": "0.10",  # 1 % × 36500 / 3650
    "liability": "0.20",  # 730 / 3650
    "disruption": "0.10",  # 5 % × 20 × 365 / 3650
    # 0,9 × 20000 × 0,015 + 0,1 × 9000 × 0,8 + 500 × 0,08 = 270 + 720 + 40 = 1030;
    # 2 kg = 0,002 t: 2,06 kg CO₂; × 80 / 1000
    "carbon": "0.1648",
    "cbam": "0.20",  # 0,0015 × (2,4 − 0,4) × 80 − 0,04 = 0,24 − 0,04
    "lead_time_value": "0.54",  # 6 % × 9,00, beside the total
    "local_labour": "8.00",  # 20 / 60 × 24
    "local_premiums": "4.00",  # 20 / 60 × (9 + 3)
    "local_guidance": "1.50",
    "local_machine": "0.75",
    "local_material": "4.00",
    "local_freight": "0.30",
    "local_quality": "0.25",
    "local_cost": "14.80",  # 8,00 + 1,50 + 0,75 + 4,00 + 0,30 + 0,25
    "local_cost_with_subsidy": "10.80",  # 14,80 − 4,00
}
SAFETY = Fraction("71.16582") / 3650  # 33 × 10,7827 × 20 % / 3650: not a round number
# 10,7827 + 0,107827 + 0,215654 + 0,215654 + 0,39 + 0,20 + 1 + 1 + 1,21 + 0,10 + 0,10
# + 0,20 + 0,10 + 0,1648 + 0,20 = 15,986635, and the safety stock
TCO = Fraction("15.986635") + SAFETY


@pytest.fixture(scope="module")
def full() -> ReshoringResult:
    return reshoring(FULL)


def test_every_line_by_hand(full: ReshoringResult) -> None:
    values = {key: line.value for key, line in full.sheet.lines.items()}
    by_hand = {key: Fraction(text) for key, text in BY_HAND.items()}
    by_hand |= {
        "safety_stock": SAFETY,
        "tco": TCO,
        "difference": TCO - Fraction("14.80"),
        "difference_with_subsidy": TCO - Fraction("10.80"),
        "break_even_price": TCO,
        "premium_percent": (TCO - 9) / 9 * 100,
        "local_premium_percent": (Fraction("14.80") - TCO) / TCO * 100,
        "local_premium_with_subsidy_percent": (Fraction("10.80") - TCO) / TCO * 100,
    }
    assert values == by_hand
    assert full.empty_lines == ()
    assert full.sheet["tco"].left_out == ()


def test_amounts_per_year_are_those_per_unit_times_the_volume(full: ReshoringResult) -> None:
    assert full.sheet["local_cost"].per_year == Fraction("14.80") * 3650 == 54020
    assert full.sheet["safety_units"].per_year is None
    assert full.sheet["premium_percent"].per_year is None


def test_transit_stock_of_the_published_example() -> None:
    """12,81 × 6,5 % / 365 × 60 = 0,13687…; the source rounds it to 0,138, we to 0,137."""
    line = reshoring(
        ReshoringInputs(
            volume=Decimal(1000),
            foreign_price=Decimal("12.81"),
            exchange_rate=Decimal(1),
            stock_rate_percent=Decimal("6.5"),
            prepaid_percent=Decimal(100),
            transit_days=Decimal(60),
        )
    ).sheet["transit_stock"]
    assert line.value == Fraction("12.81") * Fraction("0.065") / 365 * 60
    assert round(float(line.value), 3) == 0.137
    texts = {
        "landed_cost": "12,81",
        "stock_rate_percent": "6,5 %",
        "prepaid_percent": "100 %",
        "transit_days": "60",
    }
    assert line.filled(texts) == "12,81 × 6,5 % × 100 % × 60 ÷ 365"
    words = dict(zip(texts, ("L", "r", "v", "T"), strict=True))
    assert line.formula(words) == "L × r × v × T ÷ 365"


def test_the_forecast_by_hand(full: ReshoringResult) -> None:
    first, second, *_, fifth = full.forecast
    # Year 1: 9 × (30 % × 1,1 + 70 %) × 1,02 = 9 × 1,03 × 1,02.
    assert first.price.value == Fraction("9.4554")
    # Year 2: 9 × (30 % × 1,21 + 70 %) × 1,02² = 9 × 1,063 × 1,0404.
    assert second.price.value == Fraction("9.9535068")
    # Labour 8,00 × 1,05 = 8,40; the rest of 6,80 stays; premiums 4,00 × 1,05 = 4,20.
    assert (first.local_cost, first.local_cost_with_subsidy) == (
        Fraction("15.20"),
        Fraction("11.00"),
    )
    assert first.difference == first.tco - Fraction("15.20")
    assert first.difference_with_subsidy == first.tco - 11
    # The other lines follow the price: as if it were the price of today.
    dearer = reshoring(replace(FULL, foreign_price=Decimal("9.4554"), exchange_rate=Decimal(1)))
    assert first.tco == dearer.sheet.value("tco")
    assert fifth.year == 5


def test_without_growth_rates_there_is_no_forecast() -> None:
    year = reshoring(replace(FULL, wage_growth_percent=None)).forecast[0]
    assert year.price.missing == ("wage_growth_percent",)
    assert (year.tco, year.difference) == (None, None)
    assert year.local_cost == Fraction("15.20")
    # Wages that are no part of the price need no growth.
    steady = replace(FULL, wage_growth_percent=None, wage_share_percent=Decimal(0))
    assert reshoring(steady).forecast[0].price.value == Fraction("9.18")


def test_amounts_from_the_hardest_to_the_softest(full: ReshoringResult) -> None:
    hard, probable, estimate = full.subtotals
    # 10,7827 landed + 0,20 inspection + 1 travel + 1,21 tooling + 0,20 CBAM
    assert (hard.certainty, hard.value) == (Certainty.HARD, Fraction("13.3927"))
    # 0,107827 + 0,215654 + 0,215654 + 0,39 + 1, and the safety stock
    assert probable.value == Fraction("1.929135") + SAFETY
    # 0,10 + 0,10 + 0,20 + 0,10 + 0,1648
    assert estimate.value == Fraction("0.6648")
    assert estimate.cumulative == TCO
    assert estimate.empty == ()


def test_only_the_price_is_enough_and_the_rest_is_listed_as_empty() -> None:
    result = reshoring(BARE)
    assert result.sheet.value("tco") == 9
    assert result.sheet["tco"].left_out[:3] == ("packaging", "freight", "insurance")
    assert "insurance" in result.empty_lines
    assert "local_cost" in result.empty_lines
    assert result.sheet["local_cost"].missing == ("local_minutes", "local_wage")
    assert result.subtotals[2].value is None
    assert result.subtotals[2].cumulative == 9
    assert result.subtotals[2].empty[0] == "lost_sales"
    assert reshoring_feeds(result) == {}


def test_a_zero_is_a_value_and_not_empty() -> None:
    result = reshoring(replace(BARE, packaging_cost=Decimal(0)))
    assert result.sheet.value("packaging") == 0
    assert "packaging" not in result.empty_lines


def test_with_all_by_sea_nobody_has_to_know_the_price_of_air(full: ReshoringResult) -> None:
    by_sea = replace(BARE, air_share_percent=Decimal(0), sea_freight=Decimal("0.50"))
    assert reshoring(by_sea).sheet.value("freight") == Fraction("0.50")
    some_air = replace(by_sea, air_share_percent=Decimal(10))
    assert reshoring(some_air).sheet["freight"].missing == ("air_freight",)


def test_without_premiums_only_the_variant_with_subsidy_is_empty() -> None:
    result = reshoring(replace(FULL, wage_premium=None, guidance_premium=None))
    assert result.sheet.value("local_cost") == Fraction("14.80")
    assert result.sheet.value("local_cost_with_subsidy") is None
    assert result.sheet.value("difference_with_subsidy") is None
    one = reshoring(replace(FULL, guidance_premium=None))
    assert one.sheet.value("local_premiums") == 3
    assert one.sheet["local_premiums"].left_out == ("guidance_premium",)


def test_the_five_largest_drivers_by_hand(full: ReshoringResult) -> None:
    assert full.measured == "difference"
    assert len(full.drivers) == 5
    swings = [driver.swing for driver in full.drivers]
    assert swings == sorted(swings, reverse=True)
    by_field = {driver.field: driver for driver in full.drivers}
    # A tenth of the wage is 0,80 a unit: the difference moves from +0,80 to −0,80.
    base = TCO - Fraction("14.80")
    assert by_field["local_wage"].at_low == base + Fraction("0.80")
    assert by_field["local_wage"].at_high == base - Fraction("0.80")
    assert {"foreign_price", "exchange_rate", "local_minutes", "material_cost"} <= set(by_field)


def test_a_driver_stays_within_the_bounds_of_its_field() -> None:
    """100 % prepaid cannot become 110 %: only the low end moves."""
    inputs = replace(
        BARE, stock_rate_percent=Decimal(20), prepaid_percent=Decimal(100), transit_days=Decimal(73)
    )
    result = reshoring(inputs)
    assert result.measured == "tco"
    prepaid = next(one for one in result.drivers if one.field == "prepaid_percent")
    # 9 × 20 % × 73 / 365 = 0,36; a tenth less is 0,324.
    assert (prepaid.at_low, prepaid.at_high) == (Fraction("9.324"), Fraction("9.36"))


def test_a_driver_never_drops_a_line() -> None:
    """With everything by air nobody fills in sea freight; 90 % by air would empty the line."""
    result = reshoring(replace(BARE, air_share_percent=Decimal(100), air_freight=Decimal(4)))
    assert result.sheet.value("tco") == 13
    assert "air_share_percent" not in {driver.field for driver in result.drivers}


def test_scores_stay_apart_and_are_never_added(full: ReshoringResult) -> None:
    assert full.scores == dict.fromkeys(SCORES) | {
        "score_custom_work": 5,
        "score_delivery_time": 4,
    }
    without = reshoring(replace(FULL, score_custom_work=None, score_delivery_time=None))
    assert without.sheet == full.sheet
    used = {name for line in full.sheet.lines.values() for name in line.spec.formula.symbols()}
    assert not used & set(SCORES)


def codes(inputs: ReshoringInputs) -> list[str]:
    return [notice.code for notice in reshoring(inputs).notices]


def test_what_may_count_twice_is_told(full: ReshoringResult) -> None:
    assert [notice.code for notice in full.notices] == [
        "rate_and_obsolescence",
        "lead_time_and_lost_sales",
        "lead_time_and_obsolescence",
    ]
    first = full.notices[0]
    assert (first.severity, first.source) == (Severity.WARNING, Source.TCO_METHOD)
    assert first.figures == {
        "cycle_stock": Fraction("0.215654"),
        "obsolescence": Fraction("0.215654"),
    }
    assert codes(replace(FULL, obsolescence_percent=None)) == ["lead_time_and_lost_sales"]
    assert codes(replace(FULL, obsolescence_percent=Decimal(0))) == ["lead_time_and_lost_sales"]
    assert codes(replace(FULL, lead_time_discount_percent=None)) == ["rate_and_obsolescence"]


def test_the_value_of_a_short_lead_time_is_never_added(full: ReshoringResult) -> None:
    without = reshoring(replace(FULL, lead_time_discount_percent=None))
    assert without.sheet.value("tco") == full.sheet.value("tco")


def test_premiums_above_the_wage_are_a_slip() -> None:
    assert codes(
        replace(BARE, local_minutes=Decimal(60), local_wage=Decimal(10), wage_premium=Decimal(11))
    ) == ["premiums_above_wage"]
    assert (
        codes(
            replace(
                BARE, local_minutes=Decimal(60), local_wage=Decimal(10), wage_premium=Decimal(10)
            )
        )
        == []
    )


def test_the_levy_is_never_negative() -> None:
    paid = replace(FULL, carbon_paid_abroad=Decimal(1))
    assert reshoring(paid).sheet.value("cbam") == 0
    free = replace(FULL, benchmark_emissions=Decimal(3))
    assert reshoring(free).sheet.value("cbam") == 0


def test_it_feeds_the_extra_cost_of_local_without_subsidy(full: ReshoringResult) -> None:
    assert reshoring_feeds(full) == {
        "local_cost_premium_percent": (Fraction("14.80") - TCO) / TCO * 100
    }
    assert reshoring_feeds(full)["local_cost_premium_percent"] < 0


def test_what_nobody_filled_in_is_no_zero_because_nothing_comes_by_air() -> None:
    """All by sea, and nothing known of kilometres, weight or price: no CO₂ of 0 euro."""
    line = reshoring(replace(BARE, air_share_percent=Decimal(0))).sheet["carbon"]
    assert line.is_empty
    assert {"unit_mass", "carbon_price"} <= set(line.missing)
