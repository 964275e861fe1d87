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
from assessments.opportunities.selectors.overrides import (
    overrides_of,
    with_counted_verdict,
)
from assessments.opportunities.selectors.preview import Preview, missing_from, preview
from assessments.opportunities.selectors.reference import reference_texts
from assessments.opportunities.selectors.rule_sets import (
    StoredRuleSet,
    published_rule_set,
    rule_set_values,
    rule_values,
    stored_rule_sets,
)
from assessments.opportunities.selectors.scenarios import (
    chosen_figures,
    chosen_of,
    inputs_of,
    scenarios_of,
    surroundings,
    token_of,
)
from assessments.opportunities.selectors.standings import Seen, Standing, standings
from assessments.opportunities.selectors.support import Measures, support_for
from assessments.opportunities.selectors.told import Told, told

__all__ = [
    "CurrentAssessment",
    "Measures",
    "Preview",
    "Seen",
    "Standing",
    "StoredRuleSet",
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
    "missing_from",
    "overrides_of",
    "preview",
    "published_rule_set",
    "reference_texts",
    "rule_set_values",
    "rule_values",
    "scenarios_of",
    "standings",
    "stored_rule_sets",
    "support_for",
    "surroundings",
    "token_of",
    "told",
    "with_counted_verdict",
]
