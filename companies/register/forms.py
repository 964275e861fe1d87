"""Form fields that take a register number in any notation, and the search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from companies.register.domain.numbers import (
    NumberError,
    is_meant_as_number,
    parse_enterprise_number,
    parse_number,
)
from companies.register.domain.search_words import beginning_of, words_of
from companies.register.models import PostalPoint
from companies.register.searching import origins
from companies.register.searching.activities import ActivityError, Meant, activities_meant
from companies.register.searching.question import Order, Question
from portal.common.choices import OPPORTUNITY_CHOICES, PROVINCE_CHOICES

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


ACTIVITY_MESSAGES: dict[str, Any] = {
    "too_short": _("Type at least two digits of the code."),
    "unknown": _(
        "We know no activity with this code or these words. "
        "Try another word, or the first two digits of the code."
    ),
    "too_many": _("These words fit %(count)s activities. Type more words, or a code."),
}
ORDER_CHOICES = [
    ("", _("Best fit first")),
    (Order.NAME.value, _("By name")),
    (Order.NEAREST.value, _("Nearest first")),
]
MAX_KM = 300


class SearchForm(forms.Form):
    """What to find; a valid form has a ``question``, which may be empty.

    No FilterSet: what is asked becomes one statement that walks indexes, not a queryset.
    """

    q = forms.CharField(
        label=_("Name, place or number"),
        help_text=_("Words in any order, a postcode, or an enterprise or establishment number."),
        max_length=320,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    activity = forms.CharField(
        label=_("Activity"),
        help_text=_("Words such as \u201cchocolate\u201d, or a NACE code or its beginning: 10.82."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    opportunity = forms.ChoiceField(
        label=_("Possible partner for"),
        choices=[("", _("All opportunities")), *OPPORTUNITY_CHOICES],
        required=False,
    )
    province = forms.ChoiceField(
        label=_("Province"), choices=[("", _("All of Belgium")), *PROVINCE_CHOICES], required=False
    )
    near = forms.CharField(
        label=_("Distance from"),
        help_text=_("A postcode, a place, your company, or the number of an enterprise."),
        max_length=320,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "origins"}),
    )
    km = forms.IntegerField(
        label=_("At most this far (km)"),
        min_value=1,
        max_value=MAX_KM,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Type a whole number of kilometres, for example 25."),
            "min_value": _("Type 1 km or more."),
            "max_value": _("Type %(limit_value)s km or less."),
        },
    )
    sort = forms.ChoiceField(
        label=pgettext_lazy("of a list", "Order"), choices=ORDER_CHOICES, required=False
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.number = ""
        self.origin: origins.Origin | None = None
        self.activities: tuple[Meant, ...] = ()
        self.offered = origins.offered(request)
        if self.offered:
            self.initial["near"] = self.offered[0]

    def clean_q(self) -> str:
        """A number must be right, so that a typing mistake is not taken for 'not found'."""
        text = str(self.cleaned_data["q"]).strip()
        if is_meant_as_number(text):
            self.number = _ten_digits(text)
        elif text and not words_of(text):
            raise ValidationError(_("Type at least one letter or digit."), code="no_words")
        return text

    def clean_activity(self) -> str:
        """Sets ``activities`` to the codes that are meant."""
        text = str(self.cleaned_data["activity"]).strip()
        if text:
            try:
                self.activities = activities_meant(text)
            except ActivityError as error:
                message = ACTIVITY_MESSAGES[error.code]
                raise ValidationError(message, error.code, {"count": error.count}) from error
        return text

    def clean_near(self) -> str:
        """Sets ``origin`` to the place that is meant."""
        text = str(self.cleaned_data["near"]).strip()
        if not text:
            return ""
        if is_meant_as_number(text):
            number = _ten_digits(text)
            self.origin = origins.from_sources(self.request, "", number)
            self.origin = self.origin or origins.from_register(number)
            if self.origin is None:
                raise ValidationError(
                    _("We do not know where this number is. Type a postcode or a place."),
                    code="unknown_number",
                )
            return text
        self.origin = origins.from_sources(self.request, text, "")
        self.origin = self.origin or origins.from_place(text, self._points)
        if self.origin is None:
            message = _("We know no Belgian postcode or place like this. Check what you typed.")
            raise ValidationError(message, code="unknown_place")
        return text

    def clean(self) -> dict[str, Any]:
        """A distance counts from somewhere."""
        cleaned = super().clean() or self.cleaned_data
        if "near" in cleaned and not cleaned["near"]:
            if cleaned.get("km"):
                self.add_error("near", _("Type from where the kilometres count."))
            elif cleaned.get("sort") == Order.NEAREST:
                self.add_error("near", _("Type from where the distance counts."))
        return cleaned

    @cached_property
    def _points(self) -> list[PostalPoint]:
        return list(PostalPoint.objects.order_by("postcode"))

    @property
    def question(self) -> Question:
        """What a valid form asks."""
        cleaned = self.cleaned_data
        words = () if self.number else words_of(cleaned["q"])
        distances: Mapping[str, int] = {}
        if self.origin is not None:
            # Only postcodes where something can be found: a walk passes by all of them.
            inside = [
                point for point in self._points if cleaned["province"] in {"", point.province}
            ]
            distances = origins.distances_from(self.origin, inside, cleaned["km"])
        order = Order(cleaned["sort"] or Order.BEST)
        if order is Order.BEST and not words:
            order = Order.NEAREST if distances else Order.NAME
        return Question(
            words=words,
            beginning=beginning_of(cleaned["q"]) if words else "",
            number=self.number,
            activities=tuple(one.mark for one in self.activities),
            opportunity=cleaned["opportunity"],
            province=cleaned["province"],
            distances=distances,
            is_limited=cleaned["km"] is not None,
            order=order,
        )


def _ten_digits(text: str) -> str:
    try:
        return parse_number(text)
    except NumberError as error:
        raise ValidationError(NUMBER_MESSAGES[error.code], code=error.code) from error
