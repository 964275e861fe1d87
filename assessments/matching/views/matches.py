"""Matches of a company: the list, one match, and *why not* for any establishment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.matching import words
from assessments.matching.access import sides_of
from assessments.matching.domain.introductions import Side
from assessments.matching.filters import MatchFilter
from assessments.matching.forms import WhyNotForm
from assessments.matching.models import Match
from assessments.matching.selectors import pages
from assessments.matching.selectors.answers import Answer, answers_for
from assessments.matching.selectors.opinions import Stand, stands_of
from assessments.matching.selectors.runs import last_full_run
from assessments.opportunities.judgements import shown_verdicts
from companies.profiles.access import company_or_404
from companies.profiles.enums import VerificationStatus
from companies.profiles.models import Company
from companies.register.difference_words import changes_of
from portal.common.vocabulary import Opportunity

PER_PAGE = 20


def _labels(matches: Iterable[Match]) -> dict[words.NaceKey, words.NaceLabel]:
    codes = words.codes_of(matches)
    if not codes:
        return {}
    return {key: words.NaceLabel(*label) for key, label in pages.nace_labels(codes).items()}


def _row(match: Match, labels: words.Labels, stand: Stand) -> dict[str, Any]:
    best = words.best_evidence(match)
    return {
        "match": match,
        "name": words.partner_name(match.establishment),
        "is_gone": words.is_gone(match.establishment),
        "score": words.points(match.score),
        "reasons": words.reasons(match),
        "equal": words.equal_text(match),
        "trade": labels.get((best["version"], best["code"])) if best else None,
        "stand": stand,
    }


def _who(request: HttpRequest, company: Company) -> dict[str, Any]:
    """What this person may do with matches of the company."""
    sides = sides_of(request.user, company)
    return {
        "can_judge": Side.COMPANY in sides,
        "may_propose": Side.ADVISER in sides,
        "back": request.get_full_path(),
    }


@require_safe
def matches(request: HttpRequest, company_id: int) -> HttpResponse:
    """The company's matches with score, distance and reasons; stale ones apart."""
    company = company_or_404(request.user, company_id)
    stale = request.GET.get("state") == "stale"
    counts, stale_count = pages.counts_of(company)
    found = MatchFilter(request.GET, queryset=pages.matches_of(company, stale=stale))
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    labels = _labels(page.object_list)
    stands = stands_of(company, page.object_list)
    return render(
        request,
        "matching/matches.html",
        _who(request, company)
        | {
            "company": company,
            "is_verified": company.status == VerificationStatus.VERIFIED,
            "counts": counts,
            "total": sum(count.found for count in counts),
            "stale": stale,
            "stale_count": stale_count,
            "filter": found,
            "is_filtered": any(request.GET.get(name) for name in found.filters),
            "page": page,
            "rows": [_row(match, labels, stands[match.pk]) for match in page.object_list],
            "last_run": last_full_run(),
        },
    )


@require_safe
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """One match: the sum of its score, what met, and the versions behind it."""
    found = pages.match_with_versions(pk)
    if found is None:
        raise Http404("No match here for you")
    company = company_or_404(request.user, found.company_id)
    partner_changes = pages.partner_changes(found)
    told = changes_of(partner_changes)
    return render(
        request,
        "matching/match.html",
        _who(request, company)
        | {
            "partner_is_gone": words.is_gone(found.establishment),
            "partner_changes": [(one, told[one.pk]) for one in partner_changes],
            "company": company,
            "stand": stands_of(company, [found])[found.pk],
            "match": found,
            "name": words.partner_name(found.establishment),
            "score": words.points(found.score),
            "potential": words.points(found.potential),
            "shown": shown_verdicts([company.pk])
            .get(company.pk, {})
            .get(Opportunity(found.opportunity)),
            "reasons": words.reasons(found),
            "equal": words.equal_text(found),
            "contributions": words.contributions(found),
            "calculation": words.calculation(found),
            "meetings": words.meetings(found, _labels([found])),
            "distance": words.distance_text(found.distance_m),
            "radius_km": found.radius_m / 1000,
        },
    )


@require_safe
def why_not(request: HttpRequest, company_id: int) -> HttpResponse:
    """Per opportunity: the first limit that a pair breaks, or its rank and what it takes."""
    company = company_or_404(request.user, company_id)
    asked = "number" in request.GET
    form = WhyNotForm(request.GET if asked else None)
    establishment, answers = None, list[Answer]()
    if asked and form.is_valid():
        establishment, answers = answers_for(
            company, form.cleaned_data["number"], today=timezone.localdate()
        )
        if establishment is None:
            form.add_error("number", words.NOT_IN_REGISTER)
    return render(
        request,
        "matching/why_not.html",
        {
            "company": company,
            "is_verified": company.status == VerificationStatus.VERIFIED,
            "form": form,
            "establishment": establishment,
            "name": words.partner_name(establishment) if establishment else "",
            "answers": [
                {
                    "opportunity": answer.opportunity,
                    "label": answer.label,
                    "limit": words.LIMIT_TEXTS[answer.limit] if answer.limit else "",
                    "distance": answer.distance_m is not None
                    and words.distance_text(answer.distance_m),
                    "radius_km": (answer.radius_m or 0) / 1000,
                    "is_too_far": answer.is_too_far,
                    "rank": answer.rank,
                    "score": None if answer.score is None else words.points(answer.score),
                    "needed": None if answer.needed is None else words.points(answer.needed),
                }
                for answer in answers
            ],
        },
    )
