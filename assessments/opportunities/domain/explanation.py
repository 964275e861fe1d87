"""An outcome as plain JSON, and back to the facts that made it.

With the facts and the rule set, which never changes once published, the whole
reasoning can be shown again at any later time. Shape::

    {
        "activities": [["maak-metaal", 60, ""], [null, null, "groenonderhoud"]],
        "facts": {"making_share": ["60", "60"], "readiness_mean": ["5/2", "3"]},
        "workforce_year": 2025,
        "workforce_outdated": false,
        "ranges": {"vraag": [1, 1], "investering": [-1, 0], "fit": [0, 0], "lokaal": [-1, -1]},
        "rules": {"reshoring-maatwerk": "fired"}
    }

Facts are all that was known of the company, so that its threats and trends can be told
from any of its five outcomes; ends of a fact are exact fractions. Outcomes from before
decision 14 hold ``criteria`` with one value or null instead of ``ranges``; what stands
in neither is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from assessments.opportunities.domain.assess import OpportunityResult
from assessments.opportunities.domain.facts import ActivityShare, FactName, Facts, Span
from assessments.opportunities.domain.verdict import ANYTHING, Range
from portal.common.vocabulary import Cell, Criterion


def told_facts(facts: Facts) -> dict[str, Any]:
    """The facts of a company as they stand in each of its outcomes."""
    return {
        "activities": [
            [activity.cell.value if activity.cell else None, activity.share, activity.label]
            for activity in facts.activities
        ],
        "facts": {
            name.value: [str(span.low), str(span.high)] for name, span in facts.values.items()
        },
        "workforce_year": facts.workforce_year,
    }


def explain(
    result: OpportunityResult, told: Mapping[str, Any], *, workforce_outdated: bool
) -> dict[str, Any]:
    """The outcome of one opportunity beside the facts (``told_facts``) behind it."""
    return {
        **told,
        "workforce_outdated": workforce_outdated,
        "ranges": {row.criterion.value: list(row.range) for row in result.criteria},
        "rules": {
            item.rule.slug: item.state.value for row in result.criteria for item in row.rules
        },
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


def ranges_from(explanation: Mapping[str, Any]) -> dict[Criterion, Range]:
    """What the four criteria of an explanation can still become, in their fixed order."""
    if "ranges" not in explanation:
        values: Mapping[str, int | None] = explanation.get("criteria", {})
        return {
            criterion: ANYTHING if value is None else (value, value)
            for criterion in Criterion
            for value in (values.get(criterion),)
        }
    ranges = explanation["ranges"]
    return {criterion: (ranges[criterion][0], ranges[criterion][1]) for criterion in Criterion}
