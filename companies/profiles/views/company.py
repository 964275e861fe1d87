"""The page of a company, its verification, and the switch between companies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from companies.profiles import access, selectors, services
from companies.profiles.content.legal_forms import LEGAL_FORMS
from companies.profiles.content.parts import UNLOCKS
from companies.profiles.current import may_edit, role_of, switch_to
from companies.profiles.domain.completeness import NONE_POSSIBLE, Part, is_stale
from companies.profiles.enums import DeclineReason, MemberRole, VerificationStatus
from companies.profiles.forms.sign_up import AppealForm, DeclineForm
from companies.profiles.models import Company
from companies.profiles.views.frame import steps_of
from companies.register.domain.numbers import format_enterprise_number
from portal.accounts.limits import within_limit
from portal.accounts.models import User
from portal.common.mail import origin_of

STATUS_TONES = {
    VerificationStatus.PENDING.value: "warning",
    VerificationStatus.VERIFIED.value: "success",
    VerificationStatus.DECLINED.value: "danger",
}


@dataclass(frozen=True)
class PartRow:
    """One part of the profile as the page shows it."""

    part: str
    label: Any
    unlocks: Any
    text: Any
    is_done: bool
    url: str
    confirmed: selectors.Confirmed | None
    is_stale: bool
    may_be_none: bool


def _rows(summary: selectors.CompanySummary, company: Company) -> list[PartRow]:
    texts = summary_texts(summary)
    today = timezone.localdate()
    rows = []
    for step in steps_of(company, summary):
        confirmed = summary.confirmed.get(step.part)
        known_on = (confirmed.at if confirmed else company.created_at).date()
        rows.append(
            PartRow(
                part=step.part.value,
                label=step.label,
                unlocks=UNLOCKS[step.part],
                text=texts[step.part] or (_("None, as the company said.") if step.is_done else ""),
                is_done=step.is_done,
                url=step.url,
                confirmed=confirmed,
                is_stale=step.is_done and is_stale(known_on, today=today),
                may_be_none=step.part in NONE_POSSIBLE and not step.is_done,
            )
        )
    return rows


def _listed(count: int) -> str:
    """How many rows there are; empty for none."""
    return (
        ngettext("%(count)s listed", "%(count)s listed", count) % {"count": count} if count else ""
    )


def summary_texts(summary: selectors.CompanySummary) -> dict[Part, str]:
    """A few words on what each part holds."""
    figures = summary.concentration
    places = dict.fromkeys(place["municipality"] for place in summary.establishments)
    return {
        Part.ESTABLISHMENTS: ", ".join(filter(None, places)),
        Part.ACTIVITIES: ", ".join(str(label) for label in summary.activity_labels),
        Part.WORKFORCE: _("%(year)s: %(heads)s target-group workers")
        % {"year": summary.workforce_year, "heads": summary.heads}
        if summary.workforce_year
        else "",
        Part.CUSTOMERS: _("Largest customer %(share)s %% of turnover") % {"share": figures.largest}
        if figures
        else "",
        Part.OFFERS: ", ".join(str(label) for label in summary.offer_labels),
        Part.COMPETENCES: ", ".join(summary.competence_names),
        Part.EQUIPMENT: _listed(summary.equipment),
        Part.CURRENT_WORK: _listed(summary.current_work),
    }


def _page(
    request: HttpRequest, company: Company, form: DeclineForm | None = None
) -> dict[str, Any]:
    summary = selectors.company_summary(company)
    rows = _rows(summary, company)
    reviewable = access.may_review(request.user, company)
    role = role_of(request, company)
    return {
        "company": company,
        "number": format_enterprise_number(company.enterprise_number),
        "legal_form": LEGAL_FORMS.get(company.legal_form, company.legal_form),
        "status_tone": STATUS_TONES[company.status],
        "summary": summary,
        "rows": rows,
        "done": sum(row.is_done for row in rows),
        "is_complete": all(row.is_done for row in rows),
        "role": role,
        "can_edit": may_edit(request, company),
        "can_review": reviewable,
        "next_row": next((row for row in rows if not row.is_done), None),
        "decline_form": (form or DeclineForm()) if reviewable and not company.is_closed else None,
        "decline_open": form is not None,
        "appeal_form": (
            AppealForm()
            if company.status == VerificationStatus.DECLINED and role == MemberRole.OWNER
            else None
        ),
        "checks": selectors.register_checks([company]) if reviewable else [],
    }


@require_safe
def company(request: HttpRequest, company_id: int) -> HttpResponse:
    """What we know, what is missing and what that unlocks."""
    found = access.company_or_404(request.user, company_id)
    return render(request, "profiles/company.html", _page(request, found))


@require_POST
def verify(request: HttpRequest, company_id: int) -> HttpResponse:
    """An adviser confirms the company."""
    found = access.reviewable_company_or_403(request.user, company_id)
    services.verify_company(
        company_id=found.pk, by=cast("User", request.user), origin=origin_of(request)
    )
    messages.success(request, _("%(company)s is verified.") % {"company": found.name})
    return redirect("profiles:company", company_id=found.pk)


@require_POST
def decline(request: HttpRequest, company_id: int) -> HttpResponse:
    """An adviser declines the sign-up with a typed reason."""
    found = access.reviewable_company_or_403(request.user, company_id)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return render(request, "profiles/company.html", _page(request, found, form), status=422)
    services.decline_company(
        company_id=found.pk,
        by=cast("User", request.user),
        reason=DeclineReason(form.cleaned_data["reason"]),
        note=form.cleaned_data["note"],
        origin=origin_of(request),
    )
    messages.success(request, _("%(company)s is declined.") % {"company": found.name})
    return redirect("profiles:company", company_id=found.pk)


@require_POST
def apply_again(request: HttpRequest, company_id: int) -> HttpResponse:
    """An owner of a declined company explains why an adviser should look again."""
    found = access.owned_company_or_403(request.user, company_id)
    form = AppealForm(request.POST)
    if form.is_valid() and not within_limit(request, "appeal"):
        form.add_error(None, _("You asked too often in a short time. Try again later."))
    if not form.is_valid():
        context = _page(request, found) | {"appeal_form": form}
        return render(request, "profiles/company.html", context, status=422)
    try:
        services.apply_again(
            company_id=found.pk,
            by=cast("User", request.user),
            note=form.cleaned_data["note"],
        )
        messages.success(request, _("An adviser will look at your company again."))
    except services.NotDeclinedError:
        messages.info(request, _("This company is no longer declined."))
    return redirect("profiles:company", company_id=found.pk)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Act for another company; ``company`` is its primary key."""
    text = request.POST.get("company", "")
    key = int(text) if text.isdecimal() and len(text) < 19 else 0
    found = access.company_or_404(request.user, key)
    if role_of(request, found) is not None:
        switch_to(request, found)
    return redirect("profiles:company", company_id=found.pk)
