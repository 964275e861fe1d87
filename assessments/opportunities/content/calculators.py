"""Texts of the calculators from their TOML files, strictly.

One file per calculator in ``calculator_texts``, each text in Dutch and English, and
``common.toml`` for what they share. Every wording is our own. A file has exactly the
fields, lines, notices and outcomes of its calculator: no less and no more.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assessments.opportunities.domain.calculators.catalogue import CALCULATORS, Calculator
from assessments.opportunities.domain.calculators.figures import FieldKind, FieldSpec, Unit
from assessments.opportunities.domain.calculators.sheet import Certainty, Source

FOLDER = Path(__file__).parent / "calculator_texts"
Texts = Mapping[str, str]


class ContentError(ValueError):
    """A file is not complete, or says too much; the message names file and place."""


@dataclass(frozen=True, slots=True)
class FieldText:
    """What a field is called, and what helps to fill it in."""

    label: str
    help: str


@dataclass(frozen=True, slots=True)
class LineText:
    """What a line is called, and its formula in words."""

    label: str
    formula: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculatorText:
    """All texts of one calculator in one language, by the slugs of the domain.

    ``rows`` has the fields of one row of each list, ``choices`` the labels of each
    choice field. Notices may hold names of their figures and days in braces.
    """

    title: str
    intro: str
    source: str
    groups: Texts
    fields: Mapping[str, FieldText]
    rows: Mapping[str, Mapping[str, FieldText]]
    lines: Mapping[str, LineText]
    row_lines: Mapping[str, LineText]
    values: Texts
    choices: Mapping[str, Texts]
    notices: Texts
    outcomes: Texts
    feeds: Texts

    def names(self) -> dict[str, str]:
        """A label for every name that the formulas use: fields, lines and found values."""
        fields = [self.fields, *self.rows.values()]
        lines = (self.lines, self.row_lines)
        return {
            **self.values,
            **{name: text.label for part in fields for name, text in part.items()},
            **{name: text.label for part in lines for name, text in part.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonText:
    """Words that the calculators share; a unit without anything to say is not among them."""

    units: Mapping[Unit, str]
    certainties: Mapping[Certainty, str]
    sources: Mapping[Source, str]


class _Part:
    """A table of a file, of which every key must be expected and present."""

    def __init__(self, data: object, place: str, language: str) -> None:
        if not isinstance(data, dict):
            raise ContentError(f"{place}: is missing")
        self.data: dict[str, Any] = data
        self.place = place
        self.language = language

    def only(self, names: Iterable[str]) -> list[str]:
        """The expected names in order; ContentError when the keys are not exactly these."""
        expected = list(dict.fromkeys(names))
        wrong = set(self.data) ^ set(expected)
        if wrong:
            raise ContentError(f"{self.place}: missing or unknown: {', '.join(sorted(wrong))}")
        return expected

    def part(self, name: str) -> _Part:
        """A table inside; an absent one counts as empty."""
        return _Part(self.data.get(name, {}), f"{self.place}, {name}", self.language)

    def text(self, name: str) -> str:
        """A text, which must be there in both languages."""
        both = self.data.get(name)
        if not isinstance(both, dict) or not all(both.get(code) for code in ("nl", "en")):
            raise ContentError(f"{self.place}, {name}: a text is missing in Dutch or English")
        return str(both[self.language])

    def texts(self, names: Iterable[str]) -> dict[str, str]:
        """One text for each expected name."""
        return {name: self.text(name) for name in self.only(names)}

    def fields(self, specs: Iterable[FieldSpec]) -> dict[str, FieldText]:
        """Label and help of each field."""
        return {
            name: FieldText(*self.part(name).texts(("label", "help")).values())
            for name in self.only(spec.name for spec in specs)
        }

    def lines(self, keys: Iterable[str]) -> dict[str, LineText]:
        """Label and formula of each line."""
        return {
            key: LineText(*self.part(key).texts(("label", "formula")).values())
            for key in self.only(keys)
        }


@cache
def calculator_text(calculator: Calculator, language: str, folder: Path = FOLDER) -> CalculatorText:
    """Texts of a calculator in ``nl`` or ``en``; ContentError when the file does not fit."""
    definition = CALCULATORS[calculator]
    file = _read(folder / f"{calculator}.toml", language)
    file.only(
        {"title", "intro", "source"}
        | {"groups", "fields", "lines", "notices", "feeds"}
        | (set(file.data) & {"rows", "row_lines", "values", "choices", "outcomes"})
    )
    rows = file.part("rows")
    choices = {
        spec.name: spec.choices for spec in definition.fields if spec.kind is FieldKind.CHOICE
    }
    return CalculatorText(
        title=file.text("title"),
        intro=file.text("intro"),
        source=file.text("source"),
        groups=file.part("groups").texts(definition.groups),
        fields=file.part("fields").fields(definition.fields),
        rows={
            name: rows.part(name).fields(definition.rows[name].fields)
            for name in rows.only(definition.rows)
        },
        lines=file.part("lines").lines(spec.key for spec in definition.lines),
        row_lines=file.part("row_lines").lines(spec.key for spec in definition.row_lines),
        values=file.part("values").texts(definition.values),
        choices={
            name: file.part("choices").part(name).texts(choices[name])
            for name in file.part("choices").only(choices)
        },
        notices=file.part("notices").texts(definition.notices),
        outcomes=file.part("outcomes").texts(definition.outcomes),
        feeds=file.part("feeds").texts(definition.feeds),
    )


@cache
def common_text(language: str, folder: Path = FOLDER) -> CommonText:
    """Shared words in ``nl`` or ``en``; ContentError when the file does not fit."""
    file = _read(folder / "common.toml", language)
    file.only(("units", "certainties", "sources"))
    units = [unit for unit in Unit if unit is not Unit.NONE]
    return CommonText(
        units={Unit(name): text for name, text in file.part("units").texts(units).items()},
        certainties={
            Certainty(name): text
            for name, text in file.part("certainties").texts(Certainty).items()
        },
        sources={Source(name): text for name, text in file.part("sources").texts(Source).items()},
    )


def _read(path: Path, language: str) -> _Part:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ContentError(f"{path.name}: {error}") from error
    return _Part(data, path.name, language)
