"""Board reports of a company: ask for one, see how it goes, take it along."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from assessments.dashboards.board_report import selectors, services
from assessments.dashboards.forms import ReportForm
from assessments.dashboards.models import BoardReport
from assessments.dashboards.tasks import make_report
from companies.profiles.access import company_or_404
from companies.profiles.models import Company
from portal.accounts.models import User
from portal.common.downloads import file_response


@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: HttpRequest, company_id: int) -> HttpResponse:
    """The reports that are kept; a POST asks for a new one.

    For every member, a reader too, and the staff that follows the company: a report says
    nothing that they do not see on the pages. Of a closed company they are only read.
    """
    company = company_or_404(request.user, company_id)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if company.is_closed:
            raise PermissionDenied
        if form.is_valid():
            return _asked(request, company, form.cleaned_data["language"])
    context = {
        "company": company,
        "form": form,
        "reports": selectors.reports_of(company),
        "is_open": not company.is_closed,
    }
    return render(request, "dashboards/reports.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, company: Company, language: str) -> HttpResponse:
    try:
        found = services.queue_report(
            company_id=company.pk,
            language=language,
            by=cast("User", request.user),
            now=timezone.now(),
        )
    except services.EnoughReportsError:
        messages.warning(
            request,
            _("Many reports were made today already. Take one of those, or come back tomorrow."),
        )
        return redirect("dashboards:reports", company_id=company.pk)
    make_report.delay_on_commit(found.pk)
    return redirect("dashboards:report", company_id=company.pk, report_id=found.pk)


@require_safe
def report(request: HttpRequest, company_id: int, report_id: int) -> HttpResponse:
    """One report; on htmx only its state, which asks for itself until the report is there."""
    found = _report_or_404(request, company_id, report_id)
    context = {"company": found.company, "report": found}
    part = getattr(request, "htmx", False)
    template = "dashboards/_report_state.html" if part else "dashboards/report.html"
    return render(request, template, context)


@require_GET
def report_file(request: HttpRequest, company_id: int, report_id: int) -> HttpResponseBase:
    """The PDF; who takes it along is written down first."""
    found = _report_or_404(request, company_id, report_id)
    if not found.is_ready:
        raise Http404("No such file")
    data = services.taken_out(report=found, by=cast("User", request.user), now=timezone.now())
    return file_response(
        request,
        filename=_filename(found),
        content_type="application/pdf",
        size=len(data),
        etag=found.sha256,
        read=lambda start, length: data[start : start + length],
    )


def _filename(found: BoardReport) -> str:
    """In the language of the report, with the day on which it was asked."""
    with translation.override(found.language):
        name = _("board report %(company)s %(date)s") % {
            "company": found.company.name[:80],
            "date": f"{timezone.localtime(found.queued_at):%Y-%m-%d}",
        }
    return get_valid_filename(f"{name}.pdf")


def _report_or_404(request: HttpRequest, company_id: int, report_id: int) -> BoardReport:
    """A report of a company that the person may see; Http404 otherwise."""
    company = company_or_404(request.user, company_id)
    found = selectors.report_of(company, report_id)
    if found is None:
        raise Http404("No such report here for you")
    return found
