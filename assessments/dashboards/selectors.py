"""Reads over several rooms: home page and government dashboard."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from assessments.matching.models import MatchRun
from assessments.matching.selectors.standing import shown_matches
from assessments.opportunities.judgements import ShownVerdict, ShownVerdicts, shown
from assessments.opportunities.models import Assessment
from assessments.opportunities.selectors import standings, with_counted_verdict
from assessments.opportunities.telling import UnseenNotice, unseen_notice
from assessments.readiness.models import Scan
from companies.profiles.access import companies_visible_to
from companies.profiles.enums import VerificationStatus
from companies.profiles.models import Activity, Company, WorkforceCell, WorkforceYear
from portal.accounts.models import User
from portal.accounts.roles import may_see_companies
from portal.common.choices import OPPORTUNITY_LABELS
from portal.common.run_rows import RunStatus
from portal.common.vocabulary import FLEMISH_PROVINCES, Cell, Opportunity, Province, Verdict


@dataclass(frozen=True)
class CompanyCard:
    """One company on a home page: where it stands and what is next."""

    company: Company
    verdicts: ShownVerdicts
    unseen: UnseenNotice | None
    proposals: int
    has_activities: bool
    has_workforce: bool
    scan: Scan | None

    @property
    def labelled_verdicts(self) -> list[tuple[Any, ShownVerdict | None]]:
        """(name of the opportunity, verdict or nothing), in the fixed order."""
        return [(OPPORTUNITY_LABELS[item], self.verdicts.get(item)) for item in Opportunity]

    @property
    def next_step(self) -> str:
        """The first thing that is missing: activities, workforce, scan, submit or matches."""
        if not self.has_activities:
            return "activities"
        if not self.has_workforce:
            return "workforce"
        if self.scan is None:
            return "scan"
        return "submit" if self.scan.submitted_at is None else "matches"


def company_cards(user: User) -> list[CompanyCard]:
    """Cards of the companies that the user is a member of; seven queries at most."""
    companies = list(Company.objects.filter(memberships__user=user).order_by("name_key", "pk"))
    ids = [company.pk for company in companies]
    found = standings(ids, user)
    verdicts = shown(found)
    proposals: dict[int, int] = dict(
        shown_matches()
        .filter(company_id__in=ids, proposed=True, is_stale=False)
        .order_by()
        .values_list("company_id")
        .annotate(Count("pk"))
    )
    active = set(
        Activity.objects.filter(company__in=ids).order_by().values_list("company_id", flat=True)
    )
    staffed = set(
        WorkforceYear.objects.filter(company__in=ids)
        .order_by()
        .values_list("company_id", flat=True)
    )
    scans = {
        scan.company_id: scan
        for scan in Scan.objects.filter(company_id__in=ids).order_by("moment", "pk")
    }
    return [
        CompanyCard(
            company=company,
            verdicts=verdicts.get(company.pk, {}),
            unseen=None
            if company.is_closed
            else unseen_notice(
                company.pk, {key[1]: row for key, row in found.items() if key[0] == company.pk}
            ),
            proposals=proposals.get(company.pk, 0),
            has_activities=company.pk in active,
            has_workforce=company.pk in staffed,
            scan=scans.get(company.pk),
        )
        for company in companies
    ]


def last_full_run() -> MatchRun | None:
    """The full matching run that finished last."""
    return (
        MatchRun.objects.filter(company__isnull=True, status=RunStatus.FINISHED)
        .order_by("-finished_at", "-pk")
        .first()
    )


def run_under_way() -> MatchRun | None:
    """A full run that is waiting or going on."""
    return (
        MatchRun.objects.filter(
            company__isnull=True, status__in=(RunStatus.QUEUED, RunStatus.RUNNING)
        )
        .order_by("-queued_at", "-pk")
        .first()
    )


def waiting_for_verification(user: User) -> QuerySet[Company]:
    """Sign-ups that this member of staff may decide on, oldest first."""
    if not may_see_companies(user):
        return Company.objects.none()
    return (
        companies_visible_to(user)
        .not_closed()
        .filter(status=VerificationStatus.PENDING)
        .order_by("created_at", "pk")
    )


@dataclass(frozen=True)
class Counts:
    """Counts of companies and matches; these are not about persons and not perturbed."""

    companies: int
    verified: int
    pending: int
    assessed: int
    with_proposal: int
    matches: int
    proposals: int


def company_counts(companies: QuerySet[Company]) -> Counts:
    """Headline counts over the given companies; two queries.

    All that signed up, how many wait, and for the rest only what counts: verified ones.
    """
    assessed = Exists(Assessment.objects.filter(company=OuterRef("pk"), is_current=True))
    proposal = Exists(shown_matches().filter(company=OuterRef("pk"), proposed=True, is_stale=False))
    is_verified = Q(status=VerificationStatus.VERIFIED)
    numbers = (
        companies.order_by()
        .annotate(is_assessed=assessed, has_proposal=proposal)
        .aggregate(
            companies=Count("pk"),
            verified=Count("pk", filter=is_verified),
            pending=Count("pk", filter=Q(status=VerificationStatus.PENDING)),
            assessed=Count("pk", filter=is_verified & Q(is_assessed=True)),
            with_proposal=Count("pk", filter=is_verified & Q(has_proposal=True)),
        )
    )
    of_verified = shown_matches().filter(
        company__in=companies.order_by().filter(is_verified).values("pk"), is_stale=False
    )
    matches = of_verified.aggregate(
        matches=Count("pk"), proposals=Count("pk", filter=Q(proposed=True))
    )
    return Counts(**numbers, **matches)


def companies_by_province(companies: QuerySet[Company]) -> list[tuple[str, int]]:
    """(province, companies) for the Flemish provinces, and others that occur."""
    found: dict[str, int] = dict(companies.order_by().values_list("province").annotate(Count("pk")))
    shown = [
        *FLEMISH_PROVINCES,
        *(p for p in Province if p not in FLEMISH_PROVINCES and p in found),
    ]
    return [(province.value, found.get(province.value, 0)) for province in shown]


@dataclass(frozen=True, slots=True)
class VerdictCounts:
    """How many companies have each verdict on one opportunity, and how many by an adviser's."""

    opportunity: Opportunity
    counts: Mapping[Verdict, int]
    judged: int


def verdict_table(companies: QuerySet[Company]) -> list[VerdictCounts]:
    """By opportunity, in the fixed order; an adviser's verdict counts while it is in force.

    One query.
    """
    current = Assessment.objects.filter(
        company__in=companies.order_by().values("pk"), is_current=True
    )
    rows = (
        with_counted_verdict(current)
        .order_by()
        .values_list("opportunity", "counted")
        .annotate(Count("pk"), Count("override"))
    )
    found = {(o, v): (number, judged) for o, v, number, judged in rows}
    return [
        VerdictCounts(
            item,
            {verdict: found.get((item.value, verdict.value), (0, 0))[0] for verdict in Verdict},
            sum(found.get((item.value, verdict.value), (0, 0))[1] for verdict in Verdict),
        )
        for item in Opportunity
    ]


def cell_table(companies: QuerySet[Company]) -> list[tuple[str, int]]:
    """(cell, companies active in it) for the ten cells of the study; one query."""
    found: dict[str | None, int] = dict(
        Activity.objects.filter(company__in=companies.order_by().values("pk"), cell__isnull=False)
        .order_by()
        .values_list("cell")
        .annotate(Count("company", distinct=True))
    )
    return [(cell.value, found.get(cell.value, 0)) for cell in Cell]


def latest_years(companies: QuerySet[Company]) -> QuerySet[WorkforceYear]:
    """The newest workforce year of each of the companies."""
    newer = WorkforceYear.objects.filter(company=OuterRef("company"), year__gt=OuterRef("year"))
    return WorkforceYear.objects.filter(
        ~Exists(newer), company__in=companies.order_by().values("pk")
    ).order_by()


def workforce_contributions(
    companies: QuerySet[Company],
) -> dict[tuple[str, str], dict[Hashable, int]]:
    """(target group, guidance level) -> company -> hundredths of an FTE, newest year only.

    Raw contributions: only disclosure control may turn them into figures on a page.
    """
    rows = (
        WorkforceCell.objects.filter(
            workforce_year__in=latest_years(companies).values("pk"), fte__gt=0
        )
        .order_by()
        .values_list("target_group", "guidance_level", "workforce_year__company_id")
        .annotate(Sum("fte"))
    )
    table: dict[tuple[str, str], dict[Hashable, int]] = {}
    for group, level, company_id, fte in rows:
        table.setdefault((group, level), {})[company_id] = int(fte * 100)
    return table
