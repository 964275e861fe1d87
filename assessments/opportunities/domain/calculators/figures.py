"""What a calculator may be given, described as data, and rounding for the edge.

Fields of an input dataclass carry their description in their metadata, so that name,
unit, bounds and type stand in one place; forms are generated from ``specs_of``. Values
are plain ``Decimal``, ``bool``, ``date`` or text; parsing what people type is not done
here. Inside a calculation everything is an exact fraction; only ``rounded`` rounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, TypeVar

SPEC: Final = "spec"
LAST_DAY: Final = date(2100, 12, 31)
FIRST_DAY: Final = date(2000, 1, 1)

# mypy checks a bound against a value of the same type.
Bounded = TypeVar("Bounded", Decimal, date)


class Unit(StrEnum):
    """How a figure is counted and written. ``currency`` is the one of the supplier."""

    EUR = "eur"
    EUR_PER_UNIT = "eur_per_unit"
    EUR_PER_YEAR = "eur_per_year"
    EUR_PER_HOUR = "eur_per_hour"
    EUR_PER_DAY = "eur_per_day"
    EUR_PER_TONNE = "eur_per_tonne"
    CURRENCY_PER_UNIT = "currency_per_unit"
    EUR_PER_CURRENCY = "eur_per_currency"
    PERCENT = "percent"
    UNITS = "units"
    UNITS_PER_YEAR = "units_per_year"
    UNITS_PER_DAY = "units_per_day"
    TIMES = "times"
    DAYS = "days"
    YEARS = "years"
    MINUTES = "minutes"
    HOURS = "hours"
    KG = "kg"
    KG_PER_TONNE_KM = "kg_per_tonne_km"
    TONNE_PER_TONNE = "tonne_per_tonne"
    KM = "km"
    FTE = "fte"
    SCORE = "score"
    FACTOR = "factor"
    NONE = "none"


class FieldKind(StrEnum):
    """What somebody fills in."""

    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"
    CHOICE = "choice"
    TEXT = "text"


class Problem(StrEnum):
    """What is wrong with a given value; the page words it beside the field."""

    REQUIRED = "required"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    TOO_MANY_DECIMALS = "too_many_decimals"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field of a calculator.

    ``minimum`` and ``maximum`` are the bounds of what is plausible, in ``unit``, and
    both allowed; for text ``maximum`` is the greatest length, and a date has bounds of
    its own. ``start`` is a usual value to begin with and ``usual`` a usual range,
    where the source or the kind of field gives one. ``choices`` are slugs.
    """

    name: str
    group: str
    kind: FieldKind
    unit: Unit
    minimum: Decimal
    maximum: Decimal
    decimals: int
    required: bool
    start: Decimal | None
    usual: tuple[Decimal, Decimal] | None
    choices: tuple[str, ...]

    def problem(self, value: Decimal | date | bool | str | None) -> Problem | None:
        """What is wrong with a value of the right type; None when nothing is.

        A slug outside ``choices`` is REQUIRED: nothing valid was chosen.
        """
        if value is None or value == "":
            return Problem.REQUIRED if self.required else None
        match value:
            case str():
                return self._problem_of_text(value)
            case bool():
                return None
            case date():
                return _outside(value, FIRST_DAY, LAST_DAY)
            case _:
                return self._problem_of_number(value)

    def _problem_of_text(self, value: str) -> Problem | None:
        if self.kind is FieldKind.CHOICE:
            return None if value in self.choices else Problem.REQUIRED
        return Problem.TOO_LONG if len(value) > self.maximum else None

    def _problem_of_number(self, value: Decimal) -> Problem | None:
        if not value.is_finite():
            return Problem.NOT_A_NUMBER
        outside = _outside(value, self.minimum, self.maximum)
        if outside is not None:
            return outside
        return Problem.TOO_MANY_DECIMALS if _decimals(value) > self.decimals else None


def _decimals(value: Decimal) -> int:
    """Decimals that count: 12,500 has one. On digits, so that 1e-999999 costs nothing."""
    _, digits, exponent = value.as_tuple()
    written = "".join(map(str, digits)).rstrip("0")
    places = -int(exponent) - (len(digits) - len(written))
    return places if written else 0


def _outside(value: Bounded, lowest: Bounded, highest: Bounded) -> Problem | None:
    if value < lowest:
        return Problem.TOO_LOW
    return Problem.TOO_HIGH if value > highest else None


def number(
    group: str,
    unit: Unit,
    maximum: int | str,
    *,
    minimum: int | str = 0,
    decimals: int = 2,
    start: int | str | None = None,
    usual: tuple[int | str, int | str] | None = None,
) -> dict[str, Any]:
    """Metadata of a number; ``maximum`` is the guard against what is absurd."""
    return _metadata(
        group,
        FieldKind.NUMBER,
        unit=unit,
        minimum=Decimal(minimum),
        maximum=Decimal(maximum),
        decimals=decimals,
        start=None if start is None else Decimal(start),
        usual=None if usual is None else (Decimal(usual[0]), Decimal(usual[1])),
    )


def percent(
    group: str,
    maximum: int | str = 100,
    *,
    minimum: int | str = 0,
    start: int | str | None = None,
    usual: tuple[int | str, int | str] | None = None,
) -> dict[str, Any]:
    """Metadata of a percentage: 6.5 stands for 6.5 %."""
    return number(
        group, Unit.PERCENT, maximum, minimum=minimum, decimals=3, start=start, usual=usual
    )


def yes_no(group: str) -> dict[str, Any]:
    """Metadata of a question with yes or no."""
    return _metadata(group, FieldKind.YES_NO)


def day(group: str) -> dict[str, Any]:
    """Metadata of a date."""
    return _metadata(group, FieldKind.DATE)


def choice(group: str, choices: tuple[str, ...]) -> dict[str, Any]:
    """Metadata of a choice between slugs."""
    return _metadata(group, FieldKind.CHOICE, choices=choices)


def text(group: str, longest: int) -> dict[str, Any]:
    """Metadata of a short text."""
    return _metadata(group, FieldKind.TEXT, maximum=Decimal(longest))


def _metadata(group: str, kind: FieldKind, **given: Any) -> dict[str, Any]:
    plain = {
        "unit": Unit.NONE,
        "minimum": Decimal(0),
        "maximum": Decimal(0),
        "decimals": 0,
        "start": None,
        "usual": None,
        "choices": (),
    }
    return {SPEC: {"group": group, "kind": kind, **plain, **given}}


def specs_of(inputs: type) -> tuple[FieldSpec, ...]:
    """The described fields of an input dataclass, in order.

    A field without a default is required. A field without a description (a list of
    rows, say) is not among them.
    """
    return tuple(
        FieldSpec(name=field.name, required=field.default is MISSING, **field.metadata[SPEC])
        for field in fields(inputs)
        if SPEC in field.metadata
    )


def problems_of(inputs: Any) -> Mapping[str, Problem]:
    """What is wrong with the values of an input dataclass, by field."""
    found = {spec.name: spec.problem(getattr(inputs, spec.name)) for spec in specs_of(type(inputs))}
    return {name: problem for name, problem in found.items() if problem is not None}


def values_of(inputs: Any) -> dict[str, Fraction | None]:
    """Numbers and yes/no (1 or 0) of an input dataclass as exact fractions; None is empty."""
    found: dict[str, Fraction | None] = {}
    for spec in specs_of(type(inputs)):
        if spec.kind in {FieldKind.NUMBER, FieldKind.YES_NO}:
            value = getattr(inputs, spec.name)
            found[spec.name] = None if value is None else Fraction(value)
    return found


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Rounded half up, away from zero: the only place where a result is rounded."""
    whole, rest = divmod(abs(value) * 10**decimals, 1)
    amount = whole + (rest >= Fraction(1, 2))
    # Written out, since the context of Decimal would cut off long amounts.
    return Decimal(f"{amount if value > 0 else -amount}e-{decimals}")
