"""Planning a step: to which level, who sees to it, by when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.readiness.domain.planning import StepPlan, day_fits
from assessments.readiness.models import Level
from companies.profiles.forms.fields import day_field
from companies.profiles.models import Membership

REFUSED: dict[str, Any] = {
    "target_level": _("This level is no longer above the present one. Choose a higher level."),
    "owner": _("This person is no longer a member. Choose somebody else."),
    "due_on": _("Choose a day from today on, at most ten years ahead."),
}


class StepForm(forms.Form):
    """What is agreed on one step.

    ``levels`` are those above the present one, the next one first; ``agreed`` is the plan
    that is being changed: its day may stay, also when it is past.
    """

    target_level = forms.TypedChoiceField(
        label=_("To which level?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a level.")},
    )
    owner = forms.TypedChoiceField(
        label=_("Who sees to it?"),
        coerce=int,
        help_text=_("One of the members of the company in this portal."),
        error_messages={
            "required": _("Choose who sees to it."),
            "invalid_choice": REFUSED["owner"],
        },
    )
    due_on = day_field(_("By when?"), error_messages={"required": _("Choose a day.")})
    remark = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=300,
        help_text=_("For example what has to happen first. Do not name workers here."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        levels: Iterable[Level],
        members: Iterable[Membership],
        today: date,
        agreed: StepPlan | None = None,
    ) -> None:
        initial = {} if agreed is None else {
            "target_level": agreed.target_level,
            "owner": agreed.owner_id,
            "due_on": agreed.due_on,
            "remark": agreed.remark,
        }  # fmt: skip
        super().__init__(data, initial=initial)
        self.today, self.agreed = today, agreed
        offered = [
            (
                level.number,
                _("Level %(number)s: %(text)s") % {"number": level.number, "text": level.text},
            )
            for level in levels
        ]
        target, owner = self.fields["target_level"], self.fields["owner"]
        target.choices = offered  # type: ignore[attr-defined]
        owner.choices = [  # type: ignore[attr-defined]
            ("", _("Choose a member")),
            *((row.user_id, str(row.user)) for row in members),
        ]
        self.fields["due_on"].required = True
        if agreed is None and offered:
            self.initial["target_level"] = offered[0][0]

    def clean_due_on(self) -> date:
        """From today on; a day that was agreed before may stay."""
        due_on: date = self.cleaned_data["due_on"]
        agreed = self.agreed.due_on if self.agreed else None
        if not day_fits(due_on, today=self.today, agreed=agreed):
            raise ValidationError(REFUSED["due_on"])
        return due_on

    def to_plan(self) -> StepPlan:
        """What was typed as the service takes it; only after ``is_valid()``."""
        return StepPlan(
            owner_id=self.cleaned_data["owner"],
            due_on=self.cleaned_data["due_on"],
            target_level=self.cleaned_data["target_level"],
            remark=self.cleaned_data["remark"],
        )

    def refuse(self, field: str) -> None:
        """Show what the service refused, at its field."""
        name = "owner" if field == "owner_id" else field
        self.add_error(name, REFUSED[name])
