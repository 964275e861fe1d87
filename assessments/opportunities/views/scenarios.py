"""What is done with a kept calculation: let it count, copy it, delete it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.opportunities import access, services
from assessments.opportunities.models import Scenario
from companies.profiles.access import editable_company_or_403
from portal.accounts.models import User


@require_POST
def choose(request: HttpRequest, company_id: int, scenario_id: int) -> HttpResponse:
    """From now on this scenario counts for the opportunity."""
    company = editable_company_or_403(request.user, company_id)
    try:
        chosen = services.choose_scenario(company_id=company.pk, scenario_id=scenario_id)
    except Scenario.DoesNotExist:
        raise Http404("No such scenario") from None
    text = _("“%(name)s” now counts for the opportunity.")
    messages.success(request, text % {"name": chosen.name})
    return redirect("opportunities:scenario", company.pk, chosen.pk)


@require_POST
def unchoose(request: HttpRequest, company_id: int, scenario_id: int) -> HttpResponse:
    """This scenario does not count any more."""
    company = editable_company_or_403(request.user, company_id)
    try:
        kept = services.unchoose_scenario(company_id=company.pk, scenario_id=scenario_id)
    except Scenario.DoesNotExist:
        raise Http404("No such scenario") from None
    text = _("“%(name)s” does not count for the opportunity any more.")
    messages.success(request, text % {"name": kept.name})
    return redirect("opportunities:scenario", company.pk, kept.pk)


@require_POST
def copy(request: HttpRequest, company_id: int, scenario_id: int) -> HttpResponse:
    """The same figures under another name, to change something."""
    company = editable_company_or_403(request.user, company_id)
    try:
        made = services.copy_scenario(
            company_id=company.pk,
            scenario_id=scenario_id,
            by=cast("User", request.user),
            now=timezone.now(),
        )
    except Scenario.DoesNotExist:
        raise Http404("No such scenario") from None
    except services.TooManyScenariosError:
        text = _("There are %(count)s scenarios of this calculator. Delete one first.")
        messages.error(request, text % {"count": services.MOST_SCENARIOS})
        return redirect("opportunities:scenario", company.pk, scenario_id)
    messages.success(request, _("“%(name)s” is a copy.") % {"name": made.name})
    return redirect("opportunities:scenario", company.pk, made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, company_id: int, scenario_id: int) -> HttpResponse:
    """Ask first, then delete for good."""
    company = editable_company_or_403(request.user, company_id)
    scenario = access.scenario_or_404(company, scenario_id)
    if request.method != "POST":
        context = {"company": company, "scenario": scenario}
        return render(request, "opportunities/scenario_delete.html", context)
    try:
        name = services.delete_scenario(company_id=company.pk, scenario_id=scenario.pk)
    except Scenario.DoesNotExist:
        raise Http404("Deleted meanwhile") from None
    messages.success(request, _("“%(name)s” is deleted.") % {"name": name})
    return redirect("opportunities:calculators", company.pk)
