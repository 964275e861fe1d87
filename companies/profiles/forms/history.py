"""Filters of the history of a company; they live in the address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.profiles.selectors.history import STAFF, SYSTEM, Wanted, parts_shown

# Outside these years there is nothing to find, and moments cannot be counted with.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2200, 1, 1)
IN_RANGE = (MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY))


class PersonField(forms.ChoiceField):
    """Offers members by name; any other key finds nothing and is no error."""

    def valid_value(self, value: Any) -> bool:
        """A choice, or something that could be a key."""
        text = str(value)
        return super().valid_value(value) or (text.isascii() and text.isdecimal())


class HistoryFilter(forms.Form):
    """Part, person and period.

    No FilterSet: what is filtered is one statement over many tables, not a queryset.
    """

    part = forms.ChoiceField(label=_("Part"), required=False)
    person = PersonField(label=_("Changed by"), required=False)
    since = forms.DateField(
        label=_("From"),
        required=False,
        validators=IN_RANGE,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = forms.DateField(
        label=_("Until and with"),
        required=False,
        validators=IN_RANGE,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part = cast("forms.ChoiceField", self.fields["part"])
        part.choices = [("", _("All")), *parts_shown()]
        self.offer([])

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Name these people in the list."""
        cast("forms.ChoiceField", self.fields["person"]).choices = [
            ("", _("All")),
            *people,
            (STAFF, _("The government")),
            (SYSTEM, _("The portal itself")),
        ]

    def clean(self) -> dict[str, Any]:
        """The period ends after it begins."""
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day lies before the first one."))
        return data

    def wanted(self) -> Wanted:
        """What to look for; everything when the form is empty or wrong."""
        if not self.is_bound or not self.is_valid():
            return Wanted()
        data = self.cleaned_data
        until = data["until"]
        return Wanted(
            part=data["part"],
            person=data["person"],
            since=_midnight(data["since"]) if data["since"] else None,
            before=_midnight(until + timedelta(days=1)) if until else None,
        )


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
