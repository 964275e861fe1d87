"""What waits for an adviser: sign-ups to verify, and companies that nobody runs."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from companies.profiles import access, selectors
from portal.accounts.roles import may_see_companies

PER_PAGE = 20


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Sign-ups with what the register says about them; requests that no owner can answer."""
    if not may_see_companies(request.user):
        raise Http404("For staff who follow companies")
    companies = access.companies_reviewable_by(request.user).not_closed()
    page = Paginator(selectors.to_verify(companies), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": selectors.register_checks(page.object_list),
        "requests": list(selectors.requests_for_staff(companies, timezone.now())),
        "stranded": list(selectors.stranded(companies)),
    }
    return render(request, "profiles/queue.html", context)
