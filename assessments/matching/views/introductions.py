"""Introductions: of a company, of all companies that staff follow, one, and its next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.matching import ledger_words, services, words
from assessments.matching.access import (
    introduction_or_404,
    introductions_visible_to,
    match_or_404,
    sides_of,
)
from assessments.matching.domain.introductions import (
    OPEN_STATES,
    TRANSITIONS,
    Side,
    State,
    StepError,
    Transition,
    next_steps,
)
from assessments.matching.enums import TRANSITION_LABELS
from assessments.matching.forms import StepForm
from assessments.matching.models import Introduction
from assessments.matching.selectors.opinions import introductions_in_order, steps_of
from companies.profiles.access import company_or_404
from portal.accounts.models import User
from portal.common.vocabulary import Opportunity

PER_PAGE = 25
UNPROCESSABLE, CONFLICT = 422, 409
T = TypeVar("T")


def _row(found: Introduction) -> dict[str, Any]:
    return {
        "introduction": found,
        "name": words.partner_name(found.establishment),
        "badge": ledger_words.state_badge(found),
        "next": ledger_words.next_words(found),
    }


@require_safe
def company_introductions(request: HttpRequest, company_id: int) -> HttpResponse:
    """The introductions of one company, what moved last first."""
    company = company_or_404(request.user, company_id)
    found = introductions_in_order(Introduction.objects.filter(company=company))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"company": company, "page": page, "rows": [_row(row) for row in page.object_list]}
    return render(request, "matching/company_introductions.html", context)


@require_safe
def introductions(request: HttpRequest) -> HttpResponse:
    """Open introductions of all companies that this staff member follows, by state."""
    visible = introductions_visible_to(request.user).open()
    chosen = request.GET.get("state", "")
    if chosen in set(OPEN_STATES):
        visible = visible.filter(state=chosen)
    else:
        chosen = ""
    page = Paginator(introductions_in_order(visible), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(row) for row in page.object_list],
        "states": ledger_words.OPEN_STATE_CHOICES,
        "chosen": chosen,
    }
    return render(request, "matching/introductions.html", context)


@require_safe
def introduction(request: HttpRequest, pk: int) -> HttpResponse:
    """One introduction with its steps, and what this person may do next."""
    found = introduction_or_404(request.user, pk)
    sides = sides_of(request.user, found.company)
    context = _row(found) | {
        "company": found.company,
        "steps": [ledger_words.step_row(step) for step in steps_of(found)],
        "links": ledger_words.next_links(found, sides),
    }
    return render(request, "matching/introduction.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The next step of an introduction, with what it asks."""
    found = introduction_or_404(request.user, pk)
    if step not in set(Transition) or TRANSITIONS[Transition(step)].begins:
        raise Http404("No such step")
    transition = Transition(step)
    side = _side_for(transition, sides_of(request.user, found.company))
    last = len(steps_of(found))
    if request.method != "POST" and transition not in next_steps(State(found.state), [side]):
        messages.info(request, _("This step does not follow where the introduction stands now."))
        return redirect("matching:introduction", found.pk)
    form = StepForm(
        request.POST if request.method == "POST" else None,
        transition=transition,
        initial={"seen": last},
    )
    status = 200
    if request.method == "POST":
        taken, status = _write(
            form,
            lambda: services.take_step(
                introduction_id=found.pk,
                step=form.to_step(side),
                seen=form.cleaned_data["seen"],
                by=cast("User", request.user),
                now=timezone.now(),
            ),
        )
        if taken is not None:
            messages.success(request, _("The step is noted."))
            return redirect("matching:introduction", found.pk)
    context = _row(found) | {
        "company": found.company,
        "title": TRANSITION_LABELS[transition],
        "form": form,
    }
    return render(request, "matching/step.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def introduce(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an introduction from a match: the company asks, or its adviser proposes."""
    match = match_or_404(request.user, pk)
    sides = sides_of(request.user, match.company)
    begins = next_steps(None, sides)
    if not begins:
        raise PermissionDenied
    transition = Transition.ASK if Transition.ASK in begins else begins[0]
    form = StepForm(
        request.POST if request.method == "POST" else None,
        transition=transition,
        initial={"seen": 0},
    )
    status = 200
    if request.method == "POST":
        begun, status = _write(
            form,
            lambda: services.begin_introduction(
                company_id=match.company_id,
                opportunity=Opportunity(match.opportunity),
                establishment_number=match.establishment_id,
                step=form.to_step(_side_for(transition, sides)),
                by=cast("User", request.user),
                now=timezone.now(),
            ),
        )
        if begun is not None:
            messages.success(request, _("The introduction has begun."))
            return redirect("matching:introduction", begun.pk)
    context = {
        "company": match.company,
        "match": match,
        "name": words.partner_name(match.establishment),
        "title": (
            _("We want to meet this partner")
            if transition is Transition.ASK
            else TRANSITION_LABELS[transition]
        ),
        "form": form,
    }
    return render(request, "matching/introduce.html", context, status=status)


def _write(form: StepForm, write: Callable[[], T]) -> tuple[T | None, int]:
    """What ``write`` gave and the status of the answer; refusals stand in the form."""
    if not form.is_valid():
        return None, UNPROCESSABLE
    try:
        return write(), 200
    except services.CompanyNotOpenError:
        raise PermissionDenied from None
    except services.AlreadyOpenError:
        form.add_error(None, _("An introduction to this partner is already under way."))
    except services.OptedOutError:
        form.add_error(None, _("This partner wants no proposals."))
    except (services.StepMovedError, StepError):
        form.add_error(None, _("Somebody took a step meanwhile. Look at it first."))
    return None, CONFLICT


def _side_for(transition: Transition, sides: frozenset[Side]) -> Side:
    """The side that takes the step; PermissionDenied when it is not this person's."""
    mine = sorted(sides & TRANSITIONS[transition].sides)
    if not mine:
        raise PermissionDenied
    return mine[-1]  # the company's own before its adviser's
