"""Reads over assessments: current ones in bulk, history, and who is behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from assessments.opportunities.domain.facts import FactName, Span
from assessments.opportunities.models import Assessment, RuleSet
from assessments.opportunities.selectors.facts import investment_facts
from companies.profiles.enums import VerificationStatus
from companies.profiles.models import Company
from portal.common.vocabulary import Opportunity, Verdict


@dataclass(frozen=True, slots=True)
class CurrentAssessment:
    """What matching and dashboards need of an assessment."""

    company_id: int
    opportunity: Opportunity
    verdict: Verdict
    lowest_verdict: Verdict
    rule_set_id: int
    facts_version: int


def current_assessments(
    company_ids: Iterable[int],
) -> dict[tuple[int, Opportunity], CurrentAssessment]:
    """Current assessments by (company, opportunity); one query."""
    rows = (
        Assessment.objects.filter(company__in=list(company_ids), is_current=True)
        .order_by("pk")
        .values_list(
            "company_id", "opportunity", "verdict", "lowest_verdict", "rule_set_id", "facts_version"
        )
    )
    return {
        (company_id, Opportunity(opportunity)): CurrentAssessment(
            company_id,
            Opportunity(opportunity),
            Verdict(verdict),
            Verdict(lowest),
            rule_set_id,
            facts_version,
        )
        for company_id, opportunity, verdict, lowest, rule_set_id, facts_version in rows
    }


def assessments_of(company: Company) -> dict[Opportunity, Assessment]:
    """The current assessments of one company by opportunity; one query."""
    rows = Assessment.objects.filter(company=company, is_current=True).order_by("pk")
    return {Opportunity(row.opportunity): row for row in rows}


def history_of(company: Company, opportunity: Opportunity) -> QuerySet[Assessment]:
    """All assessments of one opportunity, the newest first, with their rule sets."""
    return (
        Assessment.objects.filter(company=company, opportunity=opportunity)
        .select_related("rule_set")
        .order_by("-assessed_at", "-pk")
    )


def is_behind(
    company: Company, assessments: Iterable[Assessment], rule_set: RuleSet | None
) -> bool:
    """Facts or rules moved since these assessments (all current ones) were made."""
    rows = list(assessments)
    return rule_set is not None and (
        len(rows) < len(Opportunity)
        or any(
            row.facts_version != company.facts_version or row.rule_set_id != rule_set.pk
            for row in rows
        )
    )


def companies_assessed() -> QuerySet[Company]:
    """The companies that are judged: open accounts that nobody declined."""
    return Company.objects.not_closed().exclude(status=VerificationStatus.DECLINED).order_by("pk")


def companies_behind(rule_set: RuleSet, today: date) -> QuerySet[Company]:
    """Companies without five current assessments of their latest facts by this rule set.

    Pending companies count (they see their own verdicts). Every
    outcome is confirmed again once a day, because it leans on more than the company's own
    facts: neighbours come and go, offers end, equipment and figures grow old. A call that
    opens or ends does not wait for the next day.
    """
    up_to_date = Count(
        "assessments",
        filter=Q(
            assessments__is_current=True,
            assessments__rule_set=rule_set,
            assessments__facts_version=F("facts_version"),
            assessments__confirmed_at__gte=_start_of(today),
        ),
    )
    with_other_calls = Assessment.objects.filter(
        is_current=True, explanation__facts__contains=_opposite_of(investment_facts(today))
    )
    return (
        companies_assessed()
        .annotate(up_to_date=up_to_date)
        .filter(Q(up_to_date__lt=len(Opportunity)) | Q(pk__in=with_other_calls.values("company")))
    )


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _opposite_of(yes_or_no: Mapping[FactName, Span]) -> dict[str, list[str]]:
    """As an explanation holds it, were it the other way round."""
    return {name.value: [str(1 - span.low)] * 2 for name, span in yes_or_no.items()}
