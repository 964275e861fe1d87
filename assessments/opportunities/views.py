"""Pages of the five opportunities."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.opportunities import judgements, pages, selectors, telling, words
from assessments.opportunities.models import Assessment, VerdictOverride
from assessments.opportunities.reference_pages import reference_page
from companies.profiles.access import company_or_404, may_review
from companies.profiles.current import may_edit, memberships
from companies.profiles.models import Company
from portal.accounts.models import User
from portal.common.choices import OPPORTUNITY_LABELS
from portal.common.vocabulary import Opportunity

HISTORY_SHOWN = 20


@require_GET
def overview(request: HttpRequest, company_id: int) -> HttpResponse:
    """The five opportunities on one scale."""
    company = company_or_404(request.user, company_id)
    assessments = selectors.assessments_of(company)
    overrides = overrides_by_opportunity(company)
    context = {
        "company": company,
        "rows": pages.overview_rows(assessments, overrides),
        "unseen": unseen_notice(request, company, assessments, overrides),
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
        "history": telling.history_rows(history, rule_sets)[:HISTORY_SHOWN],
        "is_behind": selectors.is_behind(
            company, assessments.values(), selectors.published_rule_set()
        ),
        "may_edit": may_edit(request, company),
        "may_judge": not company.is_closed and may_review(request.user, company),
    }
    return render(request, "opportunities/detail.html", context)


def _page(assessment: Assessment, rule_sets: telling.RuleSets) -> pages.DetailPage:
    used = rule_sets[assessment.rule_set_id]
    return pages.Detail(assessment, used.values, used.rules).page()


def overrides_by_opportunity(company: Company) -> dict[Opportunity, VerdictOverride]:
    """Verdicts of advisers in force on one company."""
    return {key[1]: row for key, row in selectors.overrides_in_force([company.pk]).items()}


def unseen_notice(
    request: HttpRequest,
    company: Company,
    current: Mapping[Opportunity, Assessment],
    in_force: Mapping[Opportunity, VerdictOverride],
) -> telling.UnseenNotice | None:
    """What a member of the company has not seen yet; None for others."""
    joined = {row.company_id: row.created_at for row in memberships(request)}
    user = request.user
    if company.pk not in joined or company.is_closed or not isinstance(user, User):
        return None
    unseen = selectors.unseen_of(
        user,
        {company.pk: joined[company.pk]},
        {(company.pk, opportunity): row for opportunity, row in current.items()},
        {(company.pk, opportunity): row for opportunity, row in in_force.items()},
    ).get(company.pk)
    if unseen is None:
        return None
    rows = [row for move in unseen.moves for row in (move.before, move.after)]
    moved = [move.opportunity for move in unseen.moves if move.is_recomputed]
    rule_sets = selectors.stored_rule_sets(telling.involved(rows), moved) if moved else {}
    return telling.unseen_notice(company.pk, unseen, current, in_force, rule_sets)
