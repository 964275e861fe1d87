"""Writes of this room."""

from assessments.opportunities.services.assessing import (
    assess_behind,
    assess_companies,
    assess_company,
)
from assessments.opportunities.services.rule_sets import (
    IncompleteRuleSetError,
    copy_rule_set,
    load_reference,
    publish_rule_set,
)
from assessments.opportunities.services.scenarios import (
    MOST_SCENARIOS,
    ChangedMeanwhileError,
    TooManyScenariosError,
    choose_scenario,
    copy_scenario,
    create_scenario,
    delete_scenario,
    save_scenario,
    unchoose_scenario,
)

__all__ = [
    "MOST_SCENARIOS",
    "ChangedMeanwhileError",
    "IncompleteRuleSetError",
    "TooManyScenariosError",
    "assess_behind",
    "assess_companies",
    "assess_company",
    "choose_scenario",
    "copy_rule_set",
    "copy_scenario",
    "create_scenario",
    "delete_scenario",
    "load_reference",
    "publish_rule_set",
    "save_scenario",
    "unchoose_scenario",
]
