"""What formulas use beside plain arithmetic: roots, annuities, sums of what is known."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, isqrt
from typing import Final

from assessments.opportunities.domain.calculators.formula import (
    PRODUCT,
    SUM,
    ZERO,
    Environment,
    Formula,
    Names,
    Number,
    Outcome,
    Pair,
    Ref,
    both_empty,
    both_left_out,
    names_once,
)

ONE: Final = Fraction(1)
# A root that is not exact is cut off after this many decimals.
ROOT_SCALE: Final = 10**30


@dataclass(frozen=True, slots=True)
class Annuity(Pair):
    """The yearly part that pays off 1 at rate ``first`` in ``second`` years.

    ``i ÷ (1 − (1 + i)^−n)``, and ``1 ÷ n`` at a rate of 0; written ``a(i; n)``. Impossible
    when there is not one whole year.
    """

    def _evaluate(self, known: Environment) -> Outcome:
        rate, years = self.both(known)
        if rate.value is None or years.value is None:
            return both_empty(rate, years)
        if years.value < 1:
            return Outcome(None)
        if rate.value == 0:
            return Outcome(ONE / int(years.value))
        return Outcome(rate.value / (1 - (1 + rate.value) ** -int(years.value)))

    def _write(self, names: Names, known: Environment | None) -> str:
        return f"a({self.first.write(names, known)}; {self.second.write(names, known)})"


@dataclass(frozen=True, slots=True)
class Root(Formula):
    """The square root of something that is not negative.

    Exact when it is a fraction; otherwise cut off after 30 decimals.
    """

    of: Formula

    def _evaluate(self, known: Environment) -> Outcome:
        inner = self.of.evaluate(known)
        return inner if inner.value is None else Outcome(square_root(inner.value))

    def _write(self, names: Names, known: Environment | None) -> str:
        return f"√({self.of.write(names, known)})"

    def _symbols(self) -> tuple[str, ...]:
        return self.of.symbols()


def square_root(value: Fraction) -> Fraction:
    """The root, exact where possible; ValueError when ``value`` is negative."""
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    if top * top == value.numerator and bottom * bottom == value.denominator:
        return Fraction(top, bottom)
    return Fraction(isqrt(int(value * ROOT_SCALE**2)), ROOT_SCALE)


@dataclass(frozen=True, slots=True)
class WholeUp(Formula):
    """The next whole number that is not smaller; written ``⌈ ⌉``."""

    of: Formula

    def _evaluate(self, known: Environment) -> Outcome:
        inner = self.of.evaluate(known)
        return inner if inner.value is None else Outcome(Fraction(ceil(inner.value)))

    def _write(self, names: Names, known: Environment | None) -> str:
        return f"⌈{self.of.write(names, known)}⌉"

    def _symbols(self) -> tuple[str, ...]:
        return self.of.symbols()


@dataclass(frozen=True, slots=True)
class Largest(Pair):
    """The larger of two; written ``max(a; b)``."""

    def _evaluate(self, known: Environment) -> Outcome:
        first, second = self.both(known)
        if first.value is None or second.value is None:
            return both_empty(first, second)
        return Outcome(max(first.value, second.value), (), both_left_out(first, second))

    def _write(self, names: Names, known: Environment | None) -> str:
        return f"max({self.first.write(names, known)}; {self.second.write(names, known)})"


@dataclass(frozen=True, slots=True)
class Minus(Formula):
    """Something to take away, as a part of ``Known``."""

    of: Formula
    binds = SUM

    def _evaluate(self, known: Environment) -> Outcome:
        inner = self.of.evaluate(known)
        return inner if inner.value is None else Outcome(-inner.value, (), inner.left_out)

    def _write(self, names: Names, known: Environment | None) -> str:
        return f"− {self.of.within(PRODUCT, names, known)}"

    def _symbols(self) -> tuple[str, ...]:
        return self.of.symbols()


@dataclass(frozen=True, slots=True)
class Known(Formula):
    """The sum of the parts that are known; the first ``needs`` parts must be.

    Without value when a needed part is empty, or all parts are. ``left_out`` names each
    other part that is empty: the line or field itself, or, for a part that is a
    formula, its empty fields.
    """

    parts: tuple[Formula, ...]
    needs: int = 0
    binds = SUM

    def _evaluate(self, known: Environment) -> Outcome:
        outcomes = [part.evaluate(known) for part in self.parts]
        needed = [outcome for outcome in outcomes[: self.needs] if outcome.value is None]
        values = [outcome.value for outcome in outcomes if outcome.value is not None]
        if needed or not values:
            return Outcome(None, names_once(*(outcome.missing for outcome in needed or outcomes)))
        empty = (
            part.symbols() if _names_itself(part) else outcome.missing
            for part, outcome in zip(self.parts, outcomes, strict=True)
            if outcome.value is None
        )
        inside = (outcome.left_out for outcome in outcomes)
        return Outcome(sum(values, ZERO), (), names_once(*empty, *inside))

    def _write(self, names: Names, known: Environment | None) -> str:
        shown = [
            part for part in self.parts if known is None or part.evaluate(known).value is not None
        ]
        first, *others = shown or self.parts
        text = first.write(names, known)
        for part in others:
            text += f" {'' if isinstance(part, Minus) else '+ '}{part.write(names, known)}"
        return text

    def _symbols(self) -> tuple[str, ...]:
        return names_once(*(part.symbols() for part in self.parts))


def _names_itself(part: Formula) -> bool:
    """The part is one field or line, added or taken away."""
    return isinstance(part.of if isinstance(part, Minus) else part, Ref)


def known_of(*names: str, needs: int = 0) -> Known:
    """The sum of those of these fields or lines that are known; the first ``needs`` must be."""
    return Known(tuple(Ref(name) for name in names), needs)


def at_least_zero(formula: Formula) -> Formula:
    """The formula, or 0 when it is negative."""
    return Largest(formula, Number(0))
