"""Assess companies whose facts or rules moved, and keep what was true before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from assessments.opportunities.domain.assess import OpportunityResult, assess
from assessments.opportunities.domain.explanation import explain, ranges_from, told_facts
from assessments.opportunities.models import Assessment, RuleSet
from assessments.opportunities.selectors import (
    collect_facts,
    companies_behind,
    published_rule_set,
    rule_set_values,
)
from companies.profiles.models import Company
from portal.common.vocabulary import Opportunity

BATCH = 100


@transaction.atomic
def assess_company(*, company_id: int, now: datetime) -> bool:
    """Assess one company now; False when no rule set is published or it does not exist."""
    return assess_companies(company_ids=[company_id], now=now) == 1


@transaction.atomic
def assess_companies(*, company_ids: Iterable[int], now: datetime) -> int:
    """Assess these companies together; how many were assessed.

    Waits for transactions that are writing facts of these companies, and holds them
    up until the outcome is stored: the version stored is the version read.
    """
    rule_set = published_rule_set()
    if rule_set is None:
        return 0
    companies = list(
        Company.objects.filter(pk__in=list(company_ids))
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    return _assess(companies, rule_set, now)


def assess_behind(*, now: datetime, limit: int = 1000) -> int:
    """Assess companies that are behind, at most ``limit``; how many were assessed.

    One transaction per batch: what is done stays done when a later batch fails.
    Companies that another transaction holds are left for the next time.
    """
    done = 0
    while done < limit:
        count = _assess_batch_behind(now=now, size=min(BATCH, limit - done))
        done += count
        if count < BATCH:
            break
    return done


@transaction.atomic
def _assess_batch_behind(*, now: datetime, size: int) -> int:
    rule_set = published_rule_set()
    if rule_set is None:
        return 0
    today = timezone.localdate(now)
    # Grouping and locking cannot go together, so first who, then the locks.
    behind = list(companies_behind(rule_set, today).values_list("pk", flat=True)[:size])
    companies = list(
        Company.objects.filter(pk__in=behind)
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
        .order_by("pk")
    )
    return _assess(companies, rule_set, now)


def _assess(companies: list[Company], rule_set: RuleSet, now: datetime) -> int:
    if not companies:
        return 0
    values = rule_set_values(rule_set)
    today = timezone.localdate(now)
    facts = collect_facts((company.pk for company in companies), today=today)
    current = _current([company.pk for company in companies])
    outdated: list[Assessment] = []
    confirmed: list[Assessment] = []
    created: list[Assessment] = []
    for company in companies:
        result = assess(facts[company.pk], values, today)
        told = told_facts(facts[company.pk])
        for row in result.opportunities:
            fresh = _fresh(company, rule_set, row, now)
            fresh.explanation = explain(row, told, workforce_outdated=result.workforce_outdated)
            before = current.get((company.pk, row.opportunity))
            if before is not None and _is_unmoved(before, fresh):
                confirmed.append(_confirm(before, fresh))
                continue
            if before is not None:
                # Later than the one before, also by a clock that runs behind: the history
                # is in the order in which things happened.
                fresh.assessed_at = max(now, before.assessed_at + timedelta(microseconds=1))
                before.is_current = False
                outdated.append(before)
            created.append(fresh)
    Assessment.objects.bulk_update(outdated, ["is_current"])
    Assessment.objects.bulk_update(confirmed, ["facts_version", "explanation", "confirmed_at"])
    Assessment.objects.bulk_create(created)
    return len(companies)


def _current(company_ids: list[int]) -> dict[tuple[int, Opportunity], Assessment]:
    rows = Assessment.objects.filter(company__in=company_ids, is_current=True).order_by("pk")
    return {(row.company_id, Opportunity(row.opportunity)): row for row in rows}


def _fresh(
    company: Company, rule_set: RuleSet, result: OpportunityResult, now: datetime
) -> Assessment:
    return Assessment(
        company=company,
        opportunity=result.opportunity.value,
        rule_set=rule_set,
        facts_version=company.facts_version,
        verdict=result.verdict.value,
        lowest_verdict=result.lowest_verdict.value,
        assessed_at=now,
        confirmed_at=now,
    )


def _is_unmoved(before: Assessment, fresh: Assessment) -> bool:
    """Same rules, same verdict, same criteria: nothing that history should tell.

    A fact that only changed its number (largest customer 41 % instead of 40 %) is
    written into the current row, so history does not grow with every save.
    """
    return (
        before.rule_set_id == fresh.rule_set_id
        and before.verdict == fresh.verdict
        and before.lowest_verdict == fresh.lowest_verdict
        and ranges_from(before.explanation) == ranges_from(fresh.explanation)
    )


def _confirm(before: Assessment, fresh: Assessment) -> Assessment:
    before.facts_version = fresh.facts_version
    before.explanation = fresh.explanation
    before.confirmed_at = fresh.confirmed_at
    return before
