"""Forms of this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.matching.domain.introductions import (
    REFUSALS,
    TRANSITIONS,
    Reason,
    Side,
    Step,
    Transition,
)
from assessments.matching.enums import REASON_LABELS
from assessments.matching.ledger_words import STEP_HELP
from assessments.matching.models import IntroductionStep
from companies.profiles.forms.fields import day_field
from companies.register.domain import numbers
from portal.common.forms import PortalFormMixin

PROBLEMS = {
    "not_digits": _("An establishment number has digits only, such as 2.000.000.339."),
    "wrong_length": _("An establishment number has ten digits."),
    "wrong_start": _("An establishment number starts with a digit from 2 to 8."),
    "enterprise_given": _(
        "This is an enterprise number. Give the number of an establishment (starting with 2 to 8)."
    ),
    "wrong_check_digit": _("This number does not exist: is there a typing mistake in it?"),
}


class WhyNotForm(forms.Form):
    """The establishment that somebody expected among the matches."""

    number = forms.CharField(
        label=_("Establishment number"),
        max_length=30,
        help_text=_("Ten digits, with or without dots. You find it in the register."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_number(self) -> str:
        """Ten digits; the message says what is wrong."""
        try:
            return numbers.parse_establishment_number(self.cleaned_data["number"])
        except numbers.NumberError as error:
            raise forms.ValidationError(
                PROBLEMS.get(error.code, PROBLEMS["wrong_length"]), code=error.code
            ) from error


WORDS_LENGTH = IntroductionStep._meta.get_field("words").max_length
OTHER_WORDS = _("Say in words what the other reason is.")


def _reason_field(reasons: tuple[Reason, ...], label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(reason.value, REASON_LABELS[reason]) for reason in reasons],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )


def _words_field(help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=_("In your own words (not required, except for another reason)"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=help_text,
    )


class _ReasonInWords(PortalFormMixin, forms.Form):
    """A form whose reason may be "another one", which then takes words."""

    def clean(self) -> dict[str, Any]:
        """The words of another reason."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("reason") == Reason.OTHER and not data.get("words"):
            self.add_error("words", OTHER_WORDS)
        return data


class NotRelevantForm(_ReasonInWords):
    """Why a match is not relevant."""

    submit_label = _("Mark as not relevant")

    reason = _reason_field(REFUSALS, _("Why is this partner not relevant?"))
    words = _words_field(_("Your adviser can read this; the partner cannot."))

    @property
    def chosen(self) -> Reason:
        """The reason; only after ``is_valid()``."""
        return Reason(self.cleaned_data["reason"])


class StepForm(_ReasonInWords):
    """What a step asks: a reason, a day, words; ``seen`` is the number of the last step."""

    submit_label = _("Note this step")

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    words = forms.CharField(
        label=_("In your own words (not required)"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The company and its advisers read this."),
    )

    def __init__(self, *args: Any, transition: Transition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.transition = transition
        rule = TRANSITIONS[transition]
        if rule.has_day:
            self.fields["day"] = day_field(_("On which day?"))
            self.fields["day"].required = True
            self.fields["day"].error_messages["required"] = _("Choose a day.")
        if rule.reasons:
            self.fields["reason"] = _reason_field(rule.reasons, _("Why?"))
            self.fields["words"].label = _(
                "In your own words (not required, except for another reason)"
            )
        self.order_fields(["seen", "reason", "day", "words"])

    @property
    def guidance(self) -> Any:
        """What a person should know before taking the step."""
        return STEP_HELP.get(self.transition, "")

    def to_step(self, side: Side) -> Step:
        """The step as the service takes it; only after ``is_valid()``."""
        reason = self.cleaned_data.get("reason")
        return Step(
            transition=self.transition,
            side=side,
            reason=Reason(reason) if reason else None,
            words=self.cleaned_data["words"],
            day=self.cleaned_data.get("day"),
        )
