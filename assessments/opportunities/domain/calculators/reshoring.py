"""Reshoring: the total cost of buying abroad against making it here.

Source: the table of cost factors in the domain facts, section 3.3, after the usual
models of the total cost of ownership. Factor 27, the strategic scores, stays apart: a
score and an amount are never added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assessments.opportunities.domain.calculators.figures import (
    FieldKind,
    FieldSpec,
    Unit,
    specs_of,
    values_of,
)
from assessments.opportunities.domain.calculators.formula import Environment
from assessments.opportunities.domain.calculators.reshoring_inputs import (
    SCORES,
    ReshoringInputs,
)
from assessments.opportunities.domain.calculators.reshoring_lines import (
    COST_KEYS,
    FORECAST_PRICE,
    LINES,
    lines_in,
)
from assessments.opportunities.domain.calculators.sheet import (
    Calculated,
    Certainty,
    Line,
    Notice,
    Severity,
    Sheet,
    Source,
    calculate,
    evaluate,
)

FORECAST_YEARS: Final = 5
LARGEST_DRIVERS: Final = 5
# A driver is moved up and down by this part of itself.
SWING: Final = Fraction(1, 10)

RATE_AND_OBSOLESCENCE: Final = "rate_and_obsolescence"
LEAD_TIME_AND_LOST_SALES: Final = "lead_time_and_lost_sales"
LEAD_TIME_AND_OBSOLESCENCE: Final = "lead_time_and_obsolescence"
PREMIUMS_ABOVE_WAGE: Final = "premiums_above_wage"
CODES: Final = (
    RATE_AND_OBSOLESCENCE,
    LEAD_TIME_AND_LOST_SALES,
    LEAD_TIME_AND_OBSOLESCENCE,
    PREMIUMS_ABOVE_WAGE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtotal:
    """Amounts of one certainty, EUR per unit; ``value`` is None when all are empty.

    ``cumulative`` adds the harder ones; ``empty`` names the lines left out.
    """

    certainty: Certainty
    value: Fraction | None
    cumulative: Fraction
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """How far the outcome moves (EUR per unit) when one field moves a tenth down or up.

    The field stays within its bounds. ``swing`` is the distance between the two ends.
    """

    field: str
    at_low: Fraction
    at_high: Fraction

    @property
    def swing(self) -> Fraction:
        """Distance between the two ends, EUR per unit."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastYear:
    """``year`` years from now, EUR per unit; None where a growth rate is empty."""

    year: int
    price: Line
    tco: Fraction | None
    local_cost: Fraction | None
    local_cost_with_subsidy: Fraction | None
    difference: Fraction | None
    difference_with_subsidy: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReshoringResult:
    """The sheet and what follows from it.

    ``measured`` names the line that the drivers move: the difference, or the total
    cost abroad while the local cost is empty. ``scores`` are 1 to 5, never euro.
    """

    sheet: Sheet
    subtotals: tuple[Subtotal, ...]
    empty_lines: tuple[str, ...]
    measured: str
    drivers: tuple[Driver, ...]
    forecast: tuple[ForecastYear, ...]
    scores: Mapping[str, Fraction | None]
    notices: tuple[Notice, ...]


def reshoring(inputs: ReshoringInputs) -> ReshoringResult:
    """The whole calculation; every figure exact."""
    values = values_of(inputs)
    sheet = calculate(LINES, values, values["volume"])
    measured = "tco" if sheet.value("difference") is None else "difference"
    return ReshoringResult(
        sheet=sheet,
        subtotals=_subtotals(sheet),
        empty_lines=sheet.empty,
        measured=measured,
        drivers=_drivers(values, measured),
        forecast=tuple(_forecast(values, year) for year in range(1, FORECAST_YEARS + 1)),
        scores={name: values[name] for name in SCORES},
        notices=_notices(sheet),
    )


def reshoring_feeds(result: Calculated) -> Mapping[str, Fraction]:
    """``local_cost_premium_percent``: how much more local costs than the cost abroad.

    Negative when local is cheaper; absent while one of the two is empty. Without
    subsidy, because the variant with subsidy is for advisers only.
    """
    premium = result.sheet.value("local_premium_percent")
    return {} if premium is None else {"local_cost_premium_percent": premium}


def _subtotals(sheet: Sheet) -> tuple[Subtotal, ...]:
    found = []
    cumulative = Fraction(0)
    for certainty in Certainty:
        lines = [sheet[key] for key in COST_KEYS if sheet[key].spec.certainty is certainty]
        known = [line.value for line in lines if line.value is not None]
        cumulative += sum(known, Fraction(0))
        found.append(
            Subtotal(
                certainty=certainty,
                value=sum(known, Fraction(0)) if known else None,
                cumulative=cumulative,
                empty=tuple(line.key for line in lines if line.value is None),
            )
        )
    return tuple(found)


def _drivers(values: Mapping[str, Fraction | None], measured: str) -> tuple[Driver, ...]:
    """The fields that move the outcome most, largest first; a tie goes by order of fields.

    A number of years stays out: only whole years count, so that a tenth says nothing.
    """
    base = evaluate(LINES, values)
    found = []
    for spec in specs_of(ReshoringInputs):
        value = values[spec.name]
        if value and spec.kind is FieldKind.NUMBER and spec.unit is not Unit.YEARS:
            low, high = (
                _moved(base, evaluate(LINES, {**values, spec.name: end}), measured)
                for end in _ends(spec, value)
            )
            found.append(Driver(field=spec.name, at_low=low, at_high=high))
    moving = [driver for driver in found if driver.swing]
    return tuple(sorted(moving, key=lambda driver: -driver.swing)[:LARGEST_DRIVERS])


def _ends(spec: FieldSpec, value: Fraction) -> tuple[Fraction, Fraction]:
    """A tenth below and above, within the bounds of the field."""
    lowest, highest = Fraction(spec.minimum), Fraction(spec.maximum)
    ends = sorted((value * (1 - SWING), value * (1 + SWING)))
    return max(lowest, ends[0]), min(highest, ends[1])


def _moved(base: Environment, moved: Environment, measured: str) -> Fraction:
    """The outcome after the move.

    The outcome before it when a line would become empty: with everything by air nobody
    fills in freight by sea, and a tenth less by air would drop the freight altogether.
    """
    lost = any(
        moved[key].value is None and base[key].value is not None for key in (*COST_KEYS, measured)
    )
    value = (base if lost else moved)[measured].value
    return Fraction(0) if value is None else value


def _forecast(values: Mapping[str, Fraction | None], year: int) -> ForecastYear:
    sheet = calculate(lines_in(year), values, values["volume"])
    return ForecastYear(
        year=year,
        price=sheet[FORECAST_PRICE],
        tco=sheet.value("tco"),
        local_cost=sheet.value("local_cost"),
        local_cost_with_subsidy=sheet.value("local_cost_with_subsidy"),
        difference=sheet.value("difference"),
        difference_with_subsidy=sheet.value("difference_with_subsidy"),
    )


def _notices(sheet: Sheet) -> tuple[Notice, ...]:
    """Costs that may be counted twice, and premiums larger than the wage they go with."""
    filled = {key for key, line in sheet.lines.items() if line.value}
    pairs = (
        (RATE_AND_OBSOLESCENCE, "cycle_stock", "obsolescence"),
        (LEAD_TIME_AND_LOST_SALES, "lead_time_value", "lost_sales"),
        (LEAD_TIME_AND_OBSOLESCENCE, "lead_time_value", "obsolescence"),
    )
    found = [
        Notice(
            code=code,
            severity=Severity.WARNING,
            source=Source.TCO_METHOD,
            figures={one: sheet[one].value or Fraction(0), two: sheet[two].value or Fraction(0)},
        )
        for code, one, two in pairs
        if {one, two} <= filled
    ]
    wage, premiums = sheet.value("local_labour"), sheet.value("local_premiums")
    if wage is not None and premiums is not None and premiums > wage:
        found.append(
            Notice(
                code=PREMIUMS_ABOVE_WAGE,
                severity=Severity.WARNING,
                source=Source.ARITHMETIC,
                figures={"local_labour": wage, "local_premiums": premiums},
            )
        )
    return tuple(found)
