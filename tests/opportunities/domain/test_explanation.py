"""Outcomes as JSON, and back to the facts behind them."""

from __future__ import annotations

import json

from hypothesis import given

from assessments.opportunities.domain.assess import assess_opportunity
from assessments.opportunities.domain.explanation import criteria_from, explain, facts_from
from portal.common.vocabulary import Criterion, Opportunity
from tests.opportunities.domain.strategies import facts, rule_sets


@given(facts, rule_sets())
def test_an_explanation_read_back_gives_the_same_outcome(known, rule_set) -> None:
    result = assess_opportunity(known, rule_set, Opportunity.FVDT)
    stored = json.loads(json.dumps(explain(result, known, workforce_outdated=False)))
    assert assess_opportunity(facts_from(stored), rule_set, Opportunity.FVDT) == result
    assert tuple(criteria_from(stored)) == tuple(Criterion)
    assert tuple(criteria_from(stored).values()) == result.values


def test_a_fact_that_the_catalogue_dropped_is_left_out() -> None:
    stored = {
        "activities": [["maak-hout", 100, ""]],
        "facts": {"moon_phase": ["1", "1"], "making_share": ["100", "100"]},
        "workforce_year": None,
    }
    assert list(facts_from(stored).values) == ["making_share"]
