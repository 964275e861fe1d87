"""The places where a company works, as a list of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from companies.profiles import selectors
from companies.profiles.enums import PointSource
from companies.profiles.forms.fields import EstablishmentNumberField, PointField
from companies.profiles.forms.rows import BaseRowFormSet, RowForm, row_formset
from companies.profiles.models import CompanyEstablishment
from companies.profiles.services import EstablishmentInput
from companies.register.domain.lambert import format_degrees
from companies.register.models import Establishment, PostalPoint

# Own points further than this from their postal point are taken for a mistake. The largest
# Belgian postcodes reach about half of it.
FARTHEST_M = 20_000
ADDRESS = ("postcode", "street")


class EstablishmentForm(RowForm):
    """One place; with only its number, the address comes from the register."""

    number = EstablishmentNumberField(
        label=_("Establishment number, if known"),
        required=False,
        help_text=_("With the number alone we look the address up when you save."),
    )
    name = forms.CharField(label=_("Name of the place"), required=False, max_length=200)
    street = forms.CharField(label=_("Street"), required=False, max_length=200)
    house_number = forms.CharField(label=_("House number"), required=False, max_length=30)
    postcode = forms.RegexField(
        r"^\d{4}$",
        label=_("Postcode"),
        required=False,
        max_length=4,
        error_messages={"invalid": _("A Belgian postcode has four digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    municipality = forms.CharField(
        label=_("Municipality"),
        required=False,
        max_length=120,
        help_text=_("Empty: the place of the postcode."),
    )
    point = PointField(
        label=_("Own point: latitude and longitude"),
        required=False,
        help_text=_(
            "Pasted from a map, for example 50.8503, 4.3517. Empty: the point of the postcode."
        ),
    )

    def fill_from(self, listed: Establishment) -> None:
        """Take the address of the register where none is typed."""
        if any(self.cleaned_data.get(name) for name in ADDRESS):
            return
        for name in ("street", "house_number", "postcode", "municipality"):
            self.cleaned_data[name] = getattr(listed, name)
        self.cleaned_data["name"] = self.cleaned_data.get("name") or listed.name[:200]

    def check_point(self, at_postcode: PostalPoint) -> None:
        """An own point lies near its postcode."""
        point = self.cleaned_data.get("point")
        if point is None:
            return
        apart = ((point[0] - at_postcode.x_m) ** 2 + (point[1] - at_postcode.y_m) ** 2) ** 0.5
        if apart > FARTHEST_M:
            text = _(
                "This point lies %(km)s km from %(postcode)s. Check the point and the postcode."
            )
            values = {"km": round(apart / 1000), "postcode": at_postcode}
            self.add_error("point", ValidationError(text, params=values))

    @property
    def note(self) -> Any:
        """From which point distances count now."""
        if not self.is_stored:
            return ""
        values = {"postcode": self.initial["postcode"]}
        texts = {
            "": _("Point used: none is known, so distances cannot count from here."),
            PointSource.OWN: _("Point used: own point."),
            PointSource.REGISTER: _("Point used: register (the postal point of %(postcode)s)."),
            PointSource.POSTAL: _("Point used: postal point of %(postcode)s."),
        }
        return texts[self.initial.get("source", "")] % values

    def to_input(self) -> EstablishmentInput:
        """The row as the service takes it."""
        names = ("number", "name", "street", "house_number", "postcode", "municipality")
        return EstablishmentInput(
            **{name: self.cleaned_data[name] for name in names},
            own_point=self.cleaned_data["point"],
        )


class BaseEstablishmentFormSet(BaseRowFormSet):
    """All places together, held against the register and the postal table."""

    enterprise_number = ""

    def clean(self) -> None:
        """Look numbers and postcodes up; a number stands once, at least one place stays."""
        if any(self.errors):
            return
        kept = self.kept
        if not kept:
            raise ValidationError(now("A company works somewhere: keep at least one place."))
        listed = selectors.listed_establishments(form.cleaned_data["number"] for form in kept)
        for form in kept:
            self._check_number(form, listed.get(form.cleaned_data["number"]))
        points = selectors.postal_points(form.cleaned_data["postcode"] for form in kept)
        for form in kept:
            self._check_postcode(form, points.get(form.cleaned_data["postcode"]))
        self.refuse_twice("number", _("This establishment is already listed."))

    def _check_number(self, form: EstablishmentForm, listed: Establishment | None) -> None:
        if listed is None:
            return
        # What the register changed later is no reason to refuse a place that stood here.
        is_new = form.initial.get("number") != listed.number
        if is_new and listed.enterprise_id != self.enterprise_number:
            form.add_error(
                "number",
                _(
                    "In the register this establishment belongs to another enterprise. "
                    "Leave the number empty if you work there."
                ),
            )
        elif is_new and not listed.is_active:
            form.add_error("number", _("According to the register this establishment is closed."))
        else:
            form.fill_from(listed)

    def _check_postcode(self, form: EstablishmentForm, at_postcode: PostalPoint | None) -> None:
        if at_postcode is not None:
            form.check_point(at_postcode)
        elif "number" in form.errors:
            return
        elif form.cleaned_data["postcode"]:
            form.add_error("postcode", _("This is no Belgian postcode."))
        elif form.cleaned_data["number"]:
            form.add_error(
                "postcode", _("The register does not know this number: type the postcode.")
            )
        else:
            form.add_error("postcode", _("Type the postcode of this place."))


EstablishmentFormSet = row_formset(EstablishmentForm, BaseEstablishmentFormSet)


def establishment_formset(
    places: Iterable[CompanyEstablishment],
    enterprise_number: str,
    data: Mapping[str, Any] | None = None,
) -> BaseEstablishmentFormSet:
    """The places of the company with this number, and empty rows for more."""
    initial = [
        {
            "number": place.number,
            "name": place.name,
            "street": place.street,
            "house_number": place.house_number,
            "postcode": place.postcode,
            "municipality": place.municipality,
            "point": _own_point(place),
            "source": "" if place.x_m is None else place.point_source,
        }
        for place in places
    ]
    made = EstablishmentFormSet(data, initial=initial, prefix="place")
    formset = cast("BaseEstablishmentFormSet", made)
    formset.enterprise_number = enterprise_number
    return formset


def _own_point(place: CompanyEstablishment) -> str:
    if place.point_source != PointSource.OWN or place.x_m is None or place.y_m is None:
        return ""
    return format_degrees(place.x_m, place.y_m)
