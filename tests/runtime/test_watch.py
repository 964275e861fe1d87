"""When a worker is started again, and what a run looks like."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from portal.common.run_rows import RunStatus
from portal.runtime import processes, watch
from portal.runtime.watch import Watchdog, Work

IDLE = Work(frozenset(), busy=False)
WAITING = Work(frozenset({("matching.MatchRun", 1)}), busy=False)
BUSY = Work(frozenset({("matching.MatchRun", 1)}), busy=True)


@pytest.fixture(autouse=True)
def pool(monkeypatch: pytest.MonkeyPatch) -> dict[int, list[int]]:
    """Children of workers, as the kernel would list them."""
    listed = {100: [101, 102]}
    monkeypatch.setattr(processes, "children", lambda parent: listed.get(parent, []))
    return listed


def test_a_row_that_nobody_claims_restarts_the_worker() -> None:
    dog = Watchdog(patience=45)
    assert dog.verdict(WAITING, 100, now=0) is None
    assert dog.verdict(WAITING, 100, now=44) is None
    assert dog.verdict(WAITING, 100, now=46) == "did not take up a queued run in 45 s"
    assert dog.verdict(WAITING, 200, now=50) is None  # the new worker gets its time


def test_a_row_waits_while_another_is_worked_on() -> None:
    dog = Watchdog(patience=45)
    assert dog.verdict(BUSY, 100, now=0) is None
    assert dog.verdict(BUSY, 100, now=600) is None


def test_a_row_that_was_claimed_starts_its_wait_anew() -> None:
    dog = Watchdog(patience=45)
    dog.verdict(WAITING, 100, now=0)
    dog.verdict(IDLE, 100, now=30)
    assert dog.verdict(WAITING, 100, now=60) is None


def test_a_lost_pool_process_restarts_an_idle_worker(pool: dict[int, list[int]]) -> None:
    dog = Watchdog()
    dog.verdict(IDLE, 100, now=0)
    pool[100] = [101, 103]
    assert dog.verdict(IDLE, 100, now=2) == "lost a pool process"
    assert dog.verdict(IDLE, 100, now=4) is None


def test_a_lost_pool_process_waits_for_the_work_of_the_other(pool: dict[int, list[int]]) -> None:
    dog = Watchdog()
    dog.verdict(BUSY, 100, now=0)
    pool[100] = [101]
    assert dog.verdict(BUSY, 100, now=2) is None
    assert dog.verdict(IDLE, 100, now=4) == "lost a pool process"


def test_a_worker_that_is_being_restarted_is_left_alone() -> None:
    assert Watchdog(patience=0).verdict(WAITING, None, now=100) is None


def test_runs_of_all_kinds_are_looked_at() -> None:
    labels = {model._meta.label for model in watch.run_models()}
    assert "matching.MatchRun" in labels


@pytest.mark.django_db
def test_a_look_finds_waiting_rows_and_living_leases() -> None:
    model = apps.get_model("matching", "MatchRun")
    run = model._default_manager.create()
    work = watch.look()
    assert ("matching.MatchRun", run.pk) in work.waiting
    assert work.busy is False
    model._default_manager.filter(pk=run.pk).update(status=RunStatus.RUNNING)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE matching_matchrun SET lease_expires_at = now() + interval '9 s' WHERE id = %s",
            [run.pk],
        )
    assert watch.look() == Work(frozenset(), busy=True)


@pytest.mark.django_db
def test_a_run_is_summed_up() -> None:
    model = apps.get_model("matching", "MatchRun")
    run = model._default_manager.create(companies_count=24, partners_count=9, matches_count=7)
    view = watch.matching_run(run.pk)
    assert view
    assert view.is_final is False
    assert view.summary == "24 companies, 9 partners, 7 matches in 0.0 s"
    run.delete()
    assert watch.matching_run(view.pk) is None
