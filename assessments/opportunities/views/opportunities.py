"""Pages of the five opportunities."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from assessments.opportunities import judgements, pages, selectors, telling, words
from assessments.opportunities.calculator_overview import cards, of_opportunity
from assessments.opportunities.exposure_pages import exposure_groups
from assessments.opportunities.models import Assessment
from assessments.opportunities.reference_pages import reference_page
from companies.profiles.access import company_or_404, may_review
from companies.profiles.current import may_edit, role_of
from companies.profiles.models import Company
from portal.accounts.models import User
from portal.common.choices import OPPORTUNITY_LABELS
from portal.common.vocabulary import Opportunity

HISTORY_SHOWN = 20


@require_GET
def overview(request: HttpRequest, company_id: int) -> HttpResponse:
    """The five opportunities on one scale."""
    company = company_or_404(request.user, company_id)
    found = selectors.standings([company.pk], _reader(request, company))
    standings = {opportunity: row for (_, opportunity), row in found.items()}
    is_behind = selectors.is_behind(company, [row.assessment for row in standings.values()])
    # While verdicts are on their way the page comes again within seconds, then with the causes.
    rule_sets = None if is_behind else telling.to_explain(standings)
    context = {
        "company": company,
        "rows": pages.overview_rows(standings),
        "exposures": exposure_groups(
            company.pk, {key: row.assessment for key, row in standings.items()}
        ),
        "unseen": telling.unseen_notice(company.pk, standings, rule_sets),
        "is_behind": is_behind,
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
    rule_sets = selectors.stored_rule_sets(telling.involved(history), [chosen])
    given = list(selectors.overrides_of(company, chosen))
    in_force = next((row for row in given if row.is_in_force), None)
    context = {
        "company": company,
        "opportunity": chosen,
        "label": OPPORTUNITY_LABELS[chosen],
        "page": _page(current, rule_sets) if current else None,
        "override": judgements.overriding(in_force) if in_force else None,
        "since": judgements.computed_since(in_force, current) if in_force and current else "",
        "judgements": judgements.judgement_rows(given),
        "summary": words.summary(chosen),
        "reference": reference_page(selectors.reference_texts(chosen)),
        "told": selectors.told(company, chosen),
        "cards": cards(
            selectors.scenarios_of(company),
            selectors.surroundings(timezone.localdate()),
            of_opportunity(chosen),
        ),
        "history": telling.history_rows(history, rule_sets)[:HISTORY_SHOWN],
        "is_behind": selectors.is_behind(company, assessments.values()),
        "may_edit": may_edit(request, company),
        "may_judge": not company.is_closed and may_review(request.user, company),
    }
    return render(request, "opportunities/detail.html", context)


def _page(assessment: Assessment, rule_sets: telling.RuleSets) -> pages.DetailPage:
    used = rule_sets[assessment.rule_set_id]
    opportunity = Opportunity(assessment.opportunity)
    measures = selectors.support_for(opportunity, timezone.localdate())
    return pages.Detail(assessment, used.values, used.rules, measures).page()


def _reader(request: HttpRequest, company: Company) -> User | None:
    """The person, when what he or she saw last matters: a member of an open company."""
    user = request.user
    is_member = role_of(request, company) is not None
    return user if is_member and not company.is_closed and isinstance(user, User) else None
