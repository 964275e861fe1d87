"""Investment case: payback and present value by hand, and what must always hold."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.opportunities.domain.calculators.figures import values_of
from assessments.opportunities.domain.calculators.investment import (
    LINES,
    InvestmentInputs,
    Payback,
    investment,
    investment_feeds,
)
from assessments.opportunities.domain.calculators.sheet import calculate
from tests.opportunities.domain.calculators.strategies import inputs_of

COBOT = InvestmentInputs(
    capital=Decimal(50000),
    introduction_cost=Decimal(10000),
    running_cost=Decimal(3000),
    support_amount=Decimal(3000),
    support_percent=Decimal(25),
    volume=Decimal(40000),
    output_gain_percent=Decimal(10),
    unit_margin=Decimal("2.50"),
    errors_before_percent=Decimal(4),
    errors_after_percent=Decimal("1.5"),
    error_cost=Decimal(8),
    guidance_hours=Decimal(200),
    guidance_rate=Decimal(40),
    years=Decimal(2),
    discount_percent=Decimal(10),
    residual_value=Decimal(12100),
)


def test_a_cobot_by_hand() -> None:
    result = investment(COBOT)
    assert {key: line.value for key, line in result.sheet.lines.items()} == {
        "purchase": 50000,
        "introduction": 10000,
        "investment": 60000,
        "support": 18000,  # 3000 + 25 % × 60000
        "own_investment": 42000,
        "output_effect": 10000,  # 40000 × 10 % × 2,50
        "error_effect": 8000,  # 40000 × (4 % − 1,5 %) × 8
        "guidance_effect": 8000,  # 200 × 40
        "benefit": 26000,
        "running": 3000,
        "cash_flow": 23000,
        "payback_years": Fraction(42, 23),  # 42000 / 23000
        "payback_years_without_support": Fraction(60, 23),
        # 23000 / 1,1 + 23000 / 1,21 − 42000 + 12100 / 1,21
        #   = (25300 + 23000) / 1,21 − 42000 + 10000
        "net_present_value": Fraction(48300) / Fraction("1.21") - 32000,
        "net_present_value_without_support": Fraction(48300) / Fraction("1.21") - 50000,
    }
    assert result.payback is Payback.AFTER_YEARS
    assert result.empty_lines == ()
    # Without support 60 / 23 is more than the 2 years, with support it is less.
    assert result.notices == ()
    assert investment_feeds(result) == {"payback_years": Fraction(42, 23)}


def test_the_cash_of_each_year_by_hand() -> None:
    start, first, last = investment(COBOT).cash_years
    assert (start.year, start.cash, start.cumulative) == (0, -42000, -42000)
    assert (first.cash, first.cumulative) == (23000, -19000)
    assert (last.year, last.cash, last.cumulative) == (2, 35100, 16100)  # 23000 + 12100
    assert last.discounted == Fraction(35100) / Fraction("1.21")
    undiscounted = investment(replace(COBOT, discount_percent=None)).cash_years
    assert undiscounted[1].discounted is None
    assert undiscounted[1].cash == 23000


def test_no_interest_means_no_discount() -> None:
    result = investment(replace(COBOT, discount_percent=Decimal(0)))
    # 2 × 23000 − 42000 + 12100
    assert result.sheet.value("net_present_value") == 16100


@pytest.mark.parametrize(
    ("changes", "payback"),
    [
        ({"running_cost": Decimal(26000)}, Payback.NEVER),
        ({"running_cost": Decimal(30000)}, Payback.NEVER),
        ({"support_percent": Decimal(100)}, Payback.AT_ONCE),
        ({"support_percent": Decimal(100), "running_cost": Decimal(30000)}, Payback.NEVER),
        ({"capital": Decimal(0), "introduction_cost": None}, Payback.AT_ONCE),
    ],
)
def test_nothing_is_ever_divided_by_zero(changes, payback) -> None:
    result = investment(replace(COBOT, **changes))
    assert result.payback is payback
    if payback is Payback.NEVER:
        assert result.sheet["payback_years"].is_impossible
        assert investment_feeds(result) == {}
    else:
        assert investment_feeds(result) == {"payback_years": 0}


def test_only_a_price_is_no_investment_case_yet() -> None:
    result = investment(InvestmentInputs(capital=Decimal(50000)))
    assert result.payback is Payback.UNKNOWN
    assert result.cash_years == ()
    assert result.sheet.value("own_investment") == 50000
    assert result.sheet["own_investment"].left_out == ("support",)
    assert "payback_years" in result.empty_lines
    assert investment_feeds(result) == {}


def test_empty_effects_are_left_out_and_named() -> None:
    result = investment(replace(COBOT, guidance_hours=None, running_cost=None, residual_value=None))
    assert result.sheet.value("cash_flow") == 18000
    assert result.sheet["benefit"].left_out == ("guidance_effect",)
    assert result.sheet["cash_flow"].left_out == ("running",)
    assert result.sheet["net_present_value"].left_out == ("residual_value",)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"support_amount": Decimal(60000)}, "support_above_cost"),
        ({"errors_after_percent": Decimal(5), "years": Decimal(4)}, "more_errors"),
        ({"years": Decimal(1)}, "paid_back_too_late"),
    ],
)
def test_what_does_not_fit_together_is_told(changes, code) -> None:
    notices = investment(replace(COBOT, **changes)).notices
    assert [notice.code for notice in notices] == [code]
    assert len(notices[0].figures) == 2


def test_support_never_makes_the_own_part_negative() -> None:
    assert (
        investment(replace(COBOT, support_amount=Decimal(90000))).sheet.value("own_investment") == 0
    )


cases = inputs_of(InvestmentInputs)
full_cases = inputs_of(
    InvestmentInputs,
    volume=st.integers(0, 1000).map(Decimal),
    output_gain_percent=st.integers(0, 50).map(Decimal),
    unit_margin=st.integers(0, 50).map(Decimal),
    years=st.integers(1, 12).map(Decimal),
    discount_percent=st.decimals(0, 30, places=1),
)


def sheet_of(some, **changes):
    return calculate(LINES, values_of(some) | changes)


@given(full_cases)
def test_the_present_value_is_that_of_the_years_one_by_one(some) -> None:
    """Slow reference: each year's cash in money of today."""
    result = investment(some)
    expected = sum(year.discounted for year in result.cash_years)
    assert result.sheet.value("net_present_value") == expected
    assert len(result.cash_years) == int(some.years) + 1


@given(full_cases)
def test_after_the_payback_exactly_nothing_is_owed(some) -> None:
    result = investment(some)
    sheet = result.sheet
    if result.payback is Payback.AFTER_YEARS:
        paid = sheet.value("payback_years") * sheet.value("cash_flow")
        assert paid - sheet.value("own_investment") == 0


@given(
    full_cases,
    st.sampled_from(["capital", "introduction_cost", "running_cost", "errors_after_percent"]),
    st.fractions(0, 50, max_denominator=10),
)
def test_the_present_value_falls_with_every_cost(some, name, extra) -> None:
    """With support as an amount: a percentage could pay the whole extra."""
    some = replace(some, support_percent=None)
    before = sheet_of(some)
    dearer = sheet_of(some, **{name: Fraction(getattr(some, name) or 0) + extra})
    if name == "errors_after_percent" and some.errors_after_percent is None:
        return  # The effect itself only appears now, and may be a gain.
    assert dearer.value("net_present_value") <= before.value("net_present_value")


@given(full_cases)
def test_support_only_helps(some) -> None:
    sheet = sheet_of(some)
    helped, alone = (
        sheet.value("net_present_value"),
        sheet.value("net_present_value_without_support"),
    )
    assert helped >= alone


@given(cases)
def test_doubling_all_prices_leaves_the_payback_alone(some) -> None:
    money = {
        *("capital", "introduction_cost", "running_cost", "support_amount"),
        *("unit_margin", "error_cost", "guidance_rate", "residual_value"),
    }
    values = values_of(some)
    doubled = sheet_of(some, **{n: values[n] * 2 for n in money if values[n] is not None})
    before = sheet_of(some)
    assert doubled.value("payback_years") == before.value("payback_years")
    for key in ("cash_flow", "net_present_value", "own_investment"):
        value = before.value(key)
        assert doubled.value(key) == (None if value is None else 2 * value)


@given(cases)
def test_any_case_has_an_outcome(some) -> None:
    result = investment(some)
    sheet = result.sheet
    known = sheet.value("cash_flow") is not None
    assert (result.payback is Payback.UNKNOWN) == (not known)
    assert result.payback_without_support is not Payback.UNKNOWN or not known
    assert ("payback_years" in investment_feeds(result)) == (
        result.payback in {Payback.AFTER_YEARS, Payback.AT_ONCE}
    )
