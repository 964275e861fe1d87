"""Reads everything that a board report is made from, in the language that is active.

Nothing is decided or shortened here; ``writing`` does that, as often as it needs to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from assessments.matching.models import Match, MatchRun
from assessments.matching.selectors.runs import run_that_saw
from assessments.matching.selectors.standing import shown_matches
from assessments.opportunities import pages as opportunity_pages
from assessments.opportunities import selectors as opportunities
from assessments.opportunities.calculator_overview import CalculatorCard, cards
from assessments.opportunities.exposure_pages import ExposureGroup, exposure_groups
from assessments.opportunities.models import RuleSet
from assessments.opportunities.selectors import Standing
from assessments.readiness import selectors as readiness
from assessments.readiness.models import Scan
from assessments.readiness.pages.peers import Peers, peers_of
from assessments.readiness.pages.results import Result, result_of
from assessments.readiness.pages.roadmap import Roadmap, roadmap_of
from companies.profiles.models import Company
from portal.common.vocabulary import Criterion, Opportunity

# More of the best matches than any report shows.
MOST_MATCHES = 8


@dataclass(frozen=True)
class Judged:
    """An opportunity: its row of the overview, and its page with reasons and ways."""

    row: opportunity_pages.OverviewRow
    page: opportunity_pages.DetailPage


@dataclass(frozen=True)
class Scanned:
    """The latest submitted scan with its score, the comparison and the roadmap."""

    scan: Scan
    result: Result
    peers: Peers
    roadmap: Roadmap


@dataclass(frozen=True)
class Material:
    """What a report is written from.

    ``is_behind``: facts or rules moved since the verdicts; ``calculations``: of each
    calculator the scenario that counts; ``run``: the last run that matched the company.
    """

    company: Company
    language: str
    made_at: datetime
    asked_by: str
    judged: tuple[Judged, ...]
    rule_set: RuleSet | None
    is_behind: bool
    scanned: Scanned | None
    exposures: tuple[ExposureGroup, ...]
    calculations: tuple[CalculatorCard, ...]
    matches: tuple[Match, ...]
    matches_total: int
    run: MatchRun | None


def gather(company: Company, *, language: str, asked_by: str, now: datetime) -> Material:
    """Read it all; the language must be active already."""
    found = opportunities.standings([company.pk])
    standings = {opportunity: row for (_, opportunity), row in found.items()}
    assessments = {key: row.assessment for key, row in standings.items()}
    matches = shown_matches().filter(company=company, is_stale=False)
    best = matches.select_related("establishment__enterprise")
    return Material(
        company=company,
        language=language,
        made_at=now,
        asked_by=asked_by,
        judged=_judged(standings),
        rule_set=next((row.rule_set for row in assessments.values()), None),
        is_behind=opportunities.is_behind(company, assessments.values()),
        scanned=_scanned(company, now),
        exposures=exposure_groups(company.pk, assessments),
        calculations=_calculations(company, now),
        matches=tuple(best.order_by("-score", "distance_m", "pk")[:MOST_MATCHES]),
        matches_total=matches.count(),
        run=run_that_saw(company),
    )


def _judged(standings: Mapping[Opportunity, Standing]) -> tuple[Judged, ...]:
    rule_sets = opportunities.stored_rule_sets(
        {row.assessment.rule_set for row in standings.values()}, Opportunity
    )
    # Support measures stand on screen only.
    no_measures: dict[Criterion, list[Any]] = {criterion: [] for criterion in Criterion}
    found = []
    for row in opportunity_pages.overview_rows(standings):
        assessment = standings[row.opportunity].assessment
        used = rule_sets[assessment.rule_set_id]
        detail = opportunity_pages.Detail(assessment, used.values, used.rules, no_measures)
        found.append(Judged(row, detail.page()))
    return tuple(found)


def _calculations(company: Company, now: datetime) -> tuple[CalculatorCard, ...]:
    kept = opportunities.scenarios_of(company)
    around = opportunities.surroundings(timezone.localdate(now))
    return tuple(card for card in cards(kept, around) if card.chosen is not None)


def _scanned(company: Company, now: datetime) -> Scanned | None:
    scan = readiness.scans_of(company, only_submitted=True).first()
    if scan is None:
        return None
    scan.company = company
    result = result_of(scan)
    return Scanned(
        scan=scan,
        result=result,
        peers=peers_of(scan, result),
        roadmap=roadmap_of(
            scan, today=timezone.localdate(now), show_all=False, sees_open_scans=False
        ),
    )
