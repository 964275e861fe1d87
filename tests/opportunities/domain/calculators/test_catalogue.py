"""The five calculators side by side: what every one of them promises."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.opportunities.domain.calculators.catalogue import (
    CALCULATORS,
    Calculator,
    Definition,
)
from assessments.opportunities.domain.calculators.comparison import compare
from assessments.opportunities.domain.calculators.enclave import (
    EnclaveInputs,
    enclave,
    enclave_feeds,
)
from assessments.opportunities.domain.calculators.figures import (
    FieldKind,
    Unit,
    problems_of,
    specs_of,
    values_of,
)
from assessments.opportunities.domain.calculators.investment import (
    InvestmentInputs,
    investment,
    investment_feeds,
)
from assessments.opportunities.domain.calculators.own_product import (
    OwnProductInputs,
    own_product,
    own_product_feeds,
)
from assessments.opportunities.domain.calculators.purchasing import (
    Member,
    PurchasingInputs,
    Tier,
    purchasing,
    purchasing_feeds,
)
from assessments.opportunities.domain.calculators.reshoring import reshoring, reshoring_feeds
from assessments.opportunities.domain.calculators.reshoring_inputs import ReshoringInputs
from assessments.opportunities.domain.calculators.sheet import calculate
from portal.common.vocabulary import GuidanceLevel, Opportunity
from tests.opportunities.domain.calculators.strategies import exact_text, inputs_of, read

NORM = {GuidanceLevel.HOOG: Decimal(7), GuidanceLevel.MIDDEN: Decimal(10)} | {
    GuidanceLevel.LAAG: Decimal(13)
}


def sheets_of_enclave(inputs):
    result = enclave(inputs, fte_per_guide=NORM, today=date(2026, 11, 25))
    return [result.sheet], enclave_feeds(result), result.notices


def sheets_of_purchasing(inputs):
    result = purchasing(inputs)
    rows = [one.sheet for one in result.members]
    return [result.sheet, *rows], purchasing_feeds(result), result.notices


def plainly(calculate_all, feeds):
    def run(inputs):
        result = calculate_all(inputs)
        return [result.sheet], feeds(result), result.notices

    return run


RUNS = {
    Calculator.RESHORING: (inputs_of(ReshoringInputs), plainly(reshoring, reshoring_feeds)),
    Calculator.OWN_PRODUCT: (inputs_of(OwnProductInputs), plainly(own_product, own_product_feeds)),
    Calculator.ENCLAVE: (inputs_of(EnclaveInputs), sheets_of_enclave),
    Calculator.INVESTMENT: (inputs_of(InvestmentInputs), plainly(investment, investment_feeds)),
    Calculator.PURCHASING: (
        inputs_of(
            PurchasingInputs,
            members=st.lists(inputs_of(Member), max_size=3).map(tuple),
            tiers=st.lists(inputs_of(Tier), max_size=3).map(tuple),
        ),
        sheets_of_purchasing,
    ),
}
DEFINITIONS = pytest.mark.parametrize("definition", CALCULATORS.values(), ids=list(CALCULATORS))


def test_there_is_a_calculator_for_each_opportunity() -> None:
    assert set(CALCULATORS) == set(Calculator) == set(RUNS)
    assert {one.opportunity for one in CALCULATORS.values()} == set(Opportunity)


@DEFINITIONS
def test_names_are_told_apart(definition: Definition) -> None:
    """A formula finds fields, lines and found values by name: no name may be twice."""
    for fields, lines in (
        (definition.fields, definition.lines),
        *((row.fields, definition.row_lines) for row in definition.rows.values()),
    ):
        names = [spec.name for spec in fields] + [line.key for line in lines]
        names += definition.values
        assert len(set(names)) == len(names)
    assert len(set(definition.notices)) == len(definition.notices)
    assert definition.groups


@DEFINITIONS
def test_every_field_is_used_or_is_a_score_a_date_or_an_answer(definition: Definition) -> None:
    used = {name for line in definition.all_lines for name in line.formula.symbols()}
    # Only the forecast uses the growth of wages here.
    apart = {"local_wage_growth_percent", "from_volume", "price"}
    for spec in definition.all_fields:
        counts = spec.kind is FieldKind.NUMBER and spec.unit is not Unit.SCORE
        assert spec.name in used | apart or not counts, spec.name


@DEFINITIONS
def test_every_name_in_a_formula_has_a_unit_to_write_it_with(definition: Definition) -> None:
    for line in definition.all_lines:
        assert set(line.formula.symbols()) <= set(definition.units)


@DEFINITIONS
def test_bounds_are_plausible_and_start_values_lie_within(definition: Definition) -> None:
    for spec in definition.all_fields:
        if spec.kind is FieldKind.NUMBER:
            assert spec.minimum < spec.maximum, spec.name
            for value in (spec.start, *(spec.usual or ())):
                assert value is None or spec.problem(value) is None, spec.name
        if spec.kind is FieldKind.CHOICE:
            assert len(spec.choices) > 1


@pytest.mark.parametrize("calculator", Calculator)
def test_any_valid_input_gives_a_result_that_reads_as_it_was_calculated(calculator) -> None:
    strategy, run = RUNS[calculator]
    definition = CALCULATORS[calculator]
    percents = {spec.name for spec in definition.all_fields if spec.unit is Unit.PERCENT}

    @settings(max_examples=15)
    @given(strategy)
    def check(inputs) -> None:
        assert problems_of(inputs) == {}
        sheets, feeds, notices = run(inputs)
        assert set(feeds) <= set(definition.feeds)
        assert {notice.code for notice in notices} <= set(definition.notices)
        for sheet in sheets:
            for line in sheet.lines.values():
                if line.value is None:
                    continue
                texts = {
                    name: exact_text(value, percent=name in percents)
                    for name, value in line.used.items()
                }
                # This one shows a percentage as it is, where others take a part of one.
                if line.key != "customer_share_before":
                    # An empty part that does not matter is read as nothing.
                    assert read(line.filled(texts, empty="0")) == line.value

    check()


def test_the_largest_and_smallest_plausible_values_are_no_trouble() -> None:
    for end in ("minimum", "maximum"):
        for inputs_class, run in (
            (ReshoringInputs, reshoring),
            (OwnProductInputs, own_product),
            (InvestmentInputs, investment),
        ):
            values = {spec.name: getattr(spec, end) for spec in specs_of(inputs_class)}
            result = run(inputs_class(**values))
            assert result.sheet.empty == ()


def test_scenarios_are_compared_line_by_line_with_the_first() -> None:
    lines = CALCULATORS[Calculator.OWN_PRODUCT].lines
    first, second, third = (
        calculate(lines, values_of(OwnProductInputs(price=Decimal(price), material_cost=material)))
        for price, material in ((10, Decimal(4)), (12, Decimal(4)), (12, None))
    )
    compared = {line.spec.key: line for line in compare([first, second, third])}
    assert compared["margin"].values == (6, 8, None)
    assert compared["margin"].differences == (0, 2, None)
    assert compared["margin_percent"].differences[1] == Fraction(800, 12) - 60
    assert not compared["margin"].is_equal
    assert compared["labour"].is_equal
    assert list(compared) == list(first.lines)


def test_a_scenario_without_the_line_has_no_value_there() -> None:
    lines = CALCULATORS[Calculator.OWN_PRODUCT].lines
    values = values_of(OwnProductInputs(price=Decimal(10), material_cost=Decimal(4)))
    compared = compare([calculate(lines, values), calculate(lines[:1], values)])
    assert compared[0].values == (4, 4)
    assert compared[5].values == (4, None)


def test_there_must_be_something_to_compare() -> None:
    with pytest.raises(ValueError, match="nothing to compare"):
        compare([])


def test_a_group_of_lines_in_order() -> None:
    sheet = reshoring(
        ReshoringInputs(volume=Decimal(1), foreign_price=Decimal(1), exchange_rate=Decimal(1))
    ).sheet
    assert [line.key for line in sheet.group("quality")] == ["defects", "inspection"]
