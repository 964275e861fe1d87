"""The self-assessment over the whole sector, for government."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.readiness.pages.sector import page_of
from assessments.readiness.selectors import sector_figures
from assessments.readiness.views.frame import MemberRequest
from portal.accounts.roles import may_see_aggregates


@require_safe
def sector(request: MemberRequest) -> HttpResponse:
    """Figures over many companies: the same for everybody who sees them, without filters."""
    if not may_see_aggregates(request.user):
        raise Http404
    found = sector_figures(minimum=settings.READINESS_BENCHMARK_MINIMUM)
    context = {
        "sector": page_of(found) if found else None,
        "minimum": settings.READINESS_BENCHMARK_MINIMUM,
    }
    return render(request, "readiness/sector.html", context)
