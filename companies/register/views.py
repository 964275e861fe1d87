"""Pages of the register: search, and what it says about one establishment.

The register is public, so whoever is logged in may search it. Names of natural persons
are personal data: only staff who work with single companies see them.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import ListView

from companies.register import selectors
from companies.register.domain.numbers import format_number
from companies.register.forms import SearchForm
from companies.register.labels import legal_form_label
from companies.register.models import Establishment
from companies.register.remarks import remarks_on
from portal.accounts.roles import may_see_companies
from portal.common.choices import OPPORTUNITY_LABELS


class SearchView(ListView[Establishment]):
    """Establishments by the beginning of a name or by a number in any notation."""

    template_name = "register/search.html"
    context_object_name = "places"
    paginate_by = 25
    form: SearchForm

    def get_queryset(self) -> selectors.Places:
        """What was asked; nothing before anything is."""
        # Bound without a question as well, so that a link may carry only a province.
        self.form = SearchForm(self.request.GET or None)
        asked = self.form.is_valid() and bool(
            self.form.cleaned_data["q"] or self.form.cleaned_data["province"]
        )
        if not asked:
            return Establishment.objects.none()
        number = self.form.number
        return selectors.search_establishments(
            name="" if number else self.form.cleaned_data["q"],
            number=number,
            province=self.form.cleaned_data["province"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page of results, each with its main activity."""
        context = super().get_context_data(**kwargs)
        places = list(context["places"])
        mains = {place.pk: next(iter(place.activities.all()), None) for place in places}
        labels = selectors.nace_labels((one.version, one.code) for one in mains.values() if one)
        remarks = remarks_on(places)
        rows = []
        for place in places:
            main = mains[place.pk]
            label = labels.get((main.version, main.code), main.code) if main else ""
            rows.append((place, format_number(place.pk), label, remarks.get(place.pk, [])))
        return context | {
            "form": self.form,
            "rows": rows,
            "was_asked": self.form.is_bound
            and self.form.is_valid()
            and any(self.request.GET.values()),
            "current_import": selectors.current_import(),
        }


def establishment(request: HttpRequest, number: str) -> HttpResponse:
    """What the register says about one establishment and its enterprise."""
    places = selectors.with_activities(Establishment.objects.select_related("enterprise"))
    place = get_object_or_404(places, pk=number)
    remarks = remarks_on([place]).get(place.pk, [])
    for remark in remarks:
        if remark.continues_as:
            messages.info(
                request,
                _("You asked for number %(number)s, which continues as this one.")
                % {"number": format_number(place.pk)},
            )
            return redirect("register:establishment", number=remark.continues_as)
    keys = [(activity.version, activity.code) for activity in place.activities.all()]
    labels = selectors.nace_labels(keys)
    opportunities = selectors.watched_opportunities(keys)
    return render(
        request,
        "register/establishment.html",
        {
            "place": place,
            "remarks": remarks,
            "sees_companies": may_see_companies(request.user),
            "facts": _facts(place, sees_persons=may_see_companies(request.user)),
            "activities": [
                (activity, labels.get((activity.version, activity.code), ""))
                for activity in place.activities.all()
            ],
            "opportunities": [OPPORTUNITY_LABELS[one] for one in opportunities],
            "current_import": selectors.current_import(),
        },
    )


def _facts(place: Establishment, *, sees_persons: bool) -> list[tuple[str, Any]]:
    """(label, value) of what is known; absent values are left out."""
    enterprise = place.enterprise
    name = enterprise.name
    if enterprise.is_natural_person and not sees_persons:
        name = _("Natural person; the name is not shown")
    street = " ".join(filter(None, (place.street, place.house_number)))
    box = _("box %(box)s") % {"box": place.box} if place.box else ""
    town = " ".join(filter(None, (place.postcode, place.municipality)))
    facts: list[tuple[str, Any]] = [
        (_("Establishment number"), format_number(place.pk)),
        (_("Address"), ", ".join(filter(None, (" ".join(filter(None, (street, box))), town)))),
        (_("Province"), place.get_province_display() if place.province else ""),
        (_("Since"), date_format(place.started_on, "j F Y") if place.started_on else ""),
        (_("Enterprise"), name),
        (_("Enterprise number"), format_number(enterprise.pk)),
        (_("Legal form"), legal_form_label(enterprise.legal_form)),
    ]
    return [(label, value) for label, value in facts if value]
