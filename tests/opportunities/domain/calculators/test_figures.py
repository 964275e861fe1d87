"""Fields as data: what is plausible, and rounding at the edge."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.opportunities.domain.calculators.figures import (
    FieldKind,
    Problem,
    Unit,
    choice,
    day,
    number,
    percent,
    problems_of,
    rounded,
    specs_of,
    text,
    values_of,
    yes_no,
)


@dataclass(frozen=True, kw_only=True)
class Example:
    """One field of each kind, and a list of rows that is no field."""

    price: Decimal = field(metadata=number("money", Unit.EUR, 1000, minimum="0.01", start=5))
    share: Decimal | None = field(default=None, metadata=percent("money", usual=(0, 10)))
    agreed: bool | None = field(default=None, metadata=yes_no("other"))
    start: date | None = field(default=None, metadata=day("other"))
    way: str | None = field(default=None, metadata=choice("other", ("on", "off")))
    name: str = field(default="", metadata=text("other", 4))
    rows: tuple[int, ...] = ()


SPECS = {spec.name: spec for spec in specs_of(Example)}


def test_fields_are_described_by_their_own_metadata() -> None:
    assert list(SPECS) == ["price", "share", "agreed", "start", "way", "name"]
    assert SPECS["price"].required
    assert not SPECS["share"].required
    assert (SPECS["price"].start, SPECS["price"].decimals) == (Decimal(5), 2)
    assert SPECS["share"].usual == (Decimal(0), Decimal(10))
    assert SPECS["share"].unit is Unit.PERCENT
    assert SPECS["way"].kind is FieldKind.CHOICE


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("price", None, Problem.REQUIRED),
        ("price", Decimal("0.01"), None),
        ("price", Decimal(0), Problem.TOO_LOW),
        ("price", Decimal(-3), Problem.TOO_LOW),
        ("price", Decimal(1000), None),
        ("price", Decimal("1000.01"), Problem.TOO_HIGH),
        ("price", Decimal("1e999999"), Problem.TOO_HIGH),
        ("price", Decimal("1.125"), Problem.TOO_MANY_DECIMALS),
        ("price", Decimal("12.5000"), None),
        ("price", Decimal("1E+2"), None),
        ("price", Decimal("NaN"), Problem.NOT_A_NUMBER),
        ("price", Decimal("Infinity"), Problem.NOT_A_NUMBER),
        ("share", None, None),
        ("share", Decimal("0.000"), None),
        ("share", Decimal("0E-900000"), None),
        ("share", Decimal("1e-999999"), Problem.TOO_MANY_DECIMALS),
        ("agreed", False, None),
        ("start", date(2026, 11, 25), None),
        ("start", date(1026, 11, 25), Problem.TOO_LOW),
        ("start", date(9026, 11, 25), Problem.TOO_HIGH),
        ("way", "on", None),
        ("way", "sideways", Problem.REQUIRED),
        ("way", "", None),
        ("name", "Wilg", None),
        ("name", "Wilgen", Problem.TOO_LONG),
    ],
)
def test_each_value_is_held_against_its_field(name, value, problem) -> None:
    assert SPECS[name].problem(value) is problem


def test_the_problems_of_a_whole_form() -> None:
    assert problems_of(Example(price=Decimal(12))) == {}
    wrong = Example(price=Decimal(-1), share=Decimal(101), name="Beuken")
    assert problems_of(wrong) == {
        "price": Problem.TOO_LOW,
        "share": Problem.TOO_HIGH,
        "name": Problem.TOO_LONG,
    }


def test_values_are_exact_and_empty_stays_empty() -> None:
    assert values_of(Example(price=Decimal("0.1"), agreed=True)) == {
        "price": Fraction(1, 10),
        "share": None,
        "agreed": Fraction(1),
    }


def test_a_half_goes_up_away_from_zero() -> None:
    assert rounded(Fraction("0.125"), 2) == Decimal("0.13")
    assert rounded(Fraction("-0.125"), 2) == Decimal("-0.13")
    assert rounded(Fraction(1, 3), 4) == Decimal("0.3333")
    assert str(rounded(Fraction(5), 2)) == "5.00"
    assert str(rounded(Fraction(-1, 1000), 2)) == "0.00"
    assert rounded(Fraction(10**40 + 1, 2), 0) == Decimal((10**40 + 2) // 2)


@given(st.decimals(-10_000, 10_000, places=6), st.integers(0, 5))
def test_rounding_agrees_with_decimal(value: Decimal, decimals: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert rounded(Fraction(value), decimals) == expected
