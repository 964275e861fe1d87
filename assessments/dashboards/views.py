"""Home page per role, and what government sees."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from assessments.dashboards import presenters, selectors
from assessments.dashboards.filters import CompanyFilter
from assessments.opportunities.judgements import shown_verdicts
from companies.partners.selectors import partners_of
from companies.profiles.access import companies_visible_to
from companies.profiles.models import Company
from portal.accounts.models import User
from portal.accounts.roles import (
    Role,
    has_role,
    is_government,
    may_see_aggregates,
    may_see_companies,
)

PAGE_SIZE = 25


def _user(request: HttpRequest) -> User:
    """The person who asks; log-in is required on every page of this room."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def home(request: HttpRequest) -> HttpResponse:
    """Where we stand, what changed, what is next: per role."""
    user = _user(request)
    government = is_government(user)
    names_companies = may_see_companies(user)
    context: dict[str, Any] = {
        "cards": selectors.company_cards(user),
        "partners": partners_of(user),
        "is_government": government,
        "may_see_companies": names_companies,
        "is_administrator": has_role(user, Role.ADMINISTRATOR),
    }
    if government:
        context |= {
            "counts": selectors.company_counts(_counted(user)),
            "last_run": selectors.last_full_run(),
            "run_under_way": selectors.run_under_way(),
        }
    if names_companies:
        context["waiting"] = selectors.waiting_for_verification(user)[:10]
    return render(request, "dashboards/home.html", context)


def _counted(user: User) -> Any:
    """The companies behind the figures that this member of staff sees."""
    if may_see_companies(user):
        return companies_visible_to(user).not_closed()
    return Company.objects.not_closed()


def government(request: HttpRequest) -> HttpResponse:
    """Figures over all verified companies; analysts may see this page too."""
    if not may_see_aggregates(_user(request)):
        raise Http404
    everyone = Company.objects.not_closed()
    verified = everyone.verified()
    context = {
        "counts": selectors.company_counts(everyone),
        "provinces": presenters.province_rows(selectors.companies_by_province(verified)),
        "cells": presenters.cell_rows(selectors.cell_table(verified)),
        "verdicts": presenters.verdict_rows(selectors.verdict_table(verified)),
        "workforce": presenters.workforce_figures(selectors.workforce_contributions(verified)),
        "last_run": selectors.last_full_run(),
        "run_under_way": selectors.run_under_way(),
        "may_see_companies": may_see_companies(request.user),
    }
    return render(request, "dashboards/government.html", context)


def company_list(request: HttpRequest) -> HttpResponse:
    """Companies that this member of staff may see, filtered by what stands in the address."""
    user = _user(request)
    if not may_see_companies(user):
        raise Http404
    companies = companies_visible_to(user).not_closed().order_by("name_key", "pk")
    chosen = CompanyFilter(request.GET or None, queryset=companies)
    found = chosen.qs if chosen.is_valid() or not request.GET else companies.none()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    verdicts = shown_verdicts(company.pk for company in page.object_list)
    context = {
        "filter": chosen,
        "page": page,
        "rows": presenters.company_rows(page.object_list, verdicts),
        "total": page.paginator.count,
        "found_title": _("Companies found"),
    }
    return render(request, "dashboards/company_list.html", context)
