"""Reads over runs: history, and which companies are behind."""

from __future__ import annotations

from django.db.models import QuerySet

from assessments.matching.models import CompanyState, MatchRun
from assessments.matching.selectors.encode import assessments_hash
from assessments.matching.selectors.ledger import history_hashes
from assessments.opportunities.selectors import current_assessments
from companies.profiles.models import Company
from portal.common.run_rows import RunStatus


def run_history() -> QuerySet[MatchRun]:
    """All runs, the newest first, with their versions."""
    return MatchRun.objects.select_related(
        "company", "policy", "rule_set", "register_import", "requested_by"
    ).order_by("-queued_at", "-pk")


def open_full_run() -> MatchRun | None:
    """The full run that waits or goes on."""
    return (
        MatchRun.objects.filter(company=None, status__in=(RunStatus.QUEUED, RunStatus.RUNNING))
        .order_by("-status", "pk")
        .first()
    )


def last_full_run() -> MatchRun | None:
    """The last full run that finished."""
    return (
        run_history()
        .filter(company=None, status=RunStatus.FINISHED)
        .order_by("-finished_at")
        .first()
    )


def companies_behind() -> list[int]:
    """Verified companies whose facts, assessments or ledger moved since matching saw them.

    None before the first full run, nor while one is open, since it will see them all;
    nor those that wait already. Seven queries at most.
    """
    if open_full_run() is not None:
        return []
    if not MatchRun.objects.filter(company=None, status=RunStatus.FINISHED).exists():
        return []
    waiting = set(
        MatchRun.objects.filter(
            company__isnull=False, status__in=(RunStatus.QUEUED, RunStatus.RUNNING)
        ).values_list("company_id", flat=True)
    )
    versions = dict(Company.objects.verified().order_by("pk").values_list("pk", "facts_version"))
    seen = {
        pk: state
        for pk, *state in CompanyState.objects.order_by("pk").values_list(
            "pk", "facts_version", "assessments_hash", "history_hash"
        )
    }
    assessments = current_assessments(versions)
    passed = history_hashes(versions)
    return [
        pk
        for pk, version in versions.items()
        if pk not in waiting
        and seen.get(pk) != [version, assessments_hash(pk, assessments), passed.get(pk, "")]
    ]


def run_that_saw(company: Company) -> MatchRun | None:
    """The last run that matched this company, with its versions; one query."""
    return run_history().filter(companystate__company=company).first()
