"""Random inputs within the bounds of the fields, and a slow reading of written formulas."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from math import ceil

from hypothesis import strategies as st

from assessments.opportunities.domain.calculators.figures import (
    FIRST_DAY,
    LAST_DAY,
    FieldKind,
    FieldSpec,
    specs_of,
)
from assessments.opportunities.domain.calculators.functions import square_root


def values_for(spec: FieldSpec):
    """Valid values of one field; None now and then where it may be empty."""
    match spec.kind:
        case FieldKind.NUMBER:
            # Ordinary sizes: no sum gains from a billion, and failures stay readable.
            highest = min(spec.maximum, max(spec.minimum, Decimal(500)))
            some = st.decimals(spec.minimum, highest, places=spec.decimals)
        case FieldKind.YES_NO:
            some = st.booleans()
        case FieldKind.DATE:
            some = st.dates(FIRST_DAY, LAST_DAY)
        case FieldKind.CHOICE:
            some = st.sampled_from(spec.choices)
        case FieldKind.TEXT:
            some = st.text(max_size=5)
    return some if spec.required else st.one_of(st.none(), some, some)


def inputs_of(cls, **fixed):
    """Instances of an input dataclass."""
    drawn = {spec.name: values_for(spec) for spec in specs_of(cls)}
    return st.builds(cls, **{**drawn, **fixed})


def exact_text(value: Fraction, *, percent: bool = False) -> str:
    """A figure as text that ``read`` takes for exactly that figure."""
    return f"(F({value.numerator}, {value.denominator}){' / 100' if percent else ''})"


def read(formula: str) -> Fraction:
    """What a written formula comes to, read as anybody would read it."""
    python = formula
    for sign, operator in {"×": "*", "÷": "/", "−": "-", "^": "**", ";": ","}.items():
        python = python.replace(sign, operator)
    python = python.replace("√", "root").replace("⌈", "up(").replace("⌉", ")")
    # Numbers that stand in the formula itself.
    python = re.sub(r"(?<![\w(,])(\d+)(?![\w,)])", r"F(\1)", python)
    return eval(  # a test's own text
        python,
        {"F": Fraction, "max": max, "root": square_root, "up": ceil, "a": annuity},
    )


def annuity(rate: Fraction, years: Fraction) -> Fraction:
    """The yearly part that leaves nothing of 1 after so many years, found year by year."""
    debt, paid = Fraction(1), Fraction(0)
    for _ in range(int(years)):
        # A debt of ``debt`` less ``paid`` payments of the unknown amount, both growing.
        debt, paid = debt * (1 + rate), paid * (1 + rate) + 1
    return debt / paid
