"""Inputs of a calculator as plain values for JSON, and back: exact, and never half right.

A number is its digits as text, a day is ISO text, a yes/no is a boolean; what is empty is
left out. A list of rows is a list of such mappings. Reading checks what forms check, so
that a value from elsewhere cannot reach a calculation.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from assessments.opportunities.domain.calculators.catalogue import CALCULATORS, Calculator
from assessments.opportunities.domain.calculators.figures import (
    FieldKind,
    FieldSpec,
    problems_of,
    specs_of,
)

Stored = dict[str, Any]


class UnreadableError(ValueError):
    """What is stored is not what the calculator asks (any more); the message says where."""


def encode(calculator: Calculator, inputs: Any) -> Stored:
    """Inputs as a mapping for JSON; equal inputs give equal mappings."""
    stored = _encoded(inputs)
    for name in CALCULATORS[calculator].rows:
        if rows := getattr(inputs, name):
            stored[name] = [_encoded(row) for row in rows]
    return stored


def decode(calculator: Calculator, stored: Mapping[str, Any]) -> Any:
    """The input dataclass of ``calculator``; UnreadableError when a value does not fit.

    A name that the calculator does not know is left aside; a field that came later is empty.
    """
    definition = CALCULATORS[calculator]
    rows: dict[str, Any] = {}
    for name, row in definition.rows.items():
        given = stored.get(name, [])
        if not isinstance(given, list) or len(given) > row.most:
            raise UnreadableError(name)
        rows[name] = tuple(_decoded(row.inputs, one) for one in given)
    return _decoded(definition.inputs, stored, **rows)


def _encoded(inputs: Any) -> Stored:
    values = ((spec.name, getattr(inputs, spec.name)) for spec in specs_of(type(inputs)))
    return {name: _plain(value) for name, value in values if value is not None and value != ""}


def _plain(value: Decimal | date | bool | str) -> str | bool:
    match value:
        case bool() | str():
            # A StrEnum is text, and stays plain text.
            return value if isinstance(value, bool) else str(value)
        case date():
            return value.isoformat()
        case _:
            text = format(value, "f")
            return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _decoded(inputs: type, stored: object, **rows: Any) -> Any:
    if not isinstance(stored, Mapping):
        raise UnreadableError(inputs.__name__)
    values = {
        spec.name: _value(spec, stored[spec.name])
        for spec in specs_of(inputs)
        if spec.name in stored
    }
    try:
        made = inputs(**values, **rows)
    except TypeError as error:  # a required field is missing
        raise UnreadableError(str(error)) from error
    if problems := problems_of(made):
        raise UnreadableError(", ".join(problems))
    return made


def _value(spec: FieldSpec, stored: object) -> Decimal | date | bool | str:
    if isinstance(stored, bool) and spec.kind is FieldKind.YES_NO:
        return stored
    if isinstance(stored, str):
        try:
            match spec.kind:
                case FieldKind.NUMBER:
                    return Decimal(stored)
                case FieldKind.DATE:
                    return date.fromisoformat(stored)
                case FieldKind.CHOICE | FieldKind.TEXT:
                    return stored
        except (InvalidOperation, ValueError) as error:
            raise UnreadableError(spec.name) from error
    raise UnreadableError(spec.name)
