"""An outcome as plain JSON, and back to the facts that made it.

With the facts and the rule set, which never changes once published, the whole
reasoning can be shown again at any later time. Shape::

    {
        "activities": [["maak-metaal", 60, ""], [null, null, "groenonderhoud"]],
        "facts": {"making_share": ["60", "60"], "readiness_mean": ["5/2", "3"]},
        "workforce_year": 2025,
        "workforce_outdated": false,
        "criteria": {"vraag": 1, "investering": null, "fit": 0, "lokaal": -1},
        "rules": {"reshoring-maatwerk": "fired"}
    }

Facts hold only what the opportunity's rules read; ends of a fact are exact fractions.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from assessments.opportunities.domain.assess import OpportunityResult
from assessments.opportunities.domain.facts import ActivityShare, FactName, Facts, Span
from portal.common.vocabulary import Cell, Criterion


def explain(result: OpportunityResult, facts: Facts, *, workforce_outdated: bool) -> dict[str, Any]:
    """The outcome of one opportunity with the facts that its rules read."""
    outcomes = [item for row in result.criteria for item in row.rules]
    return {
        "activities": [
            [activity.cell.value if activity.cell else None, activity.share, activity.label]
            for activity in facts.activities
        ],
        "facts": {
            item.rule.fact: [str(item.span.low), str(item.span.high)]
            for item in outcomes
            if item.span is not None
        },
        "workforce_year": facts.workforce_year,
        "workforce_outdated": workforce_outdated,
        "criteria": {row.criterion.value: row.value for row in result.criteria},
        "rules": {item.rule.slug: item.state.value for item in outcomes},
    }


def facts_from(explanation: Mapping[str, Any]) -> Facts:
    """The facts that an explanation was made from; unknown names are left out."""
    known = {name.value: name for name in FactName}
    return Facts(
        activities=tuple(
            ActivityShare(Cell(cell) if cell else None, share, label)
            for cell, share, label in explanation["activities"]
        ),
        values={
            known[name]: Span(Fraction(low), Fraction(high))
            for name, (low, high) in explanation["facts"].items()
            if name in known
        },
        workforce_year=explanation["workforce_year"],
    )


def criteria_from(explanation: Mapping[str, Any]) -> dict[Criterion, int | None]:
    """The four criteria of an explanation, in their fixed order."""
    return {criterion: explanation["criteria"][criterion.value] for criterion in Criterion}


def ranges_from(explanation: Mapping[str, Any]) -> dict[Criterion, tuple[int, int]]:
    """What the four criteria can still become, in their fixed order; unknown is anything."""
    return {
        criterion: (-1, 1) if value is None else (value, value)
        for criterion, value in criteria_from(explanation).items()
    }
