"""Pages of the five opportunities."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from assessments.opportunities import pages, selectors
from assessments.opportunities.calculator_overview import cards, of_opportunity
from assessments.opportunities.models import Assessment
from companies.profiles.access import company_or_404
from companies.profiles.current import may_edit
from portal.common.choices import OPPORTUNITY_LABELS
from portal.common.vocabulary import Opportunity

HISTORY_SHOWN = 20


@require_GET
def overview(request: HttpRequest, company_id: int) -> HttpResponse:
    """The five opportunities on one scale."""
    company = company_or_404(request.user, company_id)
    assessments = selectors.assessments_of(company)
    context = {
        "company": company,
        "rows": pages.overview_rows(assessments),
        "is_behind": selectors.is_behind(
            company, assessments.values(), selectors.published_rule_set()
        ),
        "may_edit": may_edit(request, company),
    }
    return render(request, "opportunities/overview.html", context)


@require_GET
def detail(request: HttpRequest, company_id: int, opportunity: str) -> HttpResponse:
    """One opportunity: criteria with facts and rules, what would lift it, and its history."""
    company = company_or_404(request.user, company_id)
    if opportunity not in set(Opportunity):
        raise Http404("No such opportunity")
    chosen = Opportunity(opportunity)
    assessments = selectors.assessments_of(company)
    history = list(selectors.history_of(company, chosen)[: HISTORY_SHOWN + 1])
    current = next((row for row in history if row.is_current), None)
    context = {
        "company": company,
        "opportunity": chosen,
        "label": OPPORTUNITY_LABELS[chosen],
        "page": _page(current) if current else None,
        "text": pages.reference(chosen),
        "told": selectors.told(company, chosen),
        "cards": cards(
            selectors.scenarios_of(company),
            selectors.surroundings(timezone.localdate()),
            of_opportunity(chosen),
        ),
        "history": pages.history_rows(history)[:HISTORY_SHOWN],
        "is_behind": selectors.is_behind(
            company, assessments.values(), selectors.published_rule_set()
        ),
        "may_edit": may_edit(request, company),
    }
    return render(request, "opportunities/detail.html", context)


def _page(assessment: Assessment) -> pages.DetailPage:
    rules = selectors.rules_by_slug(assessment.rule_set_id, Opportunity(assessment.opportunity))
    rule_set = selectors.rule_set_values(assessment.rule_set)
    return pages.Detail(assessment, rule_set, rules).page()
