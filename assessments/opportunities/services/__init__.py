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
from assessments.opportunities.services.seen import mark_seen


@transaction.atomic
def load_reference() -> None:
    """What comes with the portal: the rule set and the first reference texts."""
    load_rule_set()
    load_reference_texts()


__all__ = [
    "AlreadyJudgedError",
    "CompanyClosedError",
    "DraftChangedError",
    "IncompleteRuleSetError",
    "OutcomeMovedError",
    "OverrideError",
    "SameVerdictError",
    "assess_behind",
    "assess_companies",
    "assess_company",
    "copy_rule_set",
    "end_override",
    "give_override",
    "load_edition",
    "load_reference",
    "mark_seen",
    "publish_rule_set",
]
