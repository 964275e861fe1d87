"""Pages of the register: search, and what it says about one establishment.

The register is public, so whoever is logged in may search it. Names of natural persons
are personal data: only staff who work with single companies see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from companies.register import selectors
from companies.register.conditions import conditions, described
from companies.register.domain.numbers import format_number
from companies.register.forms import SearchForm
from companies.register.labels import distance_label, legal_form_label
from companies.register.models import Establishment
from companies.register.remarks import remarks_on
from companies.register.searching.finding import Hit
from companies.register.searching.paging import found_page
from portal.accounts.roles import may_see_companies
from portal.common.choices import OPPORTUNITY_LABELS

PER_PAGE = 25


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Establishments by words, number, activity, place and distance."""
    # Bound without a question as well, so that a link may carry only a province.
    form = SearchForm(request.GET or None, request=request)
    context: dict[str, Any] = {"form": form, "rows": [], "was_asked": False}
    if form.is_valid():
        question = form.question
        context["was_asked"] = not question.is_empty
        page, found = found_page(question, request.GET.get("page"), PER_PAGE)
        context |= {
            "page_obj": page,
            "has_more": found.has_more,
            "rows": _rows(found.hits),
            "shows_distance": bool(question.distances),
            "conditions": conditions(form, request.GET),
            "meant": described(form.activities),
        }
    context["current_import"] = selectors.current_import()
    return render(request, "register/search.html", context)


def _rows(hits: Sequence[Hit]) -> list[tuple[Establishment, str, str, str, list[Any]]]:
    """(establishment, printed number, main activity, distance, remarks) of each hit."""
    places = selectors.establishments_found(hits) if hits else []
    mains = [next(iter(place.activities.all()), None) for place in places]
    labels = selectors.nace_labels((one.version, one.code) for one in mains if one)
    remarks = remarks_on(places) if places else {}
    return [
        (
            place,
            format_number(place.pk),
            labels.get((main.version, main.code), main.code) if main else "",
            distance_label(hit.metres),
            remarks.get(place.pk, []),
        )
        for place, main, hit in zip(places, mains, hits, strict=True)
    ]


def establishment(request: HttpRequest, number: str) -> HttpResponse:
    """What the register says about one establishment and its enterprise."""
    if not number.isdigit():
        # PostgreSQL refuses to compare with a NUL.
        raise Http404("Not a number")
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
