"""Forms of this room."""

from assessments.opportunities.forms.rules import RuleForm

__all__ = ["RuleForm"]
