"""Saved calculations beside each other: the same line in each, and how it differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.opportunities.domain.calculators.sheet import LineSpec, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedLine:
    """One line over all scenarios, in their order; None where it has no value.

    ``differences`` are against the first scenario, None where either has no value.
    """

    spec: LineSpec
    values: tuple[Fraction | None, ...]
    differences: tuple[Fraction | None, ...]

    @property
    def is_equal(self) -> bool:
        """Nothing to tell apart: the same value, or the same lack of one, everywhere."""
        return len(set(self.values)) == 1


def compare(sheets: Sequence[Sheet]) -> tuple[ComparedLine, ...]:
    """Every line of the first sheet over all; ValueError without any sheet.

    The sheets are of the same calculator. A line that another sheet lacks has no value
    there.
    """
    if not sheets:
        raise ValueError("there is nothing to compare")
    return tuple(_compared(line.spec, sheets) for line in sheets[0].lines.values())


def _compared(spec: LineSpec, sheets: Sequence[Sheet]) -> ComparedLine:
    lines = [sheet.lines.get(spec.key) for sheet in sheets]
    values = tuple(None if line is None else line.value for line in lines)
    first = values[0]
    return ComparedLine(
        spec=spec,
        values=values,
        differences=tuple(
            None if value is None or first is None else value - first for value in values
        ),
    )
