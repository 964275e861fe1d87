"""Reads of this room."""

from assessments.opportunities.selectors.assessments import (
    CurrentAssessment,
    assessments_of,
    companies_behind,
    current_assessments,
    current_by_company,
    history_of,
    is_behind,
)
from assessments.opportunities.selectors.facts import collect_facts
from assessments.opportunities.selectors.overrides import (
    overrides_in_force,
    overrides_of,
    with_counted_verdict,
)
from assessments.opportunities.selectors.reference import reference_texts
from assessments.opportunities.selectors.rule_sets import (
    StoredRuleSet,
    published_rule_set,
    rule_set_values,
    rule_values,
    stored_rule_sets,
)
from assessments.opportunities.selectors.told import Told, told
from assessments.opportunities.selectors.unseen import Move, Unseen, unseen_of

__all__ = [
    "CurrentAssessment",
    "Move",
    "StoredRuleSet",
    "Told",
    "Unseen",
    "assessments_of",
    "collect_facts",
    "companies_behind",
    "current_assessments",
    "current_by_company",
    "history_of",
    "is_behind",
    "overrides_in_force",
    "overrides_of",
    "published_rule_set",
    "reference_texts",
    "rule_set_values",
    "rule_values",
    "stored_rule_sets",
    "told",
    "unseen_of",
    "with_counted_verdict",
]
