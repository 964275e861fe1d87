"""Form fields that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from companies.profiles.models.facts import EARLIEST, LATEST
from companies.register.domain.numbers import (
    EstablishmentGivenError,
    NotDigitsError,
    NumberError,
    WrongCheckDigitError,
    WrongLengthError,
    WrongStartError,
    parse_enterprise_number,
)

NUMBER_MESSAGES: dict[str, Any] = {
    NotDigitsError.code: _("Type the ten digits of the enterprise number, with or without dots."),
    WrongLengthError.code: _("An enterprise number has ten digits. Check what you typed."),
    WrongStartError.code: _("An enterprise number starts with 0 or 1. Check what you typed."),
    EstablishmentGivenError.code: _(
        "This is the number of an establishment. Type the number of the enterprise: "
        "it starts with 0 or 1."
    ),
    WrongCheckDigitError.code: _(
        "This number does not exist: its last two digits do not fit. Check for a typing mistake."
    ),
}
NUMBER_FALLBACK = _("This is not an enterprise number.")


class EnterpriseNumberField(forms.CharField):
    """An enterprise number in any usual notation; gives ten digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40} | kwargs)

    def clean(self, value: Any) -> str:
        """Ten digits, or empty when the field may be; ValidationError says what is wrong."""
        text = str(super().clean(value))
        if not text:
            return ""
        try:
            return parse_enterprise_number(text)
        except NumberError as error:
            message = NUMBER_MESSAGES.get(error.code, NUMBER_FALLBACK)
            raise ValidationError(message, code=error.code) from None


def percent_field(label: Any, **kwargs: Any) -> forms.IntegerField:
    """A whole share from 0 to 100."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        **kwargs,
    )


def count_field(label: Any, *, maximum: int = 100_000, **kwargs: Any) -> forms.IntegerField:
    """A number of persons, places or hours; empty is allowed."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=kwargs.pop("minimum", 0),
        max_value=maximum,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        **kwargs,
    )


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day between 2000 and 2100; the browser's own picker, or typed as 31/12/2026."""
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        **kwargs,
    )


class FteField(forms.DecimalField):
    """A number of FTE; one comma or one point is the decimal mark, whatever the language."""

    def to_python(self, value: Any) -> Any:
        """A Decimal or None."""
        if isinstance(value, str) and value.count(",") + value.count(".") == 1:
            mark = formats.get_format("DECIMAL_SEPARATOR")
            value = value.replace(",", ".").replace(".", mark)
        return super().to_python(value)


def fte_field(label: Any, **kwargs: Any) -> FteField:
    """Full-time equivalents with two decimals; a comma or a point both do."""
    return FteField(
        label=label,
        required=False,
        min_value=0,
        max_value=10_000,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        **kwargs,
    )


def yes_no_field(label: Any, **kwargs: Any) -> forms.TypedChoiceField:
    """Yes, no or not known."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        **kwargs,
    )


def yes_no_initial(value: bool | None) -> str:
    """What ``yes_no_field`` shows for a stored value."""
    return "" if value is None else ("yes" if value else "no")
