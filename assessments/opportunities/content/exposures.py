"""Threats and trends of the sector study, as subjects for the domain and as texts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from assessments.opportunities.domain.exposures import Sign, Subject, SubjectKind
from assessments.opportunities.domain.facts import FactName
from assessments.opportunities.domain.rules import Operator

_FILE = Path(__file__).parent / "exposures.toml"


@dataclass(frozen=True, slots=True)
class SubjectText:
    """A threat or trend in one language; ``reasons`` holds a sentence per sign."""

    title: str
    text: str
    source: str
    reasons: dict[Sign, str]


@cache
def _entries() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"), parse_float=Decimal)


@cache
def subjects() -> tuple[Subject, ...]:
    """The six threats, then the four trends."""
    return tuple(
        Subject(
            slug,
            SubjectKind(entry["kind"]),
            tuple(_sign(sign) for sign in entry["signs"]),
        )
        for slug, entry in _entries().items()
    )


def _sign(entry: dict[str, Any]) -> Sign:
    return Sign(
        FactName(entry["fact"]),
        Operator(entry["operator"]),
        Fraction(entry["operand"]) if "operand" in entry else None,
        entry["step"],
    )


@cache
def subject_texts(language: str) -> dict[str, SubjectText]:
    """Texts of every subject in ``nl`` or ``en``, by its code."""
    return {
        slug: SubjectText(
            entry[f"title_{language}"],
            entry[f"text_{language}"],
            entry["source"],
            {_sign(sign): sign[f"reason_{language}"] for sign in entry["signs"]},
        )
        for slug, entry in _entries().items()
    }
