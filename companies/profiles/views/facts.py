"""Pages on which a company fills in its profile; others who may see it only look."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companies.profiles import access, selectors, services
from companies.profiles.domain.completeness import Part
from companies.profiles.forms.activities import BaseActivityFormSet, activity_formset
from companies.profiles.forms.customers import BaseCustomerFormSet, customer_formset
from companies.profiles.forms.offers import CompetencesForm, OffersForm
from companies.profiles.forms.workforce import WorkforceForm
from companies.profiles.models import Activity, Company, Customer, OpportunityOffer, WorkforceYear
from companies.profiles.views.frame import open_part
from portal.accounts.models import User

FIRST_YEAR = 2000
YEARS_OFFERED = 3

page = require_http_methods(["GET", "HEAD", "POST"])


@page
def activities(request: HttpRequest, company_id: int) -> HttpResponse:
    """Which cells of the study, and other work."""
    part = open_part(request, company_id, Part.ACTIVITIES)
    codes = selectors.register_codes(part.company)

    def build(data: QueryDict | None) -> BaseActivityFormSet:
        stored = Activity.objects.filter(company=company_id).order_by("pk")
        return activity_formset(stored, data, codes)

    def write(formset: BaseActivityFormSet) -> None:
        services.set_activities(
            company_id=company_id, activities=[form.to_input() for form in formset.kept]
        )

    return part.save(build, write) or part.show("profiles/activities.html", {"codes": codes})


def _year_of(year: int | None, known: list[int]) -> int:
    """The year of the page: asked, else the latest known, else last year; 404 out of range."""
    this_year = timezone.localdate().year
    if year is None:
        return max(known, default=this_year - 1)
    if not FIRST_YEAR <= year <= this_year:
        raise Http404("No such year")
    return year


@page
def workforce(request: HttpRequest, company_id: int, year: int | None = None) -> HttpResponse:
    """Totals of a year, with the norm and the recognition conditions beside them."""
    part = open_part(request, company_id, Part.WORKFORCE)
    known = selectors.workforce_years(part.company)
    shown_year = _year_of(year, known)
    part.of_year(shown_year)
    newest: list[WorkforceYear] = []

    def build(data: QueryDict | None) -> WorkforceForm:
        newest[:] = selectors.workforces_until(part.company, shown_year)
        return WorkforceForm(data, workforce=newest[0] if newest else None)

    def write(form: WorkforceForm) -> None:
        services.set_workforce_year(
            company_id=company_id, year=shown_year, workforce=form.to_input()
        )

    answer = part.save(build, write)
    if answer:
        return answer
    start = newest[0] if newest else None
    current = start if start and start.year == shown_year else None
    this_year = timezone.localdate().year
    years = set(known) | set(range(this_year - YEARS_OFFERED, this_year + 1))
    context = {
        "year": shown_year,
        "years": sorted(years, reverse=True),
        "current": current,
        "start_from": None if current or request.method == "POST" or part.draft else start,
        "check": selectors.workforce_check(current) if current else None,
        "report": selectors.year_report(newest, shown_year),
    }
    return part.show("profiles/workforce.html", context)


@page
def customers(request: HttpRequest, company_id: int) -> HttpResponse:
    """Customers and how much the company leans on them."""
    part = open_part(request, company_id, Part.CUSTOMERS)

    def stored() -> list[Customer]:
        rows = Customer.objects.filter(company=company_id)
        return list(rows.order_by("-turnover_share", "pk"))

    def build(data: QueryDict | None) -> BaseCustomerFormSet:
        return customer_formset(stored(), data, own_number=part.company.enterprise_number)

    def write(formset: BaseCustomerFormSet) -> None:
        services.set_customers(
            company_id=company_id, customers=[form.to_input() for form in formset.kept]
        )

    answer = part.save(build, write)
    if answer:
        return answer
    return part.show(
        "profiles/customers.html", {"concentration": selectors.concentration_of(stored())}
    )


@page
def offers(request: HttpRequest, company_id: int) -> HttpResponse:
    """What the company offers for each opportunity, and how far it goes."""

    def build(data: QueryDict | None) -> OffersForm:
        return OffersForm(data, offers=OpportunityOffer.objects.filter(company=company_id))

    def write(form: OffersForm) -> None:
        services.set_offers(company_id=company_id, offers=form.to_input())

    part = open_part(request, company_id, Part.OFFERS)
    return part.save(build, write) or part.show("profiles/offers.html")


@page
def competences(request: HttpRequest, company_id: int) -> HttpResponse:
    """Competences and certificates from the list."""
    part = open_part(request, company_id, Part.COMPETENCES)

    def build(data: QueryDict | None) -> CompetencesForm:
        return CompetencesForm(data, company=part.company)

    def write(form: CompetencesForm) -> None:
        services.set_competences(company_id=company_id, slugs=form.slugs)

    return part.save(build, write) or part.show("profiles/competences.html")


@require_POST
def confirm(request: HttpRequest, company_id: int, part: str) -> HttpResponse:
    """A part is still right as it stands, or there is nothing to tell in it."""
    company: Company = access.editable_company_or_403(request.user, company_id)
    if part not in set(Part):
        raise Http404("No such part")
    services.confirm_part(
        company_id=company.pk, part=Part(part), by=cast("User", request.user), at=timezone.now()
    )
    messages.success(request, _("Noted, with today as its date."))
    return redirect(f"profiles:{part}", company_id=company.pk)
