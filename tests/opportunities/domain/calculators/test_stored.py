"""Inputs go to JSON and come back exactly, or are refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.opportunities.domain.calculators.catalogue import CALCULATORS, Calculator
from assessments.opportunities.domain.calculators.enclave import EnclaveInputs
from assessments.opportunities.domain.calculators.purchasing import Member, Tier
from assessments.opportunities.domain.calculators.running import (
    NoNormError,
    Surroundings,
    feeds,
    figures,
    run,
)
from assessments.opportunities.domain.calculators.stored import (
    UnreadableError,
    decode,
    encode,
)
from portal.common.vocabulary import GuidanceLevel
from tests.opportunities.domain.calculators.strategies import inputs_of
from tests.opportunities.domain.calculators.test_investment import COBOT
from tests.opportunities.domain.calculators.test_purchasing import STEEL
from tests.opportunities.domain.calculators.test_reshoring import BARE, FULL

NORM = {GuidanceLevel.HOOG: Decimal(7), GuidanceLevel.MIDDEN: Decimal(10), GuidanceLevel.LAAG: 13}
AROUND = Surroundings(NORM, date(2026, 11, 25))
EVERY = pytest.mark.parametrize("calculator", list(Calculator))


def any_inputs(calculator: Calculator):
    """Valid inputs of a calculator; a text that is asked for is not empty."""
    rows = {}
    if calculator is Calculator.PURCHASING:
        name = st.text("abcdé", min_size=1, max_size=5)
        rows = {
            "members": st.lists(inputs_of(Member, name=name), max_size=3).map(tuple),
            "tiers": st.lists(inputs_of(Tier), max_size=3).map(tuple),
        }
    return inputs_of(CALCULATORS[calculator].inputs, **rows)


@EVERY
@given(data=st.data())
def test_what_goes_in_comes_out(calculator: Calculator, data) -> None:
    inputs = data.draw(any_inputs(calculator))
    stored = json.loads(json.dumps(encode(calculator, inputs)))
    again = decode(calculator, stored)
    assert again == inputs
    assert encode(calculator, again) == stored
    assert feeds(figures(calculator, again, AROUND)) == feeds(run(calculator, inputs, AROUND))


def test_numbers_are_exact_text_and_what_is_empty_is_left_out() -> None:
    stored = encode(Calculator.RESHORING, replace(BARE, rework_cost=Decimal("2.2100")))
    assert stored == {
        "volume": "3650", "foreign_price": "10", "exchange_rate": "0.9", "rework_cost": "2.21",
    }  # fmt: skip


def test_equal_inputs_are_stored_alike() -> None:
    some, same = (replace(COBOT, capital=Decimal(text)) for text in ("5E+4", "50000.00"))
    assert encode(Calculator.INVESTMENT, some) == encode(Calculator.INVESTMENT, same)


@pytest.mark.parametrize(
    ("calculator", "stored"),
    [
        (Calculator.RESHORING, {}),
        (Calculator.RESHORING, {"volume": "1", "foreign_price": "1"}),
        (Calculator.INVESTMENT, {"capital": 5}),
        (Calculator.INVESTMENT, {"capital": True}),
        (Calculator.INVESTMENT, {"capital": "veel"}),
        (Calculator.INVESTMENT, {"capital": "-1"}),
        (Calculator.INVESTMENT, {"capital": "NaN"}),
        (Calculator.INVESTMENT, {"capital": "1e-999999"}),
        (Calculator.INVESTMENT, {"capital": "5", "years": "1.5"}),
        (Calculator.ENCLAVE, {"core_activity": "yes"}),
        (Calculator.ENCLAVE, {"core_activity": True, "start": "morgen"}),
        (Calculator.ENCLAVE, {"core_activity": True, "planned_presence": "soms"}),
        (Calculator.PURCHASING, {"members": {}}),
        (Calculator.PURCHASING, {"members": ["Wilg"]}),
        (Calculator.PURCHASING, {"members": [{"name": "Wilg"}]}),
        (Calculator.PURCHASING, {"members": [{"name": "Wilg", "volume": "1"}] * 51}),
    ],
)
def test_what_does_not_fit_is_refused(calculator: Calculator, stored) -> None:
    with pytest.raises(UnreadableError):
        decode(calculator, stored)


def test_a_field_of_an_earlier_version_is_left_aside() -> None:
    stored = encode(Calculator.PURCHASING, STEEL) | {"colour": "blauw"}
    assert decode(Calculator.PURCHASING, stored) == STEEL


def test_figures_leave_out_only_what_a_page_shows() -> None:
    light, whole = (
        figures(Calculator.RESHORING, FULL, AROUND),
        run(Calculator.RESHORING, FULL, AROUND),
    )
    assert light.sheet == whole.sheet
    assert feeds(light) == feeds(whole)
    # (14,80 − 16,006…) ÷ 16,006…, as in the example by hand.
    assert round(feeds(light)["local_cost_premium_percent"], 2) == Fraction("-7.54")


def test_without_a_norm_no_enclave_is_planned() -> None:
    nothing = Surroundings({}, date(2026, 11, 25))
    with pytest.raises(NoNormError):
        run(Calculator.ENCLAVE, EnclaveInputs(core_activity=True), nothing)
    assert run(Calculator.INVESTMENT, COBOT, nothing).sheet.value("benefit") == 26000
