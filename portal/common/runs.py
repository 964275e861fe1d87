r"""Services of run rows: claim, keep, end, cancel and sweep, for any model on ``RunRow``.

The row is the queue, the message only wakes a worker up. All moments come from
the database's clock, so that machines with different clocks agree on a lease.

Life of a row::

    queued --claim--> running --finish--> finished
      ^                  |  \---fail---> failed
      |                  +--cancel-----> cancelled
      +---sweep (lease ran out)---+
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

from django.db import DatabaseError, IntegrityError, close_old_connections, connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from portal.common.run_rows import RunRow, RunStatus

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=20)
HEARTBEAT_SECONDS = 5.0
# A queued row that nobody claimed is announced again after this time.
ANNOUNCE_AGAIN = timedelta(seconds=30)
MAX_ATTEMPTS = 5

RowT = TypeVar("RowT", bound=RunRow)


class RunLostError(Exception):
    """The row is no longer ours: cancelled, or taken over after our lease ran out."""


def claim(model: type[RowT], pk: int, *, lease: timedelta = LEASE) -> uuid.UUID | None:
    """Take a queued row; the claim token, or None when it is not there to be taken.

    A unique constraint of the model (for instance: one full run at a time) may
    refuse the claim; the row then stays queued and is announced again later.
    """
    token = uuid.uuid4()
    try:
        with transaction.atomic():
            taken = (
                _rows(model)
                .filter(pk=pk, status=RunStatus.QUEUED)
                .update(
                    status=RunStatus.RUNNING,
                    claim_token=token,
                    started_at=Now(),
                    heartbeat_at=Now(),
                    lease_expires_at=Now() + lease,
                    attempts=F("attempts") + 1,
                    progress_done=0,
                    error="",
                )
            )
    except IntegrityError:
        logger.info("%s %s waits: another run holds its place", model._meta.label, pk)
        return None
    return token if taken else None


def heartbeat(
    model: type[RowT],
    pk: int,
    token: uuid.UUID,
    *,
    lease: timedelta = LEASE,
    done: int | None = None,
    total: int | None = None,
) -> None:
    """Prolong the lease and note progress. Raises RunLostError when the row is not ours."""
    values: dict[str, Any] = {"heartbeat_at": Now(), "lease_expires_at": Now() + lease}
    if done is not None:
        values["progress_done"] = done
    if total is not None:
        values["progress_total"] = total
    if not _held(model, pk, token).update(**values):
        raise RunLostError(f"{model._meta.label} {pk}")


def finish(model: type[RowT], pk: int, token: uuid.UUID, **counters: Any) -> None:
    """End a run well; call it inside the transaction that writes the results.

    Raises RunLostError when the row is not ours, which rolls the results back.
    """
    changed = _held(model, pk, token).update(
        status=RunStatus.FINISHED,
        finished_at=Now(),
        lease_expires_at=None,
        claim_token=None,
        progress_done=F("progress_total"),
        **counters,
    )
    if not changed:
        raise RunLostError(f"{model._meta.label} {pk}")


def fail(model: type[RowT], pk: int, token: uuid.UUID, *, error: str) -> bool:
    """End a run with its reason; False when the row was not ours any more."""
    changed = _held(model, pk, token).update(
        status=RunStatus.FAILED,
        finished_at=Now(),
        lease_expires_at=None,
        claim_token=None,
        error=error[:4000],
    )
    return bool(changed)


def cancel(model: type[RowT], pk: int) -> bool:
    """Stop a run that waits or goes on; its worker notices at its next heartbeat."""
    open_rows = _rows(model).filter(pk=pk, status__in=(RunStatus.QUEUED, RunStatus.RUNNING))
    return bool(
        open_rows.update(
            status=RunStatus.CANCELLED,
            finished_at=Now(),
            lease_expires_at=None,
            claim_token=None,
        )
    )


@transaction.atomic
def sweep(model: type[RowT], *, max_attempts: int = MAX_ATTEMPTS) -> list[int]:
    """Put rows whose lease ran out back in the queue; the rows to announce (again).

    A row that died ``max_attempts`` times fails with a reason instead. For a
    queued row ``lease_expires_at`` is the moment before which it is not announced
    again, so that a busy worker is not flooded with messages.
    """
    expired = list(
        _rows(model)
        .select_for_update(of=("self",), skip_locked=True)
        .filter(status=RunStatus.RUNNING, lease_expires_at__lt=Now())
        .order_by("pk")
        .values_list("pk", "attempts")
    )
    given_up = [pk for pk, attempts in expired if attempts >= max_attempts]
    _rows(model).filter(pk__in=given_up).update(
        status=RunStatus.FAILED,
        finished_at=Now(),
        lease_expires_at=None,
        claim_token=None,
        error=f"The worker died {max_attempts} times while this run was going on.",
    )
    back = [pk for pk, attempts in expired if attempts < max_attempts]
    for pk in back:
        _requeue(model, pk)
    requeued = Q(pk__in=back)
    forgotten = Q(lease_expires_at__lt=Now()) | Q(
        lease_expires_at__isnull=True, queued_at__lt=Now() - ANNOUNCE_AGAIN
    )
    waiting = list(
        _rows(model)
        .select_for_update(of=("self",), skip_locked=True)
        .filter(requeued | forgotten, status=RunStatus.QUEUED)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    _rows(model).filter(pk__in=waiting).update(lease_expires_at=Now() + ANNOUNCE_AGAIN)
    return waiting


def _requeue(model: type[RowT], pk: int) -> None:
    """Back in the queue, unless a newer row already waits for the same work."""
    try:
        with transaction.atomic():
            _rows(model).filter(pk=pk).update(
                status=RunStatus.QUEUED, claim_token=None, lease_expires_at=None
            )
    except IntegrityError:
        _rows(model).filter(pk=pk).update(
            status=RunStatus.CANCELLED,
            finished_at=Now(),
            claim_token=None,
            lease_expires_at=None,
            error="The worker died, and a newer run was already waiting.",
        )


class Keeper:
    """Keeps a lease from a thread with its own connection while the work goes on."""

    def __init__(
        self,
        model: type[RunRow],
        pk: int,
        token: uuid.UUID,
        *,
        lease: timedelta = LEASE,
        every: float = HEARTBEAT_SECONDS,
    ) -> None:
        self._model, self._pk, self._token = model, pk, token
        self._lease, self._every = lease, every
        self._lost = threading.Event()
        self._stop = threading.Event()
        self._noted = 0.0
        self._done: int | None = None
        self._total: int | None = None
        self._thread = threading.Thread(target=self._beat, name=f"lease-{pk}", daemon=True)

    def start(self) -> None:
        """Begin to beat."""
        self._thread.start()

    def stop(self) -> None:
        """Stop beating and wait for the thread to close its connection."""
        self._stop.set()
        self._thread.join(timeout=10)

    def progress(self, done: int, total: int) -> None:
        """Note progress, at most once a second. Raises RunLostError when the row is lost.

        Call it outside a transaction: others see it when it is written.
        """
        self._done, self._total = done, total
        self.check()
        if time.monotonic() - self._noted > 1 or done in {0, total}:
            self._noted = time.monotonic()
            heartbeat(self._model, self._pk, self._token, lease=self._lease, done=done, total=total)

    def note(self, done: int, total: int) -> None:
        """Progress for the next beat to write. Raises RunLostError when the row is lost.

        For work in one long transaction: others see it, and the row stays free for them.
        """
        self._done, self._total = done, total
        self.check()

    @property
    def is_lost(self) -> bool:
        """A beat found that the row is no longer ours."""
        return self._lost.is_set()

    def check(self) -> None:
        """Raise RunLostError when a beat found that the row is no longer ours."""
        if self.is_lost:
            raise RunLostError(f"{self._model._meta.label} {self._pk}")

    def _beat(self) -> None:
        try:
            while not self._stop.wait(self._every):
                try:
                    heartbeat(
                        self._model,
                        self._pk,
                        self._token,
                        lease=self._lease,
                        done=self._done,
                        total=self._total,
                    )
                except RunLostError:
                    self._lost.set()
                    return
                except DatabaseError:
                    # A restarted database must not end the beat; the lease allows three misses.
                    logger.warning("missed a heartbeat of run %s", self._pk, exc_info=True)
                    close_old_connections()
        finally:
            connection.close()


@contextmanager
def keeping(
    model: type[RunRow],
    pk: int,
    token: uuid.UUID,
    *,
    lease: timedelta = LEASE,
    every: float = HEARTBEAT_SECONDS,
) -> Iterator[Keeper]:
    """Keep the lease while the block runs."""
    keeper = Keeper(model, pk, token, lease=lease, every=every)
    keeper.start()
    try:
        yield keeper
    finally:
        keeper.stop()


def _rows(model: type[RowT]) -> Any:
    return model._default_manager.all()


def _held(model: type[RowT], pk: int, token: uuid.UUID) -> Any:
    return _rows(model).filter(pk=pk, status=RunStatus.RUNNING, claim_token=token)
