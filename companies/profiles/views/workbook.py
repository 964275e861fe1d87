"""The profile as an Excel file: download it, upload it, see each change, confirm."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from companies.profiles import access, selectors, services
from companies.profiles.current import may_edit
from companies.profiles.domain.workbook.package import RefusedError
from companies.profiles.forms.workbook import WorkbookForm
from companies.profiles.models import Company, WorkbookUpload
from companies.profiles.workbook.messages import REFUSALS
from companies.profiles.workbook.part import Part
from companies.profiles.workbook.parts import parts_of
from companies.profiles.workbook.plan import Plan, plan_of
from companies.profiles.workbook.read import Reading, read
from companies.profiles.workbook.write import workbook_of
from portal.accounts.models import User
from portal.accounts.services import log_export
from portal.common.spreadsheets import xlsx_response
from portal.common.uploads import upload_was_too_large

page = require_http_methods(["GET", "HEAD", "POST"])


def _parts(company: Company) -> tuple[tuple[Part, ...], int]:
    """The sheets with what is stored, and the version of the facts in them."""
    facts = selectors.stored_facts(company)
    this_year = timezone.localdate().year
    return parts_of(company, facts, this_year=this_year), facts.facts_version


@page
def workbook(request: HttpRequest, company_id: int) -> HttpResponse:
    """Download the file that is filled in, or send it back."""
    company = access.company_or_404(request.user, company_id)
    can_edit = may_edit(request, company)
    context: dict[str, Any] = {"company": company, "can_edit": can_edit, "form": WorkbookForm()}
    if request.method == "POST":
        if not can_edit:
            raise PermissionDenied
        return _received(request, company, context)
    return render(request, "profiles/workbook.html", context)


def _received(request: HttpRequest, company: Company, context: dict[str, Any]) -> HttpResponse:
    """Keep a sound file and show its changes; show what is wrong with another."""
    form = WorkbookForm(request.POST, request.FILES, upload_stopped=upload_was_too_large(request))
    if form.is_valid():
        parts, version = _parts(company)
        try:
            reading = read(form.cleaned_data["workbook"].read(), parts)
        except RefusedError as error:
            form.add_error("workbook", str(REFUSALS[error.refusal]))
        else:
            plan = plan_of(reading, parts)
            if not plan.problems:
                return _kept(request, company, reading, plan, version)
            context |= _preview(company, plan, reading, version)
            return render(request, "profiles/workbook_preview.html", context, status=422)
    return render(request, "profiles/workbook.html", context | {"form": form}, status=422)


def _kept(
    request: HttpRequest, company: Company, reading: Reading, plan: Plan, version: int
) -> HttpResponse:
    upload = services.keep_workbook(
        company_id=company.pk,
        by=cast("User", request.user),
        content={
            "reading": reading.to_json(),
            "shown": plan.to_json(),
            "version": version,
            "language": get_language(),
        },
        now=timezone.now(),
    )
    return redirect("profiles:workbook_preview", company_id=company.pk, upload_id=upload.pk)


def _preview(company: Company, plan: Plan, reading: Reading, version: int) -> dict[str, Any]:
    source = reading.source
    return {
        "plan": plan,
        "version": version,
        "of_other_company": source is not None and source[0] != company.enterprise_number,
        "is_old": source is not None
        and source[0] == company.enterprise_number
        and source[1] != version,
    }


@require_safe
def download(request: HttpRequest, company_id: int) -> HttpResponse:
    """The file, filled in with what is stored."""
    company = access.company_or_404(request.user, company_id)
    parts, version = _parts(company)
    log_export(
        by=cast("User", request.user),
        what="profile_workbook",
        subject=f"{company.name} ({company.enterprise_number})",
        now=timezone.now(),
    )
    name = _("profile %(company)s") % {"company": company.name}
    return xlsx_response(name, workbook_of(company, parts, version=version))


@page
def preview(request: HttpRequest, company_id: int, upload_id: int) -> HttpResponse:
    """Each change of an upload against what is stored now; a POST writes them all."""
    company = access.company_or_404(request.user, company_id)
    if not may_edit(request, company):
        raise PermissionDenied
    upload = selectors.waiting_upload(company, upload_id, now=timezone.now())
    if upload is None:
        raise Http404("No such upload")
    if upload.confirmed_at is not None:
        messages.info(request, _("The changes of this file are already saved."))
        return redirect("profiles:workbook", company_id=company.pk)
    plan, reading, version = _planned(company, upload, to_write=request.method == "POST")
    if request.method == "POST" and not plan.problems:
        return _confirmed(request, company, upload, plan)
    context = {"company": company, "can_edit": True, "form": WorkbookForm()}
    context |= _preview(company, plan, reading, version)
    return render(request, "profiles/workbook_preview.html", context)


def _planned(
    company: Company, upload: WorkbookUpload, *, to_write: bool
) -> tuple[Plan, Reading, int]:
    """The changes against what is stored now; as they were found, while nothing moved."""
    content = upload.content
    reading = Reading.from_json(content["reading"])
    is_fresh = content["version"] == company.facts_version
    if is_fresh and content["language"] == get_language() and not to_write:
        return Plan.from_json(content["shown"]), reading, company.facts_version
    parts, version = _parts(company)
    return plan_of(reading, parts), reading, version


def _confirmed(
    request: HttpRequest, company: Company, upload: WorkbookUpload, plan: Plan
) -> HttpResponse:
    seen = request.POST.get("seen", "")
    try:
        written = services.apply_workbook(
            company_id=company.pk,
            upload_id=upload.pk,
            by=cast("User", request.user),
            parts=plan.parts,
            seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0,
            now=timezone.now(),
        )
    except (services.FactsMovedError, services.EstablishmentError, IntegrityError):
        messages.warning(
            request,
            _(
                "Nothing was saved yet: the profile changed in the meantime. Below are the "
                "changes as they are now. Check them and confirm again."
            ),
        )
        return redirect("profiles:workbook_preview", company_id=company.pk, upload_id=upload.pk)
    if written:
        messages.success(request, _("The changes of the file are saved."))
    else:
        messages.info(request, _("The changes of this file are already saved."))
    return redirect("profiles:company", company_id=company.pk)
