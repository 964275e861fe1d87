"""Forms of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from assessments.opportunities.domain.facts import (
    ACTIVITIES,
    CALCULATIONS,
    CATALOGUE,
    COMPETENCES,
    CURRENT_WORK,
    CUSTOMERS,
    EQUIPMENT,
    OFFERS,
    READINESS,
    WORKFORCE,
    FactName,
    Unit,
)
from assessments.opportunities.domain.rules import Operator
from assessments.opportunities.models import Rule
from assessments.opportunities.words import fact_text

if TYPE_CHECKING:
    RuleFormBase = forms.ModelForm[Rule]
else:
    RuleFormBase = forms.ModelForm


UNIT_LABELS: dict[Unit, Any] = {
    Unit.PERCENT: _("in per cent"),
    Unit.FTE: _("in full-time equivalents"),
    Unit.COUNT: _("a number"),
    Unit.PLACES: _("in places"),
    Unit.LEVEL: _("a level from 1 to 5"),
    Unit.YEARS: _("in years"),
    Unit.YES_NO: _("yes or no"),
}
GROUP_LABELS: dict[str, Any] = {
    ACTIVITIES: _("Activities"),
    CUSTOMERS: _("Customers"),
    WORKFORCE: _("Workforce"),
    OFFERS: _("Offers"),
    COMPETENCES: _("Competences and certificates"),
    EQUIPMENT: _("Equipment"),
    CURRENT_WORK: _("Own products, enclaves and cooperation"),
    READINESS: _("Self-assessment and support"),
    CALCULATIONS: _("Calculations"),
}
YES_OR_NO = {Operator.IS_TRUE, Operator.IS_FALSE}


def fact_choices() -> list[tuple[Any, list[tuple[str, str]]]]:
    """Every fact of the catalogue with its unit, by the page where it is entered."""
    return [
        (
            label,
            [
                (name.value, f"{fact_text(name).label} ({UNIT_LABELS[spec.unit]})")
                for name, spec in CATALOGUE.items()
                if spec.entered_at == page
            ],
        )
        for page, label in GROUP_LABELS.items()
    ]


class RuleForm(RuleFormBase):
    """A rule that reads a fact of the catalogue, and asks of it what its unit allows."""

    fact = forms.ChoiceField(label=capfirst(_("fact")), choices=fact_choices)

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
        help_texts = {
            "operand": _("In the unit of the fact. Leave empty when the fact is yes or no."),
            "source": _("Chapter and heading, so that anybody can look it up."),
        }
        widgets = {
            "reason_nl": forms.Textarea(attrs={"rows": 3}),
            "reason_en": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A step is one up or one down; nothing in between makes sense.
        self.fields["step"] = forms.TypedChoiceField(
            label=capfirst(_("step")), choices=((1, _("one up")), (-1, _("one down"))), coerce=int
        )

    def clean(self) -> dict[str, Any]:
        """Only yes or no for a fact that is one; a threshold that the fact can reach."""
        data: dict[str, Any] = super().clean() or {}
        fact, operator, operand = (data.get(key) for key in ("fact", "operator", "operand"))
        if not fact or not operator:
            return data
        spec = CATALOGUE[FactName(fact)]
        if (spec.unit is Unit.YES_NO) != (operator in YES_OR_NO):
            self.add_error(
                "operator",
                _("This fact is yes or no: choose true or not true.")
                if spec.unit is Unit.YES_NO
                else _("This fact is an amount: choose at least or at most."),
            )
        elif (
            operand is not None
            and operator not in YES_OR_NO
            and spec.maximum is not None
            and operand > spec.maximum
        ):
            self.add_error(
                "operand", _("This fact is never higher than %(most)s.") % {"most": spec.maximum}
            )
        return data
