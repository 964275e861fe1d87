"""Form fields that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from companies.profiles.models.facts import EARLIEST, LATEST
from companies.profiles.models.resources import FIRST_YEAR, LAST_YEAR
from companies.register.domain.lambert import (
    NotTwoNumbersError,
    OutsideBelgiumError,
    PointError,
    SwappedError,
    parse_point,
)
from companies.register.domain.numbers import (
    EnterpriseGivenError,
    EstablishmentGivenError,
    NotDigitsError,
    NumberError,
    WrongCheckDigitError,
    WrongLengthError,
    WrongStartError,
    parse_enterprise_number,
    parse_establishment_number,
)

NUMBER_MESSAGES: dict[str, Any] = {
    NotDigitsError.code: _("Type the ten digits of the enterprise number, with or without dots."),
    WrongLengthError.code: _("An enterprise number has ten digits. Check what you typed."),
    WrongStartError.code: _("An enterprise number starts with 0 or 1. Check what you typed."),
    EstablishmentGivenError.code: _(
        "This is the number of an establishment. Type the number of the enterprise to which it "
        "belongs: it starts with 0 or 1 and stands on every invoice."
    ),
    WrongCheckDigitError.code: _(
        "This number does not exist: its last two digits do not fit. Check for a typing mistake."
    ),
}
NUMBER_FALLBACK = _("This is not an enterprise number.")


ESTABLISHMENT_MESSAGES: dict[str, Any] = {
    NotDigitsError.code: _("Type the ten digits of the establishment number."),
    WrongLengthError.code: _("An establishment number has ten digits. Check what you typed."),
    WrongStartError.code: _("An establishment number starts with 2 to 8. Check what you typed."),
    EnterpriseGivenError.code: _(
        "This is the number of an enterprise. Type the number of the establishment: "
        "it starts with 2 to 8."
    ),
    WrongCheckDigitError.code: NUMBER_MESSAGES[WrongCheckDigitError.code],
}
POINT_MESSAGES: dict[str, Any] = {
    NotTwoNumbersError.code: _("Type latitude and longitude, for example 50.8503, 4.3517."),
    SwappedError.code: _("Latitude comes first: it is about 51. Longitude is between 2 and 7."),
    OutsideBelgiumError.code: _("This point does not lie in Belgium. Check what you pasted."),
}


class EnterpriseNumberField(forms.CharField):
    """An enterprise number in any usual notation; gives ten digits."""

    read = staticmethod(parse_enterprise_number)
    texts = NUMBER_MESSAGES
    fallback = NUMBER_FALLBACK

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40} | kwargs)

    def clean(self, value: Any) -> str:
        """Ten digits, or empty when the field may be; ValidationError says what is wrong."""
        text = str(super().clean(value))
        if not text:
            return ""
        try:
            return self.read(text)
        except NumberError as error:
            message = self.texts.get(error.code, self.fallback)
            raise ValidationError(message, code=error.code) from None


class EstablishmentNumberField(EnterpriseNumberField):
    """An establishment number in any usual notation; gives ten digits."""

    read = staticmethod(parse_establishment_number)
    texts = ESTABLISHMENT_MESSAGES
    fallback = _("This is not an establishment number.")


class PointField(forms.CharField):
    """Latitude and longitude as copied from a map; gives metres in Lambert 2008, or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 60} | kwargs)

    def clean(self, value: Any) -> Any:
        """A pair (x, y), or None when empty; ValidationError says what is wrong."""
        text = str(super().clean(value))
        if not text:
            return None
        try:
            return parse_point(text)
        except PointError as error:
            raise ValidationError(POINT_MESSAGES[error.code], code=error.code) from None


class YearField(forms.IntegerField):
    """A year from 1950 that is not still to come, or None."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.NumberInput(attrs={"inputmode": "numeric"})
        super().__init__(
            required=False, widget=widget, min_value=FIRST_YEAR, max_value=LAST_YEAR, **kwargs
        )

    def clean(self, value: Any) -> Any:
        """The year; ValidationError when it still has to come."""
        year = super().clean(value)
        if year is not None and year > timezone.localdate().year:
            raise ValidationError(_("This year still has to come."), code="future")
        return year


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
