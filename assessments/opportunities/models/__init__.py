"""Rule sets as versioned data, and the assessments that they gave."""

from assessments.opportunities.models.assessment import Assessment
from assessments.opportunities.models.rule_set import BaselineValue, Rule, RuleSet

__all__ = ["Assessment", "BaselineValue", "Rule", "RuleSet"]
