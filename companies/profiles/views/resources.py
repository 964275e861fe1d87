"""Pages on where a company works, what it works with and what it does already."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from companies.profiles import services
from companies.profiles.domain.completeness import Part
from companies.profiles.forms.current_work import CurrentWorkFormSet, current_work_formset
from companies.profiles.forms.equipment import equipment_formset
from companies.profiles.forms.establishments import BaseEstablishmentFormSet, establishment_formset
from companies.profiles.forms.rows import BaseRowFormSet
from companies.profiles.models import CompanyEstablishment, Equipment
from companies.profiles.views.frame import open_part

page = require_http_methods(["GET", "HEAD", "POST"])


@page
def establishments(request: HttpRequest, company_id: int) -> HttpResponse:
    """The places where the company works; distances count from the nearest one."""
    part = open_part(request, company_id, Part.ESTABLISHMENTS)

    def build(data: QueryDict | None) -> BaseEstablishmentFormSet:
        stored = CompanyEstablishment.objects.filter(company=company_id).order_by("postcode", "pk")
        return establishment_formset(stored, part.company.enterprise_number, data)

    def write(formset: BaseEstablishmentFormSet) -> None:
        services.set_establishments(
            company_id=company_id, establishments=[form.to_input() for form in formset.kept]
        )

    return part.save(build, write) or part.show("profiles/establishments.html")


@page
def equipment(request: HttpRequest, company_id: int) -> HttpResponse:
    """Machines, robots, operator support and software."""

    def build(data: QueryDict | None) -> BaseRowFormSet:
        stored = Equipment.objects.filter(company=company_id).order_by("pk")
        return equipment_formset(stored, data)

    def write(formset: BaseRowFormSet) -> None:
        services.set_equipment(
            company_id=company_id, equipment=[form.to_input() for form in formset.kept]
        )

    part = open_part(request, company_id, Part.EQUIPMENT)
    return part.save(build, write) or part.show("profiles/equipment.html")


@page
def current_work(request: HttpRequest, company_id: int) -> HttpResponse:
    """Enclaves, own products and cooperation that there are."""

    def build(data: QueryDict | None) -> CurrentWorkFormSet:
        return current_work_formset(company_id, data)

    def write(formset: CurrentWorkFormSet) -> None:
        services.set_current_work(
            company_id=company_id,
            enclaves=[form.to_input() for form in formset.enclaves.kept],
            products=[form.to_input() for form in formset.products.kept],
            cooperations=[form.to_input() for form in formset.cooperations.kept],
        )

    part = open_part(request, company_id, Part.CURRENT_WORK)
    return part.save(build, write) or part.show("profiles/current_work.html")
