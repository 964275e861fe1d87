"""Writes of this room."""

from assessments.opportunities.services.assessing import (
    assess_behind,
    assess_companies,
    assess_company,
)
from assessments.opportunities.services.rule_sets import (
    DraftChangedError,
    IncompleteRuleSetError,
    copy_rule_set,
    load_edition,
    load_reference,
    publish_rule_set,
)

__all__ = [
    "DraftChangedError",
    "IncompleteRuleSetError",
    "assess_behind",
    "assess_companies",
    "assess_company",
    "copy_rule_set",
    "load_edition",
    "load_reference",
    "publish_rule_set",
]
