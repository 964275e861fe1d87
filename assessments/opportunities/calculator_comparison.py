"""Scenarios of one calculator beside each other: what was filled in, and what came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from assessments.opportunities.calculator_results import Results
from assessments.opportunities.calculator_words import Words
from assessments.opportunities.domain.calculators.comparison import ComparedLine, compare
from assessments.opportunities.domain.calculators.figures import Unit
from assessments.opportunities.domain.calculators.sheet import Sheet
from portal.common.autosave import Difference
from portal.common.components import localised


@dataclass(frozen=True)
class Cell:
    """A figure, and how it differs from the first scenario; empty texts where there is none."""

    value: str
    difference: str


@dataclass(frozen=True)
class ComparedView:
    """One line over all scenarios."""

    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Comparison:
    """Lines that differ, lines that do not, and inputs that differ."""

    different: Sequence[ComparedView]
    equal: Sequence[ComparedView]
    inputs: Sequence[tuple[str, Sequence[str]]]


def comparison(results: Results, sheets: Sequence[Sheet], inputs: Sequence[Any]) -> Comparison:
    """Two or more calculations of one calculator; the first is what the others differ from."""
    different: list[ComparedView] = []
    equal: list[ComparedView] = []
    for line in compare(sheets):
        if line.spec.key in results.hidden:
            continue
        (equal if line.is_equal else different).append(_line(results.words, line))
    return Comparison(different, equal, _inputs(results.words, inputs))


def _line(words: Words, line: ComparedLine) -> ComparedView:
    unit = line.spec.unit
    pairs = zip(line.values, line.differences, strict=True)
    return ComparedView(
        label=words.text.lines[line.spec.key].label,
        cells=[
            Cell(
                value=_("empty") if value is None else words.figure(value, unit),
                difference=_signed(words, difference, unit) if position else "",
            )
            for position, (value, difference) in enumerate(pairs)
        ],
    )


def _signed(words: Words, difference: Fraction | None, unit: Unit) -> str:
    """With its sign; empty when there is nothing to tell."""
    if not difference:
        return ""
    text = words.figure(difference, unit, short=True)
    return text if difference < 0 else f"+{text}"


def _inputs(words: Words, inputs: Sequence[Any]) -> list[tuple[str, Sequence[str]]]:
    described = [described_inputs(words, one) for one in inputs]
    labels = dict.fromkeys(label for one in described for label in one)
    rows = [(label, [one.get(label, localised(None)) for one in described]) for label in labels]
    return [(label, values) for label, values in rows if len(set(values)) > 1]


def described_inputs(words: Words, inputs: Any) -> Mapping[str, str]:
    """What was filled in, as label and text; a row of a list is one text."""
    fields = words.definition.fields
    labels = [words.text.fields[spec.name].label for spec in fields]
    found = {}
    for spec, label in zip(fields, labels, strict=True):
        value = getattr(inputs, spec.name)
        if value is not None:
            # Where two fields are called the same, the group tells them apart.
            is_twice = labels.count(label) > 1
            full = f"{words.text.groups[spec.group]}: {label}" if is_twice else label
            found[full] = words.given(spec, value)
    for slug, row in words.definition.rows.items():
        for number, one in enumerate(getattr(inputs, slug), start=1):
            texts = (words.given(spec, getattr(one, spec.name)) for spec in row.fields)
            found[f"{words.text.groups[slug]} {number}"] = "; ".join(texts)
    return found


def input_differences(
    words: Words, *, stored: Any, typed: Any, names: tuple[str, str]
) -> list[Difference]:
    """What is stored otherwise than typed, and the two names when they differ.

    ``stored`` is None when what is stored cannot be read.
    """
    theirs = {} if stored is None else described_inputs(words, stored)
    mine = described_inputs(words, typed)
    found = [
        Difference(label, theirs.get(label, localised(None)), mine.get(label, localised(None)))
        for label in dict.fromkeys([*theirs, *mine])
        if theirs.get(label) != mine.get(label)
    ]
    if names[0] != names[1]:
        found.insert(0, Difference(_("Name of this scenario"), *names))
    return found
