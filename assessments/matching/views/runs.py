"""Runs: history, one run with its progress, start and cancel."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.matching import services, words
from assessments.matching.access import may_run, run_viewer_or_404, runner_or_403
from assessments.matching.models import MatchRun
from assessments.matching.selectors import pages
from assessments.matching.selectors.runs import open_full_run, run_history
from assessments.matching.tasks import run_matching
from portal.accounts.models import User

PER_PAGE = 25
SHOWN_PLACES = 20


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """All runs, the newest first."""
    run_viewer_or_404(request.user)
    page = Paginator(run_history(), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "matching/runs.html",
        {"page": page, "open_run": open_full_run(), "may_run": may_run(request.user)},
    )


@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run; on htmx only its state, which asks for itself until the run ends."""
    run_viewer_or_404(request.user)
    found = run_history().filter(pk=pk).first()
    if found is None:
        raise Http404("No such run")
    context = {"run": found, "may_run": may_run(request.user)}
    if getattr(request, "htmx", False):
        return render(request, "matching/_run_state.html", context)
    if may_run(request.user):
        places, more = pages.places_unknown(SHOWN_PLACES)
        context |= {
            "places": [(place.number, words.partner_name(place)) for place in places],
            "more_places": more,
            "companies": list(pages.companies_without_place()),
        }
    return render(request, "matching/run.html", context)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Queue a full run."""
    runner_or_403(request.user)
    queued = services.queue_full_run(user=cast("User", request.user))
    run_matching.delay_on_commit(queued.pk)
    messages.success(request, _("The run waits for a worker. This page shows how it goes."))
    return redirect("matching:run", pk=queued.pk)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a run that waits or goes on."""
    runner_or_403(request.user)
    if not MatchRun.objects.filter(pk=pk).exists():
        raise Http404("No such run")
    if services.cancel_run(run_id=pk):
        messages.success(request, _("The run is cancelled. Earlier results stay."))
    else:
        messages.info(request, _("This run had ended already."))
    return redirect("matching:run", pk=pk)
