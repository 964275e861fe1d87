"""Rule sets as versioned data, their outcomes, what people say of them, calculations kept."""

from assessments.opportunities.models.assessment import Assessment
from assessments.opportunities.models.override import VerdictOverride
from assessments.opportunities.models.reference import ReferenceKind, ReferenceText
from assessments.opportunities.models.rule_set import BaselineValue, Rule, RuleSet
from assessments.opportunities.models.scenario import Scenario
from assessments.opportunities.models.seen import AssessmentSeen

__all__ = [
    "Assessment",
    "AssessmentSeen",
    "BaselineValue",
    "ReferenceKind",
    "ReferenceText",
    "Rule",
    "RuleSet",
    "Scenario",
    "VerdictOverride",
]
