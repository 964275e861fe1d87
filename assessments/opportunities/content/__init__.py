"""Versioned rules and reference texts as data files beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final

from assessments.opportunities.domain.facts import FactName
from assessments.opportunities.domain.rules import Operator, Rule, RuleSet
from portal.common.vocabulary import Cell, Criterion, Opportunity

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class FactText:
    """What a fact is called, and the question that fills it in."""

    label: str
    question: str


def _load(name: str) -> dict[str, Any]:
    with (_FOLDER / name).open("rb") as file:
        # Decimal, so that a threshold of 1.75 stays exactly that.
        return tomllib.load(file, parse_float=Decimal)


# Editions of the rule set that came with the portal, the newest last.
EDITIONS: Final = (1, 2)
SHIPPED_EDITION: Final = EDITIONS[-1]


def read_rule_set(edition: int = SHIPPED_EDITION) -> dict[str, Any]:
    """A shipped edition: ``version`` (its number), ``note``, ``baseline`` and ``rules``."""
    return _load(f"ruleset_v{edition}.toml")


def shipped_rule_set(edition: int = SHIPPED_EDITION) -> RuleSet:
    """A shipped edition as plain values, for the domain."""
    raw = read_rule_set(edition)
    return RuleSet(
        version=raw["version"],
        baseline={
            (Opportunity(opportunity), Cell(cell), Criterion(criterion)): value
            for opportunity, cells in raw["baseline"].items()
            for cell, criteria in cells.items()
            for criterion, value in criteria.items()
        },
        rules=tuple(_rule(entry) for entry in raw["rules"]),
    )


def _rule(entry: dict[str, Any]) -> Rule:
    return Rule(
        slug=entry["slug"],
        opportunity=Opportunity(entry["opportunity"]),
        criterion=Criterion(entry["criterion"]),
        fact=entry["fact"],
        operator=Operator(entry["operator"]),
        operand=Fraction(entry["operand"]) if "operand" in entry else None,
        step=entry["step"],
    )


@cache
def fact_texts(language: str) -> dict[FactName, FactText]:
    """Texts of every fact in ``nl`` or ``en``."""
    raw = _load("facts.toml")
    return {
        name: FactText(raw[name][f"label_{language}"], raw[name][f"question_{language}"])
        for name in FactName
    }


@cache
def opportunity_summaries(language: str) -> dict[Opportunity, str]:
    """One sentence on each of the five opportunities in ``nl`` or ``en``."""
    raw = _load("opportunities.toml")
    return {opportunity: raw[opportunity][f"summary_{language}"] for opportunity in Opportunity}
