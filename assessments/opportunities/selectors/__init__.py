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
from assessments.opportunities.selectors.preview import Preview, missing_from, preview
from assessments.opportunities.selectors.rule_sets import (
    published_rule_set,
    rule_set_in_full,
    rule_set_values,
    rule_values,
)
from assessments.opportunities.selectors.support import Measures, support_for
from assessments.opportunities.selectors.told import Told, told

__all__ = [
    "CurrentAssessment",
    "Measures",
    "Preview",
    "Told",
    "assessments_of",
    "collect_facts",
    "companies_behind",
    "current_assessments",
    "history_of",
    "is_behind",
    "missing_from",
    "preview",
    "published_rule_set",
    "rule_set_in_full",
    "rule_set_values",
    "rule_values",
    "support_for",
    "told",
]
