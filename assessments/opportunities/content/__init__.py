"""Versioned rules and reference texts as data files beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assessments.opportunities.domain.facts import FactName
from portal.common.vocabulary import Opportunity

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class FactText:
    """What a fact is called, and the question that fills it in."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class OpportunityText:
    """Reference text of one opportunity in one language; lists are bullet points."""

    source: str
    summary: str
    definition: str
    activities: tuple[str, ...]
    competences: tuple[str, ...]
    obstacles: tuple[str, ...]
    success: tuple[str, ...]
    note: str


def _load(name: str) -> dict[str, Any]:
    with (_FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def rule_set_v1() -> dict[str, Any]:
    """Rule set 1 as shipped: ``version``, ``note``, ``baseline`` and ``rules``."""
    return _load("ruleset_v1.toml")


@cache
def fact_texts(language: str) -> dict[FactName, FactText]:
    """Texts of every fact in ``nl`` or ``en``."""
    raw = _load("facts.toml")
    return {
        name: FactText(raw[name][f"label_{language}"], raw[name][f"question_{language}"])
        for name in FactName
    }


@cache
def opportunity_texts(language: str) -> dict[Opportunity, OpportunityText]:
    """Reference texts of the five opportunities in ``nl`` or ``en``."""
    raw = _load("opportunities.toml")
    return {
        opportunity: _opportunity_text(raw[opportunity], language) for opportunity in Opportunity
    }


def _opportunity_text(entry: dict[str, Any], language: str) -> OpportunityText:
    def points(field: str) -> tuple[str, ...]:
        return tuple(entry[f"{field}_{language}"])

    return OpportunityText(
        source=entry["source"],
        summary=entry[f"summary_{language}"],
        definition=entry[f"definition_{language}"],
        activities=points("activities"),
        competences=points("competences"),
        obstacles=points("obstacles"),
        success=points("success"),
        note=entry.get(f"note_{language}", ""),
    )
