"""Formulas as data: the formula that a page shows is the one that was calculated.

A formula is a small tree over names of fields and of other lines. It can be evaluated
(exact fractions), say which of its fields are empty, and be written out with whatever
text the page gives for each name: words, or the numbers that were filled in.

Empty is not zero. A formula with an empty field has no value, with two exceptions: a
product in which one factor is known to be 0 is 0 whatever the other would be, and
``Known`` adds up what is known and names what it left out. A sum that comes to 0 without
what it left out is not known to be 0.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

ZERO: Final = Fraction(0)
# How tightly an operator binds when it is written: sum, product, power, everything else.
SUM, PRODUCT, POWER, ATOM = range(4)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value, or why there is none.

    ``missing`` names the fields that are empty; without value and without any of them
    the formula is impossible (a division by 0). ``left_out`` names the empty parts that
    a sum did without.
    """

    value: Fraction | None
    missing: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


Environment = Mapping[str, Outcome]
Names = Mapping[str, str]


def names_once(*parts: tuple[str, ...]) -> tuple[str, ...]:
    """All names, each once, in order of appearance."""
    return tuple(dict.fromkeys(name for part in parts for name in part))


class Formula(ABC):
    """A part of a formula; combine parts with ``+ - * /``."""

    __slots__ = ()
    binds: int = ATOM

    def evaluate(self, known: Environment) -> Outcome:
        """The value from the outcomes of fields and earlier lines; KeyError when one is absent."""
        return self._evaluate(known)

    def write(self, names: Names, known: Environment | None = None) -> str:
        """The formula with a text for each name.

        With ``known``, a sum that can do without empty parts leaves them out.
        """
        return self._write(names, known)

    def symbols(self) -> tuple[str, ...]:
        """Names of the fields and lines used, each once, in order of appearance."""
        return self._symbols()

    @abstractmethod
    def _evaluate(self, known: Environment) -> Outcome: ...

    @abstractmethod
    def _write(self, names: Names, known: Environment | None) -> str: ...

    @abstractmethod
    def _symbols(self) -> tuple[str, ...]: ...

    def __add__(self, other: Formula | int) -> Formula:
        return Sum(self, _part(other), 1)

    def __radd__(self, other: int) -> Formula:
        return Sum(_part(other), self, 1)

    def __sub__(self, other: Formula | int) -> Formula:
        return Sum(self, _part(other), -1)

    def __rsub__(self, other: int) -> Formula:
        return Sum(_part(other), self, -1)

    def __mul__(self, other: Formula | int) -> Formula:
        return Product(self, _part(other))

    def __truediv__(self, other: Formula | int) -> Formula:
        return Quotient(self, _part(other))

    def __pow__(self, other: Formula | int) -> Formula:
        return Power(self, _part(other))

    def within(self, least: int, names: Names, known: Environment | None) -> str:
        """Written out, in brackets when the place asks for a tighter bond."""
        text = self.write(names, known)
        return f"({text})" if self.binds < least else text


def _part(value: Formula | int) -> Formula:
    return Number(value) if isinstance(value, int) else value


@dataclass(frozen=True, slots=True)
class Number(Formula):
    """A whole number that belongs to the formula itself, such as 365."""

    value: int

    def _evaluate(self, known: Environment) -> Outcome:
        return Outcome(Fraction(self.value))

    def _write(self, names: Names, known: Environment | None) -> str:
        return str(self.value)

    def _symbols(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Ref(Formula):
    """The value of a field or of an earlier line."""

    name: str

    def _evaluate(self, known: Environment) -> Outcome:
        given = known[self.name]
        return Outcome(given.value, given.missing)

    def _write(self, names: Names, known: Environment | None) -> str:
        return names[self.name]

    def _symbols(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True)
class Share(Formula):
    """A field in percent as a part of one; the page writes it as ``6,5 %``."""

    name: str

    def _evaluate(self, known: Environment) -> Outcome:
        given = known[self.name]
        return Outcome(None if given.value is None else given.value / 100, given.missing)

    def _write(self, names: Names, known: Environment | None) -> str:
        return names[self.name]

    def _symbols(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True)
class Pair(Formula):
    """A formula of two parts."""

    first: Formula
    second: Formula

    def _symbols(self) -> tuple[str, ...]:
        return names_once(self.first.symbols(), self.second.symbols())

    def both(self, known: Environment) -> tuple[Outcome, Outcome]:
        """The outcomes of the two parts."""
        return self.first.evaluate(known), self.second.evaluate(known)


def both_empty(first: Outcome, second: Outcome) -> Outcome:
    """No value, and the empty fields of both."""
    return Outcome(None, names_once(first.missing, second.missing))


def _is_surely_zero(outcome: Outcome) -> bool:
    """Zero, and nothing was left out that could have made it more."""
    return outcome.value == 0 and not outcome.left_out


def both_left_out(first: Outcome, second: Outcome) -> tuple[str, ...]:
    """What the sums in both did without."""
    return names_once(first.left_out, second.left_out)


@dataclass(frozen=True, slots=True)
class Sum(Pair):
    """``first + second``, or minus when ``sign`` is -1."""

    sign: int
    binds = SUM

    def _evaluate(self, known: Environment) -> Outcome:
        first, second = self.both(known)
        if first.value is None or second.value is None:
            return both_empty(first, second)
        return Outcome(first.value + self.sign * second.value, (), both_left_out(first, second))

    def _write(self, names: Names, known: Environment | None) -> str:
        # What is taken away needs brackets when it is a sum itself.
        after = self.second.within(SUM if self.sign > 0 else PRODUCT, names, known)
        return f"{self.first.write(names, known)} {'+' if self.sign > 0 else '−'} {after}"


@dataclass(frozen=True, slots=True)
class Product(Pair):
    """``first × second``; 0 as soon as one of the two is known to be 0."""

    binds = PRODUCT

    def _evaluate(self, known: Environment) -> Outcome:
        first, second = self.both(known)
        if _is_surely_zero(first) or _is_surely_zero(second):
            return Outcome(ZERO)
        if first.value is None or second.value is None:
            return both_empty(first, second)
        return Outcome(first.value * second.value, (), both_left_out(first, second))

    def _write(self, names: Names, known: Environment | None) -> str:
        first = self.first.within(PRODUCT, names, known)
        return f"{first} × {self.second.within(PRODUCT, names, known)}"


@dataclass(frozen=True, slots=True)
class Quotient(Pair):
    """``first ÷ second``; impossible when the second is 0."""

    binds = PRODUCT

    def _evaluate(self, known: Environment) -> Outcome:
        first, second = self.both(known)
        if second.value == 0:
            return Outcome(None, first.missing)
        if first.value is None or second.value is None:
            return both_empty(first, second)
        return Outcome(first.value / second.value, (), both_left_out(first, second))

    def _write(self, names: Names, known: Environment | None) -> str:
        first = self.first.within(PRODUCT, names, known)
        return f"{first} ÷ {self.second.within(POWER, names, known)}"


@dataclass(frozen=True, slots=True)
class Power(Pair):
    """``first`` to a whole ``second``; a rest behind the comma of ``second`` is cut off."""

    binds = POWER

    def _evaluate(self, known: Environment) -> Outcome:
        first, second = self.both(known)
        if first.value is None or second.value is None:
            return both_empty(first, second)
        return Outcome(Fraction(first.value ** int(second.value)))

    def _write(self, names: Names, known: Environment | None) -> str:
        first = self.first.within(ATOM, names, known)
        return f"{first}^{self.second.within(ATOM, names, known)}"
