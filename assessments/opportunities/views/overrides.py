"""An adviser judges otherwise and ends that again; a member has seen what moved."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.opportunities import pages, selectors, services, words
from assessments.opportunities.forms.overrides import (
    EndForm,
    OverrideForm,
    SeenForm,
    after_other_outcome,
)
from assessments.opportunities.judgements import judgement_rows
from companies.profiles.access import company_or_404, reviewable_company_or_403
from companies.profiles.current import role_of
from companies.profiles.models import Company
from portal.accounts.models import User
from portal.common.choices import OPPORTUNITY_LABELS
from portal.common.mail import origin_of
from portal.common.vocabulary import Opportunity

UNPROCESSABLE, CONFLICT = 422, 409


def opportunity_or_404(slug: str) -> Opportunity:
    """One of the five; Http404 otherwise."""
    if slug not in set(Opportunity):
        raise Http404("No such opportunity")
    return Opportunity(slug)


def _person(request: HttpRequest) -> User:
    """The person who asks; log-in is required on every page of this room."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@require_http_methods(["GET", "POST"])
def override(request: HttpRequest, company_id: int, opportunity: str) -> HttpResponse:
    """The form of an adviser who judges otherwise than the portal."""
    company = reviewable_company_or_403(request.user, company_id)
    chosen = opportunity_or_404(opportunity)
    if request.method != "POST":
        return _override_page(request, company, chosen)
    form = OverrideForm(request.POST)
    if not form.is_valid():
        return _override_page(request, company, chosen, form, status=UNPROCESSABLE)
    try:
        services.give_override(
            company_id=company.pk,
            opportunity=chosen,
            verdict=form.chosen,
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            by=_person(request),
            now=timezone.now(),
            origin=origin_of(request),
        )
    except services.CompanyClosedError:
        raise PermissionDenied from None
    except services.SameVerdictError:
        form.add_error("verdict", _("The portal computes this verdict already."))
        return _override_page(request, company, chosen, form, status=UNPROCESSABLE)
    except services.AlreadyJudgedError:
        messages.error(request, _("Another adviser gave a verdict meanwhile. It must end first."))
        return _override_page(request, company, chosen, form, status=CONFLICT)
    except services.OutcomeMovedError:
        form = after_other_outcome(form, selectors.assessments_of(company).get(chosen))
        form.add_error(
            None,
            _("The computed outcome changed while you were writing. Look at it and send it again."),
        )
        return _override_page(request, company, chosen, form, status=CONFLICT)
    messages.success(
        request,
        _("Your verdict counts from now on, beside the computed one: %(verdict)s.")
        % {"verdict": words.verdict_name(form.chosen)},
    )
    return redirect("opportunities:detail", company.pk, chosen.value)


@require_POST
def end_override(request: HttpRequest, company_id: int, opportunity: str) -> HttpResponse:
    """The computed verdict counts again."""
    company = reviewable_company_or_403(request.user, company_id)
    chosen = opportunity_or_404(opportunity)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _override_page(request, company, chosen, end=form, status=UNPROCESSABLE)
    try:
        ended = services.end_override(
            company_id=company.pk,
            opportunity=chosen,
            reason=form.cleaned_data["ended_reason"],
            by=_person(request),
            now=timezone.now(),
            origin=origin_of(request),
        )
    except services.CompanyClosedError:
        raise PermissionDenied from None
    if ended:
        messages.success(request, _("The computed verdict counts again."))
    else:
        messages.info(request, _("No verdict of an adviser was in force any more."))
    return redirect("opportunities:detail", company.pk, chosen.value)


def _override_page(
    request: HttpRequest,
    company: Company,
    opportunity: Opportunity,
    form: OverrideForm | None = None,
    *,
    end: EndForm | None = None,
    status: int = 200,
) -> HttpResponse:
    standing = selectors.standings([company.pk]).get((company.pk, opportunity))
    (row,) = pages.overview_rows({opportunity: standing}) if standing else (None,)
    in_force = standing.override if standing else None
    given = selectors.overrides_of(company, opportunity)
    context = {
        "company": company,
        "opportunity": opportunity,
        "label": OPPORTUNITY_LABELS[opportunity],
        "row": row,
        "judgements": judgement_rows(given),
        "form": form
        or OverrideForm(initial={"seen": standing.assessment.pk if standing else None}),
        "typed": form is not None and in_force is not None,
        "end": end or EndForm(),
    }
    return render(request, "opportunities/override.html", context, status=status)


@require_POST
def understood(request: HttpRequest, company_id: int) -> HttpResponse:
    """A member has seen what moved: the notice goes until something moves again."""
    company = company_or_404(request.user, company_id)
    if role_of(request, company) is None or company.is_closed:
        raise PermissionDenied
    form = SeenForm(request.POST)
    if form.is_valid():
        services.mark_seen(
            user=_person(request),
            company_id=company.pk,
            seen=form.cleaned_data["token"],
            now=timezone.now(),
        )
    else:
        messages.error(request, _("Nothing was noted. Open the page again and press once more."))
    if request.POST.get("back") == "home":
        return redirect("dashboards:home")
    return redirect("opportunities:overview", company.pk)
