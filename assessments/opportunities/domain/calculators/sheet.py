"""A calculation sheet: lines in order, each a formula over fields and earlier lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from assessments.opportunities.domain.calculators.figures import Unit
from assessments.opportunities.domain.calculators.formula import Environment, Formula, Outcome


class Certainty(StrEnum):
    """How sure the amount of a line is, from the hardest to the softest."""

    HARD = "hard"
    PROBABLE = "probable"
    ESTIMATE = "estimate"


class Severity(StrEnum):
    """A block stands in the way of going on; a warning asks for a second look."""

    BLOCK = "block"
    WARNING = "warning"


class Source(StrEnum):
    """Where a rule comes from; worded in the content."""

    STUDY_2018 = "study_2018"
    MAATWERK_FAQ = "maatwerk_faq"
    CAO_2019 = "cao_2019"
    RULE_SET = "rule_set"
    TCO_METHOD = "tco_method"
    ARITHMETIC = "arithmetic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to tell beside the result: a typed ``code``, how serious, and on what ground.

    ``figures`` are amounts for the text, ``days`` dates for it.
    """

    code: str
    severity: Severity
    source: Source
    figures: Mapping[str, Fraction] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSpec:
    """One line: ``value = formula``, in ``unit``.

    ``factor`` is the number in the table of the total cost of ownership. ``certainty``
    is None for lines that are no amount of their own, such as totals.
    """

    key: str
    group: str
    unit: Unit
    formula: Formula
    certainty: Certainty | None = None
    factor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A calculated line.

    ``value`` is None when the line is empty; ``missing`` then names the fields to fill
    in. It is None too when the figure does not exist (``is_impossible``). ``left_out``
    names lines or fields that a total could not count in. ``per_year`` is the value
    times the yearly volume, for amounts per unit. ``used`` holds the known values
    behind the formula, percentages as percentages.
    """

    spec: LineSpec
    value: Fraction | None
    per_year: Fraction | None
    missing: tuple[str, ...]
    left_out: tuple[str, ...]
    used: Mapping[str, Fraction]
    _known: Environment = field(repr=False, compare=False)

    @property
    def key(self) -> str:
        """The slug of the line."""
        return self.spec.key

    @property
    def is_empty(self) -> bool:
        """Fields are missing."""
        return self.value is None and bool(self.missing)

    @property
    def is_impossible(self) -> bool:
        """Everything is filled in and still there is no such figure: a division by 0."""
        return self.value is None and not self.missing

    def formula(self, names: Mapping[str, str]) -> str:
        """The whole formula, with a text for each of ``spec.formula.symbols()``."""
        return self.spec.formula.write(names)

    def filled(self, texts: Mapping[str, str], empty: str = "?") -> str:
        """The formula with the texts of the ``used`` values; without empty parts of a sum."""
        names = {symbol: texts.get(symbol, empty) for symbol in self.spec.formula.symbols()}
        return self.spec.formula.write(names, self._known)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a calculation by key, in order."""

    lines: Mapping[str, Line]

    def __getitem__(self, key: str) -> Line:
        return self.lines[key]

    def value(self, key: str) -> Fraction | None:
        """The value of a line; KeyError when there is no such line."""
        return self.lines[key].value

    @property
    def empty(self) -> tuple[str, ...]:
        """Keys of the lines that wait for fields, in order."""
        return tuple(key for key, line in self.lines.items() if line.is_empty)

    def group(self, group: str) -> tuple[Line, ...]:
        """The lines of one group, in order."""
        return tuple(line for line in self.lines.values() if line.spec.group == group)


class Calculated(Protocol):
    """Whatever has a sheet."""

    @property
    def sheet(self) -> Sheet:
        """The lines of the calculation."""


def evaluate(
    specs: Iterable[LineSpec], values: Mapping[str, Fraction | None]
) -> dict[str, Outcome]:
    """Outcomes of fields and lines by name; the names of both must differ."""
    known = {
        name: Outcome(value, () if value is not None else (name,)) for name, value in values.items()
    }
    for spec in specs:
        known[spec.key] = spec.formula.evaluate(known)
    return known


def calculate(
    specs: Sequence[LineSpec],
    values: Mapping[str, Fraction | None],
    volume: Fraction | None = None,
) -> Sheet:
    """Every line with its value and what it was made of."""
    known = evaluate(specs, values)
    return Sheet({spec.key: _line(spec, known, volume) for spec in specs})


def _line(spec: LineSpec, known: Mapping[str, Outcome], volume: Fraction | None) -> Line:
    outcome = known[spec.key]
    per_year = None
    if spec.unit is Unit.EUR_PER_UNIT and outcome.value is not None and volume is not None:
        per_year = outcome.value * volume
    used = {symbol: known[symbol].value for symbol in spec.formula.symbols()}
    return Line(
        spec=spec,
        value=outcome.value,
        per_year=per_year,
        missing=outcome.missing,
        left_out=outcome.left_out,
        used={symbol: value for symbol, value in used.items() if value is not None},
        _known=known,
    )
