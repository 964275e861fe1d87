"""Forms of this room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.register.domain import numbers

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
