"""Forms of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.opportunities.domain.facts import FactName
from assessments.opportunities.models import Rule
from assessments.opportunities.words import fact_text

if TYPE_CHECKING:
    RuleFormBase = forms.ModelForm[Rule]
else:
    RuleFormBase = forms.ModelForm


def fact_choices() -> list[tuple[str, str]]:
    """Every fact of the catalogue with its label, in the language of the page."""
    return [(name.value, fact_text(name).label) for name in FactName]


class RuleForm(RuleFormBase):
    """A rule that reads a fact of the catalogue."""

    fact = forms.ChoiceField(label=_("fact"), choices=fact_choices)

    class Meta:
        model = Rule
        fields = (
            "rule_set",
            "slug",
            "opportunity",
            "criterion",
            "fact",
            "operator",
            "operand",
            "step",
            "reason_nl",
            "reason_en",
            "source",
        )
        widgets = {
            "reason_nl": forms.Textarea(attrs={"rows": 3}),
            "reason_en": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A step is one up or one down; nothing in between makes sense.
        self.fields["step"] = forms.TypedChoiceField(
            label=_("step"), choices=((1, _("one up")), (-1, _("one down"))), coerce=int
        )
