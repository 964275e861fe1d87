"""Reads of this room."""

from assessments.opportunities.selectors.assessments import (
    CurrentAssessment,
    assessments_of,
    companies_behind,
    current_assessments,
    history_of,
    is_behind,
)
from assessments.opportunities.selectors.facts import collect_facts
from assessments.opportunities.selectors.rule_sets import (
    published_rule_set,
    rule_set_values,
    rule_values,
    rules_by_slug,
)
from assessments.opportunities.selectors.scenarios import (
    chosen_figures,
    chosen_of,
    inputs_of,
    scenarios_of,
    surroundings,
    token_of,
)
from assessments.opportunities.selectors.told import Told, told

__all__ = [
    "CurrentAssessment",
    "Told",
    "assessments_of",
    "chosen_figures",
    "chosen_of",
    "collect_facts",
    "companies_behind",
    "current_assessments",
    "history_of",
    "inputs_of",
    "is_behind",
    "published_rule_set",
    "rule_set_values",
    "rule_values",
    "rules_by_slug",
    "scenarios_of",
    "surroundings",
    "token_of",
    "told",
]
