"""What is asked of somebody who opts out, or takes that back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.partners.opt_out import links
from companies.partners.opt_out.models import MOST_REASON
from companies.partners.opt_out.selectors import Standing
from companies.register.domain.numbers import NumberError, parse_number
from companies.register.forms import NUMBER_MESSAGES


def _reason_field(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        **options,
    )


class OptOutForm(forms.Form):
    """For this place or for the whole enterprise, and why if one likes."""

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            standing.number: _("Only this establishment (%(number)s)")
            % {"number": standing.printed},
            standing.enterprise_number: _(
                "The whole enterprise (%(number)s): all establishments, new ones too"
            )
            % {"number": standing.printed_enterprise},
        }
        self.fields["scope"] = forms.ChoiceField(
            label=_("For which places?"),
            choices=[(number, labels[number]) for number in standing.scopes],
            widget=forms.RadioSelect,
            initial=next(iter(standing.scopes), None),
        )
        self.fields["reason"] = _reason_field(
            _("Why? You do not have to say."),
            required=False,
            help_text=_("Only staff of the portal read this."),
        )


class UndoForm(forms.Form):
    """Which opt-out is taken back; staff say why."""

    def __init__(self, *args: Any, standing: Standing, asks_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = forms.ChoiceField(
            choices=[(row.number, row.number) for row in standing.in_force],
            widget=forms.HiddenInput,
        )
        if asks_reason:
            self.fields["reason"] = _reason_field(
                _("Why may this partner be proposed again?"),
                help_text=_("For example: the manager asked for it by telephone on 3 June."),
            )


class CodeForm(forms.Form):
    """Number and code as they stand in a letter; cleans to ``number``."""

    number = forms.CharField(
        label=_("Establishment or enterprise number"),
        help_text=_("It stands in the letter. With or without dots."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Ten letters and digits, with or without the dash."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        """Ten digits of either kind of number."""
        try:
            return parse_number(str(self.cleaned_data["number"]))
        except NumberError as error:
            raise ValidationError(NUMBER_MESSAGES[error.code], code=error.code) from error

    def clean(self) -> dict[str, Any]:
        """The two belong together."""
        cleaned = super().clean() or self.cleaned_data
        number, code = cleaned.get("number"), cleaned.get("code")
        if number and code and not links.is_code(number, code):
            self.add_error(
                "code",
                _("This code does not go with this number. Compare both with the letter."),
            )
        return cleaned
