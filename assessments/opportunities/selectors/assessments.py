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
from assessments.opportunities.selectors.overrides import override_verdict
from assessments.opportunities.selectors.rule_sets import published_rule_set
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
    override: Verdict | None = None

    @property
    def counted(self) -> Verdict:
        """The adviser's verdict while one is in force, else the lowest still possible."""
        return self.override or self.lowest_verdict


def current_assessments(
    company_ids: Iterable[int],
) -> dict[tuple[int, Opportunity], CurrentAssessment]:
    """Current assessments by (company, opportunity); one query."""
    rows = (
        Assessment.objects.filter(company__in=list(company_ids), is_current=True)
        .annotate(override=override_verdict())
        .order_by("pk")
        .values_list(
            "company_id",
            "opportunity",
            "verdict",
            "lowest_verdict",
            "rule_set_id",
            "facts_version",
            "override",
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
            Verdict(override) if override else None,
        )
        for company_id, opportunity, verdict, lowest, rule_set_id, facts_version, override in rows
    }


def assessments_of(company: Company) -> dict[Opportunity, Assessment]:
    """The current assessments of one company by opportunity, with their rule set; one query."""
    rows = Assessment.objects.filter(company=company, is_current=True).select_related("rule_set")
    return {Opportunity(row.opportunity): row for row in rows.order_by("pk")}


def history_of(company: Company, opportunity: Opportunity) -> QuerySet[Assessment]:
    """All assessments of one opportunity, the newest first, with their rule sets."""
    return (
        Assessment.objects.filter(company=company, opportunity=opportunity)
        .select_related("rule_set")
        .order_by("-assessed_at", "-pk")
    )


def is_behind(company: Company, assessments: Iterable[Assessment]) -> bool:
    """Facts or rules moved since these assessments (all current ones) were made.

    Their rule sets must be fetched. Only one can be in force: where these are of it, no
    query is needed to find it.
    """
    rows = list(assessments)
    in_force = next((row.rule_set for row in rows if row.rule_set.is_published), None)
    rule_set = in_force or published_rule_set()
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
