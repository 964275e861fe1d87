"""Form fields that take a register number in any notation, and the search."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.register.domain.numbers import (
    NumberError,
    looks_like_number,
    parse_enterprise_number,
    parse_number,
)
from portal.common.choices import PROVINCE_CHOICES

NUMBER_MESSAGES: dict[str, Any] = {
    "not_digits": _("Type the ten digits of the number, for example 0123.456.749."),
    "wrong_length": _("This number does not have ten digits. Check whether a digit is missing."),
    "wrong_start": _("An enterprise number starts with 0 or 1."),
    "establishment_given": _(
        "This is the number of an establishment. Type the enterprise number, "
        "which starts with 0 or 1."
    ),
    "enterprise_given": _(
        "This is the number of an enterprise. Type the establishment number, "
        "which starts with 2 to 8."
    ),
    "wrong_check_digit": _("This number does not exist. There is probably a typing mistake."),
}


class EnterpriseNumberField(forms.CharField):
    """An enterprise number; cleans to ten digits without dots."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Enterprise number"))
        kwargs.setdefault("help_text", _("Ten digits, with or without dots: 0123.456.749."))
        kwargs.setdefault("max_length", 30)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Ten digits, or a message that says what to correct."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return parse_enterprise_number(text)
        except NumberError as error:
            raise ValidationError(NUMBER_MESSAGES[error.code], code=error.code) from error


class SearchForm(forms.Form):
    """Name or number, and a province; cleans to ``name`` or ``number`` with ``province``."""

    q = forms.CharField(
        label=_("Name or number"),
        help_text=_("The beginning of a name, or an enterprise or establishment number."),
        max_length=320,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    province = forms.ChoiceField(
        label=_("Province"), choices=[("", _("All of Belgium")), *PROVINCE_CHOICES], required=False
    )

    def clean_q(self) -> str:
        """A number must be right, so that a typing mistake is not taken for 'not found'."""
        text = str(self.cleaned_data["q"]).strip()
        if looks_like_number(text):
            try:
                self.cleaned_data["number"] = parse_number(text)
            except NumberError as error:
                raise ValidationError(NUMBER_MESSAGES[error.code], code=error.code) from error
        return text

    @property
    def number(self) -> str:
        """The ten digits asked for, or nothing when a name was typed."""
        return str(self.cleaned_data.get("number", ""))
