"""Runs: queue, execute, cancel and sweep. The row is the queue (``portal.common.runs``)."""

from __future__ import annotations

import logging
import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.matching.domain.engine import Engine
from assessments.matching.domain.fingerprint import fingerprint
from assessments.matching.models import CompanyState, MatchRun
from assessments.matching.selectors.encode import Encoded, encode
from assessments.matching.selectors.policies import published_policy
from assessments.matching.selectors.runs import companies_behind
from assessments.matching.services.decode import Found, explain, lock_writers, store
from assessments.matching.services.proposals import share_out, standing
from portal.accounts.models import User
from portal.common import runs
from portal.common.run_rows import RunStatus
from portal.common.runs import Keeper, RunLostError, keeping

logger = logging.getLogger(__name__)


class NoPolicyError(Exception):
    """There is no published policy to match by."""


@transaction.atomic
def queue_full_run(*, user: User | None = None) -> MatchRun:
    """A run over all companies; the one that waits already, when there is one."""
    return _queued(company_id=None, user=user)


@transaction.atomic
def queue_company_run(*, company_id: int, user: User | None = None) -> MatchRun:
    """A run over one company; the one that waits already, when there is one."""
    return _queued(company_id=company_id, user=user)


def queue_behind() -> list[int]:
    """Queue a run for each company whose facts or assessments moved; the runs' keys."""
    return [queue_company_run(company_id=pk).pk for pk in companies_behind()]


def cancel_run(*, run_id: int) -> bool:
    """Stop a run; False when it had ended already. Its results are not written."""
    return runs.cancel(MatchRun, run_id)


def sweep_runs() -> list[int]:
    """Put runs of dead workers back in the queue; the runs to announce (again)."""
    return runs.sweep(MatchRun)


def execute(*, run_id: int) -> bool:
    """Do a queued run; False when it was not there to be claimed, or did not finish.

    An error ends the run with its reason; what earlier runs found stays as it was.
    """
    token = runs.claim(MatchRun, run_id)
    if token is None:
        return False
    try:
        with keeping(MatchRun, run_id, token) as keeper:
            _match(MatchRun.objects.get(pk=run_id), token, keeper)
    except RunLostError:
        logger.info("Run %s was cancelled or taken over", run_id)
        return False
    except Exception as error:
        logger.exception("Run %s failed", run_id)
        runs.fail(MatchRun, run_id, token, error=f"{type(error).__name__}: {error}")
        return False
    return True


def _queued(*, company_id: int | None, user: User | None) -> MatchRun:
    waiting = MatchRun.objects.filter(company=company_id, status=RunStatus.QUEUED)
    found = waiting.order_by("pk").first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return MatchRun.objects.create(company_id=company_id, requested_by=user)
    except IntegrityError:  # somebody else was first
        return waiting.order_by("pk").get()


def _match(run: MatchRun, token: uuid.UUID, keeper: Keeper) -> None:
    """Encode, solve, decode. Everything is written in one transaction at the end."""
    policy = published_policy()
    if policy is None:
        raise NoPolicyError("No matching policy is published.")
    encoded = encode(policy, today=timezone.localdate(), company_id=run.company_id)
    problem = encoded.problem
    engine = Engine(problem)
    found: list[Found] = []
    pairs = 0
    total = len(problem.companies)
    for done, company in enumerate(problem.companies):
        keeper.progress(done, total)
        for ranked in engine.solve([company]):
            pairs += ranked.pairs
            found.extend(explain(problem, ranked, encoded.company_ids))
    keeper.progress(total, total)
    # The room is looked at under the lock of writers, except in a run over everything.
    proposed = (
        share_out(encoded, found, standing(encoded, company_id=None)) if run.is_full else None
    )
    counters = {
        "policy_id": policy.pk,
        "rule_set_id": encoded.rule_set_id,
        "register_import_id": encoded.register_import_id,
        "input_hash": fingerprint(problem),
        "companies_count": total,
        "partners_count": len(problem.partners),
        "pairs_count": pairs,
        "matches_count": len(found),
        "place_unknown_count": int((~problem.partners.placed).sum()),
    }
    with transaction.atomic():
        lock_writers()
        if proposed is None:
            # Within the room that others leave right now.
            stand = standing(encoded, company_id=run.company_id)
            proposed = share_out(encoded, found, stand)
        store(run_id=run.pk, company_id=run.company_id, found=found, proposed=proposed)
        _remember(run, encoded)
        runs.finish(MatchRun, run.pk, token, proposals_count=len(proposed), **counters)


def _remember(run: MatchRun, encoded: Encoded) -> None:
    """Note what was seen of each company, so that a later change is noticed."""
    CompanyState.objects.bulk_create(
        [
            CompanyState(
                company_id=pk,
                facts_version=version,
                assessments_hash=assessments,
                history_hash=passed,
                run=run,
            )
            for pk, (version, assessments, passed) in sorted(encoded.seen.items())
        ],
        update_conflicts=True,
        unique_fields=["company"],
        update_fields=["facts_version", "assessments_hash", "history_hash", "run"],
    )
