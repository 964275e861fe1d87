"""Reshoring: what must hold for any product."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.opportunities.domain.calculators.figures import Unit, specs_of, values_of
from assessments.opportunities.domain.calculators.reshoring import reshoring
from assessments.opportunities.domain.calculators.reshoring_inputs import (
    FORECAST,
    LOCAL,
    STRATEGIC,
    ReshoringInputs,
)
from assessments.opportunities.domain.calculators.reshoring_lines import COST_KEYS, LINES
from assessments.opportunities.domain.calculators.sheet import calculate
from tests.opportunities.domain.calculators.strategies import inputs_of

SPECS = {spec.name: spec for spec in specs_of(ReshoringInputs)}
inputs = inputs_of(ReshoringInputs)
PRICES = {
    Unit.EUR,
    Unit.EUR_PER_UNIT,
    Unit.EUR_PER_YEAR,
    Unit.EUR_PER_HOUR,
    Unit.EUR_PER_DAY,
    Unit.EUR_PER_TONNE,
    Unit.CURRENCY_PER_UNIT,
}
# More of these may well cost less: they spread a cost, lower a levy, or choose a way.
NOT_RISING = {
    "volume",
    "air_share_percent",
    "units_per_shipment",
    "lot_size",
    "tooling_years",
    "benchmark_emissions",
    "carbon_paid_abroad",
}
RISING = sorted(
    name
    for name, spec in SPECS.items()
    if name not in NOT_RISING and spec.group not in {FORECAST, LOCAL, STRATEGIC}
)
LOCAL_COSTS = sorted(
    name
    for name, spec in SPECS.items()
    if spec.group == LOCAL and name not in {"wage_premium", "guidance_premium"}
)


def sheet_of(given_inputs, **changes):
    values = values_of(given_inputs) | changes
    return calculate(LINES, values, values["volume"])


extras = st.fractions(min_value=0, max_value=50, max_denominator=100)
# A local cost is only known with the labour in it.
with_labour = inputs_of(
    ReshoringInputs,
    local_minutes=st.decimals(0, 500, places=1),
    local_wage=st.decimals(0, 100, places=2),
)


def more_of(some, name, extra):
    return {name: Fraction(getattr(some, name) or 0) + extra}


@settings(max_examples=40)
@given(inputs, st.sampled_from(RISING), extras)
def test_the_total_rises_with_every_cost(some, name, extra) -> None:
    """Also from empty to filled in: a cost can only be added."""
    tco = sheet_of(some).value("tco")
    assert sheet_of(some, **more_of(some, name, extra)).value("tco") >= tco


@settings(max_examples=40)
@given(with_labour, st.sampled_from(LOCAL_COSTS), extras)
def test_the_local_cost_rises_and_the_difference_falls(some, name, extra) -> None:
    sheet = sheet_of(some)
    dearer = sheet_of(some, **more_of(some, name, extra))
    assert dearer.value("local_cost") >= sheet.value("local_cost")
    assert dearer.value("difference") <= sheet.value("difference")
    assert dearer.value("tco") == sheet.value("tco")


@settings(max_examples=40)
@given(inputs)
def test_at_the_break_even_price_there_is_no_difference(some) -> None:
    price = sheet_of(some).value("break_even_price")
    extras = dict.fromkeys(LOCAL_COSTS)
    sheet = sheet_of(some, **extras | {"local_minutes": Fraction(60), "local_wage": price})
    assert sheet.value("difference") == 0
    assert sheet.value("local_premium_percent") == 0


@settings(max_examples=40)
@given(inputs)
def test_totals_add_up_exactly_what_is_known(some) -> None:
    """Slow reference: the lines one by one, skipping the empty ones."""
    sheet = sheet_of(some)
    total, lacking = Fraction(0), []
    for key in COST_KEYS:
        if sheet[key].value is None:
            lacking.append(key)
        else:
            total += sheet[key].value
    assert sheet.value("tco") == total
    assert set(sheet["tco"].left_out) == set(lacking)


def users_of(name: str) -> set[str]:
    """Lines that rest on a field, straight or through another line."""
    found = {name}
    for spec in LINES:
        if found & set(spec.formula.symbols()):
            found.add(spec.key)
    return found


@settings(max_examples=40)
@given(inputs, st.sampled_from([name for name, spec in SPECS.items() if not spec.required]))
def test_emptying_a_field_leaves_every_line_alone_that_does_not_use_it(some, name) -> None:
    before, after = sheet_of(some), sheet_of(some, **{name: None})
    using = users_of(name)
    for key, line in before.lines.items():
        if key not in using:
            assert after[key] == line


@settings(max_examples=40)
@given(inputs)
def test_an_empty_line_names_fields_that_are_really_empty(some) -> None:
    sheet = sheet_of(some)
    for line in sheet.lines.values():
        assert all(getattr(some, name) is None for name in line.missing)
        # Nothing in this calculator divides by what can be 0.
        assert line.value is not None or line.missing
        if line.value is not None:
            assert line.missing == ()


@settings(max_examples=40)
@given(inputs)
def test_doubling_all_prices_doubles_the_totals(some) -> None:
    values = values_of(some)
    doubled = {
        name: value * 2
        for name, value in values.items()
        if value is not None and SPECS[name].unit in PRICES
    }
    before, after = sheet_of(some), sheet_of(some, **doubled)
    for key in (*COST_KEYS, "tco", "local_cost", "local_cost_with_subsidy", "difference"):
        value = before.value(key)
        assert after.value(key) == (None if value is None else value * 2)
    assert after.value("premium_percent") == before.value("premium_percent")


@settings(max_examples=10)
@given(inputs)
def test_drivers_are_what_trying_each_field_gives(some) -> None:
    """Slow reference: the whole calculation again for each end of each field."""
    result = reshoring(some)
    base = result.sheet.value(result.measured)
    swings = []
    for name, spec in SPECS.items():
        value = getattr(some, name)
        if not value or spec.unit is Unit.YEARS:
            continue
        ends = []
        for part in (Fraction(9, 10), Fraction(11, 10)):
            end = min(Fraction(spec.maximum), max(Fraction(spec.minimum), Fraction(value) * part))
            moved = sheet_of(some, **{name: end})
            dropped = set(moved["tco"].left_out) - set(result.sheet["tco"].left_out)
            ends.append(base if dropped else moved.value(result.measured))
        swings.append((abs(ends[0] - ends[1]), name))
    expected = sorted((swing for swing, _ in swings if swing), reverse=True)[:5]
    assert [driver.swing for driver in result.drivers] == expected


@settings(max_examples=10)
@given(inputs)
def test_a_forecast_without_growth_is_today(some) -> None:
    still = replace(
        some,
        wage_growth_percent=0,
        currency_growth_percent=0,
        wage_share_percent=40,
        local_wage_growth_percent=0,
    )
    result = reshoring(still)
    for year in result.forecast:
        assert year.tco == result.sheet.value("tco")
        assert year.local_cost == result.sheet.value("local_cost")
        assert year.difference_with_subsidy == result.sheet.value("difference_with_subsidy")
