"""Companies as places that distances in the register count from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest

from companies.profiles.access import companies_visible_to
from companies.profiles.current import current_company, memberships
from companies.profiles.models import CompanyEstablishment
from companies.register.searching.origins import Origin
from portal.common.text import name_key


@dataclass(frozen=True)
class CompanyOrigins:
    """A person's own companies are proposed; every company that is visible may be typed."""

    def offered(self, request: HttpRequest) -> Iterable[str]:
        """Names of the person's companies, the one acted for first."""
        current = current_company(request)
        companies = [membership.company for membership in memberships(request)]
        companies.sort(key=lambda company: (company != current, company.name_key, company.pk))
        return [company.name for company in companies]

    def find(self, request: HttpRequest, typed: str, number: str) -> Origin | None:
        """All places of the company with a known point; None when it has none."""
        wanted = Q(enterprise_number=number) if number else Q(name_key=name_key(typed))
        company = companies_visible_to(request.user).filter(wanted).order_by("pk").first()
        if company is None:
            return None
        places = CompanyEstablishment.objects.filter(company=company, x_m__isnull=False)
        points = [
            (x, y)
            for x, y in places.order_by("pk").values_list("x_m", "y_m")
            if x is not None and y is not None
        ]
        return Origin(company.name, tuple(points)) if points else None
