"""Outcomes as JSON, and back to the facts behind them."""

from __future__ import annotations

import json

from hypothesis import given

from assessments.opportunities.domain.assess import assess_opportunity
from assessments.opportunities.domain.explanation import (
    explain,
    facts_from,
    ranges_from,
    told_facts,
)
from portal.common.vocabulary import Criterion, Opportunity
from tests.opportunities.domain.strategies import facts, rule_sets


@given(facts, rule_sets())
def test_an_explanation_read_back_gives_the_same_outcome(known, rule_set) -> None:
    result = assess_opportunity(known, rule_set, Opportunity.FVDT)
    stored = json.loads(json.dumps(explain(result, told_facts(known), workforce_outdated=False)))
    assert assess_opportunity(facts_from(stored), rule_set, Opportunity.FVDT) == result
    assert tuple(ranges_from(stored)) == tuple(Criterion)
    assert tuple(ranges_from(stored).values()) == result.ranges
    assert facts_from(stored) == known


def test_an_outcome_from_before_ranges_is_read_too() -> None:
    stored = {"criteria": {"vraag": 1, "investering": None, "fit": 0, "lokaal": -1}}
    assert tuple(ranges_from(stored).values()) == ((1, 1), (-1, 1), (0, 0), (-1, -1))


def test_a_fact_that_the_catalogue_dropped_is_left_out() -> None:
    stored = {
        "activities": [["maak-hout", 100, ""]],
        "facts": {"moon_phase": ["1", "1"], "making_share": ["100", "100"]},
        "workforce_year": None,
    }
    assert list(facts_from(stored).values) == ["making_share"]
