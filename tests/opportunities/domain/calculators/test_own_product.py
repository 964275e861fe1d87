"""Own product: break-even by hand, and what must hold for any product."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.opportunities.domain.calculators.figures import values_of
from assessments.opportunities.domain.calculators.own_product import (
    FIXED_KEYS,
    LINES,
    VARIABLE_KEYS,
    BreakEven,
    OwnProductInputs,
    own_product,
    own_product_feeds,
)
from assessments.opportunities.domain.calculators.sheet import calculate
from tests.opportunities.domain.calculators.strategies import inputs_of

BENCH = OwnProductInputs(
    price=Decimal(80),
    material_cost=Decimal(20),
    labour_minutes=Decimal(45),
    labour_rate=Decimal(16),
    packaging_cost=Decimal(2),
    delivery_cost=Decimal(6),
    selling_percent=Decimal(10),
    development_cost=Decimal(15000),
    development_years=Decimal(3),
    machine_cost=Decimal(2400),
    staff_cost=Decimal(12000),
    marketing_cost=Decimal(5000),
    compliance_cost=Decimal(600),
    other_fixed_cost=Decimal(1000),
    market_volume=Decimal(2000),
    expected_volume=Decimal(1000),
    turnover=Decimal(920000),
    largest_customer_percent=Decimal(50),
)


def test_a_garden_bench_by_hand() -> None:
    result = own_product(BENCH)
    assert {key: line.value for key, line in result.sheet.lines.items()} == {
        "material": 20,
        "labour": 12,  # 45 / 60 × 16
        "packaging": 2,
        "delivery": 6,
        "selling": 8,  # 10 % × 80
        "variable_cost": 48,
        "development": 5000,  # 15000 / 3
        "machine": 2400,
        "staff": 12000,
        "marketing": 5000,
        "compliance": 600,
        "other_fixed": 1000,
        "fixed_cost": 26000,
        "margin": 32,  # 80 − 48
        "margin_percent": 40,
        "break_even_volume": 813,  # 26000 / 32 = 812,5
        "break_even_turnover": 65040,  # 813 × 80
        "break_even_share": Fraction("40.65"),  # 813 / 2000
        "expected_turnover": 80000,
        "expected_profit": 6000,  # 1000 × 32 − 26000
        "customer_share_before": 50,
        "customer_share_after": 46,  # 460000 / (920000 + 80000)
        "customer_share_drop": 4,
    }
    assert result.outcome is BreakEven.REACHED
    assert result.empty_lines == ()
    assert result.notices == ()
    assert own_product_feeds(result) == {"break_even_share_of_market_percent": Fraction("40.65")}


def test_without_a_margin_no_volume_ever_covers_the_costs() -> None:
    result = own_product(replace(BENCH, price=Decimal(40), selling_percent=Decimal(0)))
    # 20 + 12 + 2 + 6 = 40: nothing is left of 40.
    assert result.sheet.value("margin") == 0
    assert result.outcome is BreakEven.NEVER
    assert result.sheet["break_even_volume"].is_impossible
    assert not result.sheet["break_even_volume"].is_empty
    assert [notice.code for notice in result.notices] == ["no_margin"]
    assert own_product_feeds(result) == {}


def test_selling_below_cost_is_a_loss_and_no_negative_volume() -> None:
    result = own_product(replace(BENCH, price=Decimal(30), selling_percent=Decimal(0)))
    assert result.sheet.value("margin") == -10
    assert result.sheet.value("break_even_volume") is None
    assert result.outcome is BreakEven.NEVER


def test_a_price_alone_says_nothing_yet() -> None:
    result = own_product(OwnProductInputs(price=Decimal(80)))
    assert result.outcome is BreakEven.UNKNOWN
    assert result.sheet["margin"].missing[0] == "material_cost"
    assert "break_even_volume" in result.empty_lines


def test_empty_costs_are_left_out_and_named() -> None:
    result = own_product(replace(BENCH, delivery_cost=None, marketing_cost=None))
    assert result.sheet.value("variable_cost") == 42
    assert result.sheet["variable_cost"].left_out == ("delivery",)
    assert result.sheet["fixed_cost"].left_out == ("marketing",)
    assert result.empty_lines == ("delivery", "marketing")


def test_nothing_fixed_to_cover_breaks_even_at_none() -> None:
    result = own_product(
        OwnProductInputs(price=Decimal(5), material_cost=Decimal(2), machine_cost=Decimal(0))
    )
    assert result.sheet.value("break_even_volume") == 0
    assert result.outcome is BreakEven.REACHED


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"market_volume": Decimal(812), "expected_volume": Decimal(812)}, ["market", "expected"]),
        ({"market_volume": Decimal(813), "expected_volume": Decimal(813)}, []),
        ({"market_volume": Decimal(900)}, ["too many"]),
        ({"expected_volume": Decimal(100)}, ["expected"]),
        ({"expected_volume": None}, []),
    ],
)
def test_volumes_are_held_against_each_other(changes, codes) -> None:
    names = {
        "market": "break_even_above_market",
        "expected": "break_even_above_expected",
        "too many": "expected_above_market",
    }
    notices = own_product(replace(BENCH, **changes)).notices
    assert [notice.code for notice in notices] == [names[code] for code in codes]


products = inputs_of(OwnProductInputs)
COSTS = [
    "material_cost",
    "labour_minutes",
    "labour_rate",
    "packaging_cost",
    "delivery_cost",
    "selling_percent",
    "development_cost",
    "machine_cost",
    "staff_cost",
    "marketing_cost",
    "compliance_cost",
    "other_fixed_cost",
]
full_products = inputs_of(
    OwnProductInputs,
    material_cost=st.decimals(0, 50, places=2),
    machine_cost=st.decimals(0, 5000, places=2),
    price=st.decimals(100, 500, places=2),
    expected_volume=st.integers(0, 500).map(Decimal),
)


def sheet_of(some, **changes):
    return calculate(LINES, values_of(some) | changes)


@given(full_products, st.sampled_from(COSTS), st.fractions(0, 50, max_denominator=100))
def test_profit_falls_with_every_cost(some, name, extra) -> None:
    dearer = sheet_of(some, **{name: Fraction(getattr(some, name) or 0) + extra})
    assert dearer.value("expected_profit") <= sheet_of(some).value("expected_profit")


@given(full_products)
def test_at_the_exact_break_even_there_is_neither_profit_nor_loss(some) -> None:
    sheet = sheet_of(some)
    margin, fixed = sheet.value("margin"), sheet.value("fixed_cost")
    volume = sheet.value("break_even_volume")
    if margin <= 0:
        assert volume is None
        return
    assert sheet_of(some, expected_volume=fixed / margin).value("expected_profit") == 0
    # The whole volume is the first that does not lose: one fewer does.
    assert sheet_of(some, expected_volume=volume).value("expected_profit") >= 0
    assert sheet_of(some, expected_volume=volume - 1).value("expected_profit") < 0


@given(products)
def test_totals_are_the_sum_of_what_is_known(some) -> None:
    sheet = sheet_of(some)
    for total, keys in (("variable_cost", VARIABLE_KEYS), ("fixed_cost", FIXED_KEYS)):
        known = [sheet.value(key) for key in keys if sheet.value(key) is not None]
        assert sheet.value(total) == (sum(known) if known else None)


@given(products)
def test_doubling_all_prices_leaves_the_volumes_alone(some) -> None:
    money = {"price", "labour_rate", "turnover", *(c for c in COSTS if c.endswith("_cost"))}
    values = values_of(some)
    doubled = sheet_of(some, **{n: values[n] * 2 for n in money if values[n] is not None})
    before = sheet_of(some)
    for key in ("break_even_volume", "break_even_share", "margin_percent", "customer_share_after"):
        assert doubled.value(key) == before.value(key)
    for key in ("variable_cost", "fixed_cost", "expected_profit"):
        value = before.value(key)
        assert doubled.value(key) == (None if value is None else 2 * value)


@given(products)
def test_an_own_product_never_raises_the_share_of_the_largest_customer(some) -> None:
    drop = sheet_of(some).value("customer_share_drop")
    assert drop is None or drop >= 0
