"""A company says what it thinks of a match; every button works without JavaScript."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.matching import services, words
from assessments.matching.access import judged_match_or_403
from assessments.matching.domain.introductions import Side
from assessments.matching.forms import NotRelevantForm
from assessments.matching.models import Match
from assessments.matching.selectors.opinions import stands_of
from portal.accounts.models import User
from portal.common.vocabulary import Opportunity

UNPROCESSABLE, NO_CONTENT = 422, 204


def _about(match: Match) -> services.Subject:
    return services.Subject(
        company_id=match.company_id,
        opportunity=Opportunity(match.opportunity),
        establishment_number=match.establishment_id,
        side=Side.COMPANY,
    )


def _came_from(request: HttpRequest, match: Match) -> str:
    """The page with the list that the person came from, or the match's own."""
    asked = request.POST.get("next", "") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(asked, None, require_https=request.is_secure()):
        return asked
    return reverse("matching:match", args=[match.pk])


def _answer(request: HttpRequest, match: Match, text: str) -> HttpResponse:
    """The block with the opinion on htmx, else back to where the button stood."""
    if not getattr(request, "htmx", False):
        messages.success(request, text)
        return redirect(_came_from(request, match))
    context = {
        "match": match,
        "name": words.partner_name(match.establishment),
        "stand": stands_of(match.company, [match])[match.pk],
        "can_judge": True,
        "back": _came_from(request, match),
        "answer": text,
    }
    return render(request, "matching/_opinion.html", context)


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the match was open: its script says so, once."""
    match = judged_match_or_403(request.user, pk)
    try:
        services.note_seen(about=_about(match), by=cast("User", request.user), now=timezone.now())
    except services.CompanyNotOpenError:
        raise PermissionDenied from None
    return HttpResponse(status=NO_CONTENT)


@require_POST
def interested(request: HttpRequest, pk: int) -> HttpResponse:
    """The company finds this match worth a talk."""
    match = judged_match_or_403(request.user, pk)
    try:
        services.mark_interested(
            about=_about(match), by=cast("User", request.user), now=timezone.now()
        )
    except services.CompanyNotOpenError:
        raise PermissionDenied from None
    return _answer(request, match, _("Noted: interested. Your adviser can see it."))


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The company takes back what it said."""
    match = judged_match_or_403(request.user, pk)
    try:
        services.take_back(about=_about(match), by=cast("User", request.user), now=timezone.now())
    except services.CompanyNotOpenError:
        raise PermissionDenied from None
    return _answer(request, match, _("Taken back."))


@require_http_methods(["GET", "HEAD", "POST"])
def not_relevant(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the company does not want this partner for this opportunity."""
    match = judged_match_or_403(request.user, pk)
    form = NotRelevantForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.mark_not_relevant(
                about=_about(match),
                reason=form.chosen,
                words=form.cleaned_data["words"],
                by=cast("User", request.user),
                now=timezone.now(),
            )
        except services.CompanyNotOpenError:
            raise PermissionDenied from None
        except services.AlreadyOpenError:
            form.add_error(
                None,
                _("An introduction to this partner is under way. Decline it there."),
            )
        else:
            messages.success(
                request, _("Noted: not relevant. The partner is not proposed for a while.")
            )
            return redirect(_came_from(request, match))
    context = {
        "company": match.company,
        "match": match,
        "name": words.partner_name(match.establishment),
        "form": form,
        "back": _came_from(request, match),
    }
    return render(
        request,
        "matching/not_relevant.html",
        context,
        status=UNPROCESSABLE if form.errors else 200,
    )
