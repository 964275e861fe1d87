"""Pages on which a company fills in its profile; others who may see it only look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from companies.profiles import access, selectors, services
from companies.profiles.current import may_edit
from companies.profiles.forms.activities import activity_formset
from companies.profiles.forms.customers import customer_formset
from companies.profiles.forms.offers import CompetencesForm, OffersForm
from companies.profiles.forms.workforce import WorkforceForm
from companies.profiles.models import Activity, Company, Customer, OpportunityOffer, WorkforceYear

FIRST_YEAR = 2000
YEARS_OFFERED = 3

page = require_http_methods(["GET", "HEAD", "POST"])


def _open(request: HttpRequest, company_id: int) -> tuple[Company, dict[str, Any]]:
    """The company and what every page of it needs; 403 on writing without the right."""
    company = access.company_or_404(request.user, company_id)
    can_edit = may_edit(request, company)
    if request.method == "POST" and not can_edit:
        raise PermissionDenied
    return company, {"company": company, "can_edit": can_edit}


def _saved(request: HttpRequest, write: Callable[[], object]) -> bool:
    """Write; False, with a message, when somebody else's change came in between."""
    try:
        write()
    except IntegrityError:
        messages.error(
            request,
            _("This was not saved: somebody changed it at the same time. Check and save again."),
        )
        return False
    messages.success(request, _("Saved."))
    return True


@page
def activities(request: HttpRequest, company_id: int) -> HttpResponse:
    """Which cells of the study, and other work."""
    company, context = _open(request, company_id)
    stored = Activity.objects.filter(company=company).order_by("pk")
    formset = activity_formset(stored, request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and formset.is_valid()
        and _saved(
            request,
            lambda: services.set_activities(
                company_id=company.pk, activities=[form.to_input() for form in formset.kept]
            ),
        )
    ):
        return redirect("profiles:activities", company_id=company.pk)
    return render(request, "profiles/activities.html", context | {"formset": formset})


def _year_of(year: int | None, stored: list[WorkforceYear]) -> int:
    """The year of the page: asked, else the latest known, else last year; 404 out of range."""
    this_year = timezone.localdate().year
    if year is None:
        return stored[0].year if stored else this_year - 1
    if not FIRST_YEAR <= year <= this_year:
        raise Http404("No such year")
    return year


@page
def workforce(request: HttpRequest, company_id: int, year: int | None = None) -> HttpResponse:
    """Totals of a year, with the norm and the recognition conditions beside them."""
    company, context = _open(request, company_id)
    stored = list(selectors.workforces(company))
    shown_year = _year_of(year, stored)
    current = next((row for row in stored if row.year == shown_year), None)
    earlier = next((row for row in stored if row.year < shown_year), None)
    form = WorkforceForm(
        request.POST if request.method == "POST" else None, workforce=current or earlier
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and _saved(
            request,
            lambda: services.set_workforce_year(
                company_id=company.pk, year=shown_year, workforce=form.to_input()
            ),
        )
    ):
        return redirect("profiles:workforce_year", company_id=company.pk, year=shown_year)
    this_year = timezone.localdate().year
    years = {row.year for row in stored} | set(range(this_year - YEARS_OFFERED, this_year + 1))
    context |= {
        "form": form,
        "year": shown_year,
        "years": sorted(years, reverse=True),
        "current": current,
        "start_from": None if current or form.is_bound else earlier,
        "check": selectors.workforce_check(current) if current else None,
    }
    return render(request, "profiles/workforce.html", context)


@page
def customers(request: HttpRequest, company_id: int) -> HttpResponse:
    """Customers and how much the company leans on them."""
    company, context = _open(request, company_id)
    stored = list(Customer.objects.filter(company=company).order_by("-turnover_share", "pk"))
    formset = customer_formset(stored, request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and formset.is_valid()
        and _saved(
            request,
            lambda: services.set_customers(
                company_id=company.pk, customers=[form.to_input() for form in formset.kept]
            ),
        )
    ):
        return redirect("profiles:customers", company_id=company.pk)
    context |= {"formset": formset, "concentration": selectors.concentration_of(stored)}
    return render(request, "profiles/customers.html", context)


@page
def offers(request: HttpRequest, company_id: int) -> HttpResponse:
    """What the company offers for each opportunity, and how far it goes."""
    company, context = _open(request, company_id)
    form = OffersForm(
        request.POST if request.method == "POST" else None,
        offers=OpportunityOffer.objects.filter(company=company),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and _saved(
            request, lambda: services.set_offers(company_id=company.pk, offers=form.to_input())
        )
    ):
        return redirect("profiles:offers", company_id=company.pk)
    return render(request, "profiles/offers.html", context | {"form": form})


@page
def competences(request: HttpRequest, company_id: int) -> HttpResponse:
    """Competences and certificates from the list."""
    company, context = _open(request, company_id)
    form = CompetencesForm(request.POST if request.method == "POST" else None, company=company)
    if (
        request.method == "POST"
        and form.is_valid()
        and _saved(
            request, lambda: services.set_competences(company_id=company.pk, slugs=form.slugs)
        )
    ):
        return redirect("profiles:competences", company_id=company.pk)
    return render(request, "profiles/competences.html", context | {"form": form})
