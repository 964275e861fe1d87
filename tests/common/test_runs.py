"""Lease, heartbeat, sweep: a run row outlives its worker. Tried on matching's rows."""

from __future__ import annotations

import threading
import time
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from assessments.matching.models import MatchRun
from portal.common import runs
from portal.common.run_rows import RunStatus
from portal.common.runs import RunLostError, keeping


def row(**fields: Any) -> MatchRun:
    return MatchRun.objects.create(**fields)


def status(pk: int) -> str:
    return MatchRun.objects.get(pk=pk).status


def dead(attempts: int = 1, **fields: Any) -> MatchRun:
    """A row whose worker is gone: its lease ran out a second ago."""
    return row(
        status=RunStatus.RUNNING,
        claim_token=uuid.uuid4(),
        attempts=attempts,
        lease_expires_at=timezone.now() - timedelta(seconds=1),
        **fields,
    )


@pytest.mark.django_db
class TestClaim:
    """Taking a row."""

    def test_a_queued_row_is_claimed_once(self) -> None:
        pk = row().pk
        assert runs.claim(MatchRun, pk) is not None
        assert runs.claim(MatchRun, pk) is None
        found = MatchRun.objects.get(pk=pk)
        assert (found.status, found.attempts) == (RunStatus.RUNNING, 1)
        assert found.started_at is not None
        left = found.lease_expires_at - found.heartbeat_at  # type: ignore[operator]
        assert left == runs.LEASE

    @pytest.mark.parametrize("final", [RunStatus.FINISHED, RunStatus.FAILED, RunStatus.CANCELLED])
    def test_what_ended_is_not_claimed(self, final: RunStatus) -> None:
        assert runs.claim(MatchRun, row(status=final).pk) is None

    def test_a_row_whose_place_is_taken_stays_queued(self) -> None:
        row(status=RunStatus.RUNNING)
        waiting = row()
        assert runs.claim(MatchRun, waiting.pk) is None
        assert status(waiting.pk) == RunStatus.QUEUED


@pytest.mark.django_db
class TestKeepAndEnd:
    """Holding a row, and letting it go."""

    def test_a_heartbeat_prolongs_the_lease_and_notes_progress(self) -> None:
        pk = row().pk
        token = runs.claim(MatchRun, pk)
        assert token is not None
        before = MatchRun.objects.get(pk=pk).lease_expires_at
        runs.heartbeat(MatchRun, pk, token, done=3, total=9)
        found = MatchRun.objects.get(pk=pk)
        assert found.lease_expires_at > before  # type: ignore[operator]
        assert (found.progress_done, found.progress_total) == (3, 9)

    def test_only_the_holder_ends_a_run(self) -> None:
        pk = row().pk
        token = runs.claim(MatchRun, pk)
        stranger = uuid.uuid4()
        assert token is not None
        for act in (runs.heartbeat, runs.finish):
            with pytest.raises(RunLostError):
                act(MatchRun, pk, stranger)
        assert not runs.fail(MatchRun, pk, stranger, error="no")
        runs.finish(MatchRun, pk, token, matches_count=4)
        found = MatchRun.objects.get(pk=pk)
        assert (found.status, found.matches_count) == (RunStatus.FINISHED, 4)
        assert found.finished_at is not None
        assert found.lease_expires_at is None

    def test_a_failure_keeps_its_reason(self) -> None:
        pk = row().pk
        token = runs.claim(MatchRun, pk)
        assert token is not None
        assert runs.fail(MatchRun, pk, token, error="x" * 9000)
        found = MatchRun.objects.get(pk=pk)
        assert (found.status, len(found.error)) == (RunStatus.FAILED, 4000)

    def test_a_cancelled_run_is_lost_to_its_worker(self) -> None:
        pk = row().pk
        token = runs.claim(MatchRun, pk)
        assert token is not None
        assert runs.cancel(MatchRun, pk)
        assert not runs.cancel(MatchRun, pk)
        with pytest.raises(RunLostError):
            runs.heartbeat(MatchRun, pk, token)


@pytest.mark.django_db
class TestSweep:
    """What happens to rows whose worker is gone."""

    def test_a_dead_run_is_queued_again_and_announced(self) -> None:
        pk = dead().pk
        assert runs.sweep(MatchRun) == [pk]
        assert status(pk) == RunStatus.QUEUED
        assert runs.claim(MatchRun, pk) is not None
        assert MatchRun.objects.get(pk=pk).attempts == 2

    def test_a_living_run_is_left_alone(self) -> None:
        pk = row().pk
        runs.claim(MatchRun, pk)
        assert runs.sweep(MatchRun) == []
        assert status(pk) == RunStatus.RUNNING

    def test_a_run_that_kills_its_workers_fails_in_the_end(self) -> None:
        pk = dead(attempts=runs.MAX_ATTEMPTS).pk
        assert runs.sweep(MatchRun) == []
        found = MatchRun.objects.get(pk=pk)
        assert found.status == RunStatus.FAILED
        assert "died 5 times" in found.error

    def test_a_dead_run_gives_way_to_a_newer_one_that_waits(self) -> None:
        pk = dead().pk
        newer = row()
        assert runs.sweep(MatchRun) == []
        assert status(pk) == RunStatus.CANCELLED
        assert status(newer.pk) == RunStatus.QUEUED

    def test_a_lost_message_is_sent_again_but_not_at_every_sweep(self) -> None:
        waiting = row()
        assert runs.sweep(MatchRun) == []  # its message may be on its way
        MatchRun.objects.update(queued_at=timezone.now() - timedelta(minutes=1))
        assert runs.sweep(MatchRun) == [waiting.pk]
        assert runs.sweep(MatchRun) == []
        MatchRun.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))
        assert runs.sweep(MatchRun) == [waiting.pk]


@pytest.mark.django_db(transaction=True)
class TestKeeper:
    """The thread has its own connection, so these rows are really committed."""

    def test_it_beats_while_the_work_goes_on(self) -> None:
        pk = row().pk
        token = runs.claim(MatchRun, pk)
        assert token is not None
        first = MatchRun.objects.get(pk=pk).heartbeat_at
        with keeping(MatchRun, pk, token, every=0.05) as keeper:
            keeper.progress(1, 4)
            time.sleep(0.4)
        found = MatchRun.objects.get(pk=pk)
        assert found.heartbeat_at > first  # type: ignore[operator]
        assert (found.progress_done, found.progress_total) == (1, 4)

    def test_progress_from_within_a_transaction_is_seen_by_others(self) -> None:
        pk = row().pk
        token = runs.claim(MatchRun, pk)
        assert token is not None
        seen: list[int] = []

        def look() -> None:
            try:
                deadline = time.monotonic() + 5
                while not seen and time.monotonic() < deadline:
                    seen.extend(MatchRun.objects.filter(progress_done=3).values_list("pk"))
                runs.cancel(MatchRun, pk)
            finally:
                connection.close()

        with keeping(MatchRun, pk, token, every=0.05) as keeper, transaction.atomic():
            keeper.note(3, 4)
            other = threading.Thread(target=look)
            other.start()
            other.join()
            deadline = time.monotonic() + 5
            while not keeper.is_lost and time.monotonic() < deadline:
                time.sleep(0.02)
            with pytest.raises(RunLostError):
                keeper.note(4, 4)
        assert seen

    def test_the_work_hears_that_the_run_is_lost(self) -> None:
        pk = row().pk
        token = runs.claim(MatchRun, pk)
        assert token is not None
        with keeping(MatchRun, pk, token, every=0.05) as keeper:
            runs.cancel(MatchRun, pk)
            deadline = time.monotonic() + 5
            while not keeper.is_lost and time.monotonic() < deadline:
                time.sleep(0.02)
            with pytest.raises(RunLostError):
                keeper.check()
        assert connection.is_usable()
