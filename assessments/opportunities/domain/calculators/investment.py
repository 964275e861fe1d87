"""Investment in operator support or a cobot: what it brings, and when it is paid back.

Source: the usual simple payback and net present value. What it may bring follows the
study (2018, factories of the future): fewer errors and more capacity after cobots and
projected work instructions; and support measures lower what the firm pays itself.
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
from assessments.opportunities.domain.calculators.functions import (
    Annuity,
    Known,
    Minus,
    at_least_zero,
    known_of,
)
from assessments.opportunities.domain.calculators.sheet import (
    Certainty,
    LineSpec,
    Notice,
    Severity,
    Sheet,
    Source,
    calculate,
)

COST: Final = "cost"
SUPPORT: Final = "support"
OUTPUT: Final = "output"
ERRORS: Final = "errors"
GUIDANCE: Final = "guidance"
VALUE: Final = "value"
RESULT: Final = "result"

AMOUNT: Final = 100_000_000
LONGEST: Final = 30

SUPPORT_ABOVE_COST: Final = "support_above_cost"
MORE_ERRORS: Final = "more_errors"
PAID_BACK_TOO_LATE: Final = "paid_back_too_late"
CODES: Final = (SUPPORT_ABOVE_COST, MORE_ERRORS, PAID_BACK_TOO_LATE)


def _amount(group: str, unit: Unit = Unit.EUR) -> dict[str, Any]:
    return number(group, unit, AMOUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentInputs:
    """One investment; ``None`` is an empty field, amounts without VAT."""

    capital: Decimal = field(metadata=_amount(COST))
    introduction_cost: Decimal | None = field(default=None, metadata=_amount(COST))
    running_cost: Decimal | None = field(default=None, metadata=_amount(COST, Unit.EUR_PER_YEAR))

    support_amount: Decimal | None = field(default=None, metadata=_amount(SUPPORT))
    support_percent: Decimal | None = field(default=None, metadata=percent(SUPPORT))

    volume: Decimal | None = field(
        default=None,
        metadata=number(OUTPUT, Unit.UNITS_PER_YEAR, 1_000_000_000, decimals=0),
    )
    output_gain_percent: Decimal | None = field(
        default=None, metadata=percent(OUTPUT, 1_000, minimum=-100)
    )
    unit_margin: Decimal | None = field(
        default=None, metadata=number(OUTPUT, Unit.EUR_PER_UNIT, 1_000_000, decimals=4)
    )

    errors_before_percent: Decimal | None = field(default=None, metadata=percent(ERRORS))
    errors_after_percent: Decimal | None = field(default=None, metadata=percent(ERRORS))
    error_cost: Decimal | None = field(
        default=None, metadata=number(ERRORS, Unit.EUR_PER_UNIT, 1_000_000, decimals=4)
    )

    guidance_hours: Decimal | None = field(
        default=None, metadata=number(GUIDANCE, Unit.HOURS, 100_000, minimum=-100_000, decimals=1)
    )
    guidance_rate: Decimal | None = field(
        default=None, metadata=number(GUIDANCE, Unit.EUR_PER_HOUR, 1_000)
    )

    years: Decimal | None = field(
        default=None, metadata=number(VALUE, Unit.YEARS, LONGEST, minimum=1, decimals=0)
    )
    discount_percent: Decimal | None = field(default=None, metadata=percent(VALUE, 50))
    residual_value: Decimal | None = field(default=None, metadata=_amount(VALUE))


class Payback(StrEnum):
    """Whether the investment earns itself back."""

    AFTER_YEARS = "after_years"
    AT_ONCE = "at_once"
    NEVER = "never"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CashYear:
    """One year, EUR: what comes in, and what has come in so far less the investment.

    Year 0 is the investment itself; the last year has the residual value in it.
    ``discounted`` is the year's cash in money of today, None while the rate is empty.
    """

    year: int
    cash: Fraction
    cumulative: Fraction
    discounted: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentResult:
    """The sheet, the payback with its kind, and the cash of each year.

    ``cash_years`` is empty while the yearly cash flow or the number of years is unknown.
    """

    sheet: Sheet
    payback: Payback
    payback_without_support: Payback
    cash_years: tuple[CashYear, ...]
    empty_lines: tuple[str, ...]
    notices: tuple[Notice, ...]


def _line(
    key: str, group: str, unit: Unit, formula: Formula, certainty: Certainty | None = None
) -> LineSpec:
    return LineSpec(key=key, group=group, unit=unit, formula=formula, certainty=certainty)


_PER_YEAR: Final = Unit.EUR_PER_YEAR
_COST_LINES: Final = (
    _line("purchase", COST, Unit.EUR, Ref("capital"), Certainty.HARD),
    _line("introduction", COST, Unit.EUR, Ref("introduction_cost"), Certainty.PROBABLE),
    _line("investment", COST, Unit.EUR, known_of("purchase", "introduction", needs=1)),
    _line(
        "support",
        SUPPORT,
        Unit.EUR,
        Known((Ref("support_amount"), Share("support_percent") * Ref("investment"))),
        Certainty.PROBABLE,
    ),
    _line(
        "own_investment",
        SUPPORT,
        Unit.EUR,
        at_least_zero(Known((Ref("investment"), Minus(Ref("support"))), needs=1)),
    ),
)
_EFFECT_LINES: Final = (
    _line(
        "output_effect",
        OUTPUT,
        _PER_YEAR,
        Ref("volume") * Share("output_gain_percent") * Ref("unit_margin"),
        Certainty.PROBABLE,
    ),
    _line(
        "error_effect",
        ERRORS,
        _PER_YEAR,
        Ref("volume")
        * (Share("errors_before_percent") - Share("errors_after_percent"))
        * Ref("error_cost"),
        Certainty.PROBABLE,
    ),
    _line(
        "guidance_effect",
        GUIDANCE,
        _PER_YEAR,
        Ref("guidance_hours") * Ref("guidance_rate"),
        Certainty.ESTIMATE,
    ),
    _line(
        "benefit", RESULT, _PER_YEAR, known_of("output_effect", "error_effect", "guidance_effect")
    ),
)
_YEARS: Final = Ref("years")
_RATE: Final = Share("discount_percent")
# Only money that comes in pays anything back; otherwise the division is by 0.
_COMING_IN: Final = at_least_zero(Ref("cash_flow"))


def _net_present_value(own: str) -> Formula:
    """Cash of all years in money of today, less what is paid now."""
    return Known(
        (
            Ref("cash_flow") / Annuity(_RATE, _YEARS),
            Minus(Ref(own)),
            Ref("residual_value") / (1 + _RATE) ** _YEARS,
        ),
        needs=2,
    )


_RESULT_LINES: Final = (
    _line("running", COST, _PER_YEAR, Ref("running_cost"), Certainty.HARD),
    _line("cash_flow", RESULT, _PER_YEAR, Known((Ref("benefit"), Minus(Ref("running"))), needs=1)),
    _line("payback_years", RESULT, Unit.YEARS, Ref("own_investment") / _COMING_IN),
    _line("payback_years_without_support", RESULT, Unit.YEARS, Ref("investment") / _COMING_IN),
    _line("net_present_value", RESULT, Unit.EUR, _net_present_value("own_investment")),
    _line("net_present_value_without_support", RESULT, Unit.EUR, _net_present_value("investment")),
)
LINES: Final = (*_COST_LINES, *_EFFECT_LINES, *_RESULT_LINES)


def investment(inputs: InvestmentInputs) -> InvestmentResult:
    """The whole calculation. Cash comes at the end of each year and is the same each year."""
    values = values_of(inputs)
    sheet = calculate(LINES, values)
    return InvestmentResult(
        sheet=sheet,
        payback=_payback(sheet, "own_investment"),
        payback_without_support=_payback(sheet, "investment"),
        cash_years=_cash_years(sheet, values),
        empty_lines=sheet.empty,
        notices=_notices(sheet, values),
    )


def investment_feeds(result: InvestmentResult) -> Mapping[str, Fraction]:
    """``payback_years``; 0 when nothing has to be paid, absent when it is never paid back."""
    if result.payback is Payback.AT_ONCE:
        return {"payback_years": Fraction(0)}
    years = result.sheet.value("payback_years")
    return {} if years is None else {"payback_years": years}


def _payback(sheet: Sheet, own: str) -> Payback:
    cash, paid = sheet.value("cash_flow"), sheet.value(own)
    if cash is None or paid is None:
        return Payback.UNKNOWN
    if paid == 0 and cash >= 0:
        return Payback.AT_ONCE
    return Payback.AFTER_YEARS if cash > 0 else Payback.NEVER


def _cash_years(sheet: Sheet, values: Mapping[str, Fraction | None]) -> tuple[CashYear, ...]:
    cash, paid, years = sheet.value("cash_flow"), sheet.value("own_investment"), values["years"]
    if cash is None or paid is None or years is None:
        return ()
    rate, residual = values["discount_percent"], values["residual_value"] or Fraction(0)
    rows = []
    cumulative = Fraction(0)
    for year in range(int(years) + 1):
        amount = cash if year else -paid
        if year == int(years):
            amount += residual
        cumulative += amount
        discounted = None if rate is None else Fraction(amount / (1 + rate / 100) ** year)
        rows.append(CashYear(year=year, cash=amount, cumulative=cumulative, discounted=discounted))
    return tuple(rows)


def _notices(sheet: Sheet, values: Mapping[str, Fraction | None]) -> tuple[Notice, ...]:
    pairs = {
        SUPPORT_ABOVE_COST: ("support", sheet.value("support"), "investment"),
        MORE_ERRORS: (
            "errors_after_percent",
            values["errors_after_percent"],
            "errors_before_percent",
        ),
        PAID_BACK_TOO_LATE: ("payback_years", sheet.value("payback_years"), "years"),
    }
    known = {**values, "investment": sheet.value("investment")}
    return tuple(
        Notice(
            code=code,
            severity=Severity.WARNING,
            source=Source.ARITHMETIC,
            figures={larger: above, smaller: below},
        )
        for code, (larger, above, smaller) in pairs.items()
        if above is not None and (below := known[smaller]) is not None and above > below
    )
