"""Own product: how many must be sold to cover the costs, and if the market is that large.

Source: the usual break-even of fixed cost over margin per unit. What it is for: the
study (2018, own products) sees an own product as a way to depend less on one customer,
and a market that is large enough as what decides its success.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from assessments.opportunities.domain.calculators.figures import Unit, number, percent, values_of
from assessments.opportunities.domain.calculators.formula import Formula, Ref, Share
from assessments.opportunities.domain.calculators.functions import WholeUp, at_least_zero, known_of
from assessments.opportunities.domain.calculators.sheet import (
    Certainty,
    LineSpec,
    Notice,
    Severity,
    Sheet,
    Source,
    calculate,
)

PRICE: Final = "price"
VARIABLE: Final = "variable"
FIXED: Final = "fixed"
MARKET: Final = "market"
CUSTOMER: Final = "customer"
RESULT: Final = "result"

UNIT_COST: Final = 1_000_000
YEAR_COST: Final = 100_000_000
VOLUME: Final = 1_000_000_000

ABOVE_MARKET: Final = "break_even_above_market"
ABOVE_EXPECTED: Final = "break_even_above_expected"
EXPECTED_ABOVE_MARKET: Final = "expected_above_market"
NO_MARGIN: Final = "no_margin"
CODES: Final = (ABOVE_MARKET, ABOVE_EXPECTED, EXPECTED_ABOVE_MARKET, NO_MARGIN)


def _per_unit() -> dict[str, Any]:
    return number(VARIABLE, Unit.EUR_PER_UNIT, UNIT_COST, decimals=4)


def _yearly() -> dict[str, Any]:
    return number(FIXED, Unit.EUR_PER_YEAR, YEAR_COST)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProductInputs:
    """One product of the firm's own; ``None`` is an empty field, amounts without VAT."""

    price: Decimal = field(
        metadata=number(PRICE, Unit.EUR_PER_UNIT, UNIT_COST, minimum="0.01", decimals=4)
    )

    material_cost: Decimal | None = field(default=None, metadata=_per_unit())
    labour_minutes: Decimal | None = field(
        default=None, metadata=number(VARIABLE, Unit.MINUTES, 100_000, decimals=3)
    )
    labour_rate: Decimal | None = field(
        default=None, metadata=number(VARIABLE, Unit.EUR_PER_HOUR, 1_000)
    )
    packaging_cost: Decimal | None = field(default=None, metadata=_per_unit())
    delivery_cost: Decimal | None = field(default=None, metadata=_per_unit())
    selling_percent: Decimal | None = field(default=None, metadata=percent(VARIABLE))

    development_cost: Decimal | None = field(
        default=None, metadata=number(FIXED, Unit.EUR, YEAR_COST)
    )
    development_years: Decimal | None = field(
        default=None, metadata=number(FIXED, Unit.YEARS, 20, minimum=1, decimals=0)
    )
    machine_cost: Decimal | None = field(default=None, metadata=_yearly())
    staff_cost: Decimal | None = field(default=None, metadata=_yearly())
    marketing_cost: Decimal | None = field(default=None, metadata=_yearly())
    compliance_cost: Decimal | None = field(default=None, metadata=_yearly())
    other_fixed_cost: Decimal | None = field(default=None, metadata=_yearly())

    market_volume: Decimal | None = field(
        default=None, metadata=number(MARKET, Unit.UNITS_PER_YEAR, VOLUME, minimum=1, decimals=0)
    )
    expected_volume: Decimal | None = field(
        default=None, metadata=number(MARKET, Unit.UNITS_PER_YEAR, VOLUME, decimals=0)
    )

    turnover: Decimal | None = field(
        default=None,
        metadata=number(CUSTOMER, Unit.EUR_PER_YEAR, 1_000_000_000, minimum=1),
    )
    largest_customer_percent: Decimal | None = field(default=None, metadata=percent(CUSTOMER))


class BreakEven(StrEnum):
    """Whether the costs can be covered."""

    REACHED = "reached"
    NEVER = "never"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProductResult:
    """The sheet, and whether there is a volume at which the costs are covered."""

    sheet: Sheet
    outcome: BreakEven
    empty_lines: tuple[str, ...]
    notices: tuple[Notice, ...]


def _line(
    key: str, group: str, unit: Unit, formula: Formula, certainty: Certainty | None = None
) -> LineSpec:
    return LineSpec(key=key, group=group, unit=unit, formula=formula, certainty=certainty)


_PER_UNIT: Final = Unit.EUR_PER_UNIT
_PER_YEAR: Final = Unit.EUR_PER_YEAR
_HUNDRED: Final = 100
VARIABLE_KEYS: Final = ("material", "labour", "packaging", "delivery", "selling")
FIXED_KEYS: Final = ("development", "machine", "staff", "marketing", "compliance", "other_fixed")
_COST_LINES: Final = (
    _line("material", VARIABLE, _PER_UNIT, Ref("material_cost"), Certainty.HARD),
    _line(
        "labour",
        VARIABLE,
        _PER_UNIT,
        Ref("labour_minutes") / 60 * Ref("labour_rate"),
        Certainty.PROBABLE,
    ),
    _line("packaging", VARIABLE, _PER_UNIT, Ref("packaging_cost"), Certainty.HARD),
    _line("delivery", VARIABLE, _PER_UNIT, Ref("delivery_cost"), Certainty.PROBABLE),
    _line(
        "selling", VARIABLE, _PER_UNIT, Share("selling_percent") * Ref("price"), Certainty.PROBABLE
    ),
    _line("variable_cost", VARIABLE, _PER_UNIT, known_of(*VARIABLE_KEYS)),
    _line(
        "development",
        FIXED,
        _PER_YEAR,
        Ref("development_cost") / Ref("development_years"),
        Certainty.PROBABLE,
    ),
    _line("machine", FIXED, _PER_YEAR, Ref("machine_cost"), Certainty.HARD),
    _line("staff", FIXED, _PER_YEAR, Ref("staff_cost"), Certainty.HARD),
    _line("marketing", FIXED, _PER_YEAR, Ref("marketing_cost"), Certainty.PROBABLE),
    _line("compliance", FIXED, _PER_YEAR, Ref("compliance_cost"), Certainty.PROBABLE),
    _line("other_fixed", FIXED, _PER_YEAR, Ref("other_fixed_cost"), Certainty.PROBABLE),
    _line("fixed_cost", FIXED, _PER_YEAR, known_of(*FIXED_KEYS)),
    _line("margin", RESULT, _PER_UNIT, Ref("price") - Ref("variable_cost")),
    _line("margin_percent", RESULT, Unit.PERCENT, Ref("margin") / Ref("price") * _HUNDRED),
)
# A volume to break even at exists only when each sale leaves something; otherwise the
# division is by 0, and the lines that rest on it are impossible.
_BREAK_EVEN_LINES: Final = (
    _line(
        "break_even_volume",
        RESULT,
        Unit.UNITS_PER_YEAR,
        WholeUp(Ref("fixed_cost") / at_least_zero(Ref("margin"))),
    ),
    _line("break_even_turnover", RESULT, _PER_YEAR, Ref("break_even_volume") * Ref("price")),
    _line(
        "break_even_share",
        RESULT,
        Unit.PERCENT,
        Ref("break_even_volume") / Ref("market_volume") * _HUNDRED,
    ),
)
_EXPECTED_LINES: Final = (
    _line("expected_turnover", RESULT, _PER_YEAR, Ref("expected_volume") * Ref("price")),
    _line(
        "expected_profit",
        RESULT,
        _PER_YEAR,
        Ref("expected_volume") * Ref("margin") - Ref("fixed_cost"),
    ),
    _line("customer_share_before", CUSTOMER, Unit.PERCENT, Ref("largest_customer_percent")),
    _line(
        "customer_share_after",
        CUSTOMER,
        Unit.PERCENT,
        Share("largest_customer_percent")
        * Ref("turnover")
        / (Ref("turnover") + Ref("expected_turnover"))
        * _HUNDRED,
    ),
    _line(
        "customer_share_drop",
        CUSTOMER,
        Unit.PERCENT,
        Ref("customer_share_before") - Ref("customer_share_after"),
    ),
)
LINES: Final = (*_COST_LINES, *_BREAK_EVEN_LINES, *_EXPECTED_LINES)


def own_product(inputs: OwnProductInputs) -> OwnProductResult:
    """The whole calculation; the break-even volume is rounded up to a whole unit."""
    values = values_of(inputs)
    sheet = calculate(LINES, values)
    return OwnProductResult(
        sheet=sheet,
        outcome=_outcome(sheet),
        empty_lines=sheet.empty,
        notices=_notices(sheet, values),
    )


def own_product_feeds(result: OwnProductResult) -> Mapping[str, Fraction]:
    """``break_even_share_of_market_percent``: part of the market needed to break even.

    Above 100 when the market is too small; absent while it is unknown or does not exist.
    """
    share = result.sheet.value("break_even_share")
    return {} if share is None else {"break_even_share_of_market_percent": share}


def _outcome(sheet: Sheet) -> BreakEven:
    margin = sheet.value("margin")
    if margin is not None and margin <= 0:
        return BreakEven.NEVER
    known = sheet.value("break_even_volume") is not None
    return BreakEven.REACHED if known else BreakEven.UNKNOWN


def _notices(sheet: Sheet, values: Mapping[str, Fraction | None]) -> tuple[Notice, ...]:
    """What does not fit together: volumes against each other, and a price without margin."""
    volumes = {
        "break_even_volume": sheet.value("break_even_volume"),
        "expected_volume": values["expected_volume"],
        "market_volume": values["market_volume"],
    }
    found = [
        _warning(code, {larger: above, smaller: below})
        for code, larger, smaller in (
            (ABOVE_MARKET, "break_even_volume", "market_volume"),
            (ABOVE_EXPECTED, "break_even_volume", "expected_volume"),
            (EXPECTED_ABOVE_MARKET, "expected_volume", "market_volume"),
        )
        if (above := volumes[larger]) is not None
        and (below := volumes[smaller]) is not None
        and above > below
    ]
    margin = sheet.value("margin")
    if margin is not None and margin <= 0:
        found.append(_warning(NO_MARGIN, {"margin": margin}))
    return tuple(found)


def _warning(code: str, figures: Mapping[str, Fraction]) -> Notice:
    return Notice(code=code, severity=Severity.WARNING, source=Source.ARITHMETIC, figures=figures)
