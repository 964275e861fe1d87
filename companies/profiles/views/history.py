"""Who changed what in a company, and when."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from companies.profiles import access
from companies.profiles.current import role_of
from companies.profiles.enums import MemberRole
from companies.profiles.forms.history import HistoryFilter
from companies.profiles.history import Wording, people_of
from companies.profiles.selectors.history import Cursor, history_page
from portal.accounts.roles import is_government


@require_safe
def history(request: HttpRequest, company_id: int) -> HttpResponse:
    """Every change, newest first, filtered by what stands in the address."""
    company = access.company_or_404(request.user, company_id)
    if role_of(request, company) != MemberRole.OWNER and not access.may_review(
        request.user, company
    ):
        raise PermissionDenied
    staff = is_government(request.user)
    after = Cursor.read(request.GET.get("after", ""))
    filtered = any(request.GET.get(name) for name in HistoryFilter.base_fields)
    form = HistoryFilter(request.GET if filtered else None)
    wanted = form.wanted()
    page = history_page(company_id=company.pk, wanted=wanted, after=after)
    people = people_of(company.pk, page.events, reader_is_staff=staff)
    form.offer(people.members())
    context = {
        "company": company,
        "form": form,
        "blocks": Wording(page.events, people).blocks(page.events),
        "older": page.older,
        "is_first": after is None,
        "filtered": filtered,
    }
    return render(request, "profiles/history.html", context)
