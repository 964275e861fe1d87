"""Writes of this room."""

from django.db import transaction

from assessments.opportunities.services.assessing import (
    assess_behind,
    assess_companies,
    assess_company,
)
from assessments.opportunities.services.overrides import (
    AlreadyJudgedError,
    CompanyClosedError,
    OutcomeMovedError,
    OverrideError,
    SameVerdictError,
    end_override,
    give_override,
)
from assessments.opportunities.services.reference import load_reference_texts
from assessments.opportunities.services.rule_sets import (
    DraftChangedError,
    IncompleteRuleSetError,
    copy_rule_set,
    load_edition,
    publish_rule_set,
)
from assessments.opportunities.services.rule_sets import load_reference as load_rule_set
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
from assessments.opportunities.services.seen import mark_seen


@transaction.atomic
def load_reference() -> None:
    """What comes with the portal: the rule set and the first reference texts."""
    load_rule_set()
    load_reference_texts()


__all__ = [
    "MOST_SCENARIOS",
    "AlreadyJudgedError",
    "ChangedMeanwhileError",
    "CompanyClosedError",
    "DraftChangedError",
    "IncompleteRuleSetError",
    "OutcomeMovedError",
    "OverrideError",
    "SameVerdictError",
    "TooManyScenariosError",
    "assess_behind",
    "assess_companies",
    "assess_company",
    "choose_scenario",
    "copy_rule_set",
    "copy_scenario",
    "create_scenario",
    "delete_scenario",
    "end_override",
    "give_override",
    "load_edition",
    "load_reference",
    "mark_seen",
    "publish_rule_set",
    "save_scenario",
    "unchoose_scenario",
]
