"""Rule sets as versioned data, the assessments that they gave, and calculations kept."""

from assessments.opportunities.models.assessment import Assessment
from assessments.opportunities.models.rule_set import BaselineValue, Rule, RuleSet
from assessments.opportunities.models.scenario import Scenario

__all__ = ["Assessment", "BaselineValue", "Rule", "RuleSet", "Scenario"]
