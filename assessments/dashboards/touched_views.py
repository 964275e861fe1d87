"""The page on which staff sees whom an import of the register touches."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessments.dashboards import touched as reads
from companies.register.difference_selectors import imports_with_differences
from portal.accounts.roles import may_see_companies

PER_PAGE = 10


@require_safe
def touched(request: HttpRequest, import_id: int) -> HttpResponse:
    """The companies that the person may see whose partners changed, disappeared or came back.

    For those who follow single companies; an analyst sees the figures of the register only.
    """
    if not may_see_companies(request.user):
        raise Http404("No companies here for you")
    row = get_object_or_404(imports_with_differences(), pk=import_id)
    kinds = {kind.value: kind.label for kind in reads.TOUCHING}
    chosen = request.GET.get("kind", "")
    differences = reads.touching(row.pk, chosen if chosen in kinds else "")
    companies = reads.touched_companies(request.user, differences)
    page = Paginator(companies, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "row": row,
        "page": page,
        "companies": reads.partners_of(page.object_list, differences),
        "kinds": kinds.items(),
        "chosen": chosen if chosen in kinds else "",
    }
    return render(request, "dashboards/touched.html", context)
