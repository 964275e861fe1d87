"""What an owner does with the company's data as a whole: take them along, close, reopen."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from typing import IO, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.dashboards.company_data import selectors
from assessments.dashboards.company_data.closing import close
from assessments.dashboards.company_data.export import export_company
from assessments.dashboards.forms import CloseForm
from companies.profiles import access, services
from companies.profiles.models import Company
from portal.accounts.models import User

# An export up to this size stays in memory; a larger one goes through the disk.
IN_MEMORY = 2_000_000


@require_http_methods(["GET", "HEAD", "POST"])
def company_export(request: HttpRequest, company_id: int) -> HttpResponseBase:
    """Explains what is in the export; POST makes it.

    Owners only, also of a closed company. Nobody of the government: a company without a
    reachable owner gets a new owner first, and that owner exports.
    """
    company = access.owned_company_or_403(request.user, company_id, closed_too=True)
    if request.method != "POST":
        context = {"company": company, "exports": selectors.exports_of(company)}
        return render(request, "dashboards/company_export.html", context)
    now = timezone.now()
    # Closed by the response, when the last byte is sent.
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    export_company(
        company_id=company.pk,
        by=cast("User", request.user),
        now=now,
        file=cast("IO[bytes]", file),
    )
    name = f"maatwerkportaal-{company.enterprise_number}-{timezone.localdate():%Y-%m-%d}.zip"
    response = FileResponse(
        cast("IO[bytes]", file),
        as_attachment=True,
        filename=get_valid_filename(name),
        content_type="application/zip",
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def company_close(request: HttpRequest, company_id: int) -> HttpResponse:
    """Explains what closing does and asks for name and reason; tells a closed company when."""
    company = access.owned_company_or_403(request.user, company_id, closed_too=True)
    if request.method == "POST" and company.is_closed:
        raise PermissionDenied
    form = CloseForm(request.POST if request.method == "POST" else None, company=company)
    if request.method == "POST" and form.is_valid():
        close(
            company_id=company.pk,
            by=cast("User", request.user),
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
        messages.success(request, _("%(company)s is closed.") % {"company": company.name})
        return redirect("dashboards:company_close", company_id=company.pk)
    context = {
        "company": company,
        "form": form,
        "days": settings.CLOSED_COMPANY_DAYS,
        "deleted_on": _deleted_on(company),
    }
    return render(
        request, "dashboards/company_close.html", context, status=422 if form.errors else 200
    )


def _deleted_on(company: Company) -> object:
    if company.closed_at is None:
        return None
    return timezone.localdate(company.closed_at + timedelta(days=settings.CLOSED_COMPANY_DAYS))


@require_POST
def company_reopen(request: HttpRequest, company_id: int) -> HttpResponse:
    """An owner opens a closed company again."""
    company = access.owned_company_or_403(request.user, company_id, closed_too=True)
    if services.reopen_company(company_id=company.pk):
        messages.success(request, _("%(company)s is open again.") % {"company": company.name})
    return redirect("profiles:company", company_id=company.pk)
