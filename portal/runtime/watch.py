"""Watching run rows: progress for the person at the keyboard, and stuck workers.

A killed pool child can leave the whole pool waiting for a lock that nobody gives back
(seen with this broker). Two signs are looked at: a child of the worker is gone, and a
queued row that nobody claims while no other row is being worked on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from portal.common.run_rows import RunRow, RunStatus
from portal.runtime import processes

UNCLAIMED_SECONDS = 45.0  # longer than portal.common.runs.ANNOUNCE_AGAIN, shorter than patience


def run_models() -> list[type[RunRow]]:
    """Every kind of run row."""
    return [model for model in apps.get_models() if issubclass(model, RunRow)]


@dataclass(frozen=True)
class Work:
    """What the queue looks like: rows nobody claimed, and whether any is worked on."""

    waiting: frozenset[tuple[str, int]]
    busy: bool


def look() -> Work:
    """The queue now. Raises DatabaseError."""
    waiting: set[tuple[str, int]] = set()
    busy = False
    for model in run_models():
        rows = model._default_manager
        waiting |= {
            (model._meta.label, pk)
            for pk in rows.filter(status=RunStatus.QUEUED).values_list("pk", flat=True)[:50]
        }
        live = Q(status=RunStatus.RUNNING, lease_expires_at__gt=Now())
        busy = busy or rows.filter(live).exists()
    return Work(frozenset(waiting), busy)


@dataclass
class Watchdog:
    """Tells when the worker should be started again; remembers since when rows wait."""

    patience: float = UNCLAIMED_SECONDS
    _since: dict[tuple[str, int], float] = field(default_factory=dict)
    _children: set[int] = field(default_factory=set)
    _worker: int | None = None
    _lost_child: bool = False

    def verdict(self, work: Work, worker: int | None, *, now: float) -> str | None:
        """Why the worker must be started again, or None. ``now`` is a monotonic clock."""
        self._since = {row: self._since.get(row, now) for row in work.waiting}
        self._note_children(worker)
        if worker is None or work.busy:
            return None
        if self._lost_child:
            self.reset()
            return "lost a pool process"
        if any(now - since > self.patience for since in self._since.values()):
            self.reset()
            return f"did not take up a queued run in {self.patience:.0f} s"
        return None

    def _note_children(self, worker: int | None) -> None:
        children = set(processes.children(worker)) if worker else set()
        if worker == self._worker and self._children - children:
            self._lost_child = True
        self._worker, self._children = worker, children

    def reset(self) -> None:
        """Begin again after a restart."""
        self._since.clear()
        self._children = set()
        self._worker = None
        self._lost_child = False


@dataclass(frozen=True)
class RunView:
    """A matching run as ``up`` shows it."""

    pk: int
    status: str
    done: int
    total: int
    summary: str
    error: str

    @property
    def is_final(self) -> bool:
        """Nothing will happen to it any more."""
        return self.status not in {RunStatus.QUEUED, RunStatus.RUNNING}


def matching_run(pk: int) -> RunView | None:
    """The run now; None when it is gone. Raises DatabaseError."""
    model: Any = apps.get_model("matching", "MatchRun")
    run = model._default_manager.filter(pk=pk).first()
    if run is None:
        return None
    seconds = (
        (run.finished_at - run.started_at).total_seconds()
        if run.finished_at and run.started_at
        else 0.0
    )
    summary = (
        f"{run.companies_count} companies, {run.partners_count} partners, "
        f"{run.matches_count} matches in {seconds:.1f} s"
    )
    return RunView(
        pk=run.pk,
        status=run.status,
        done=run.progress_done,
        total=run.progress_total,
        summary=summary,
        error=run.error,
    )


def quick_connection() -> None:
    """Let no look hold the supervisor up: give up on a slow database after seconds."""
    options = connection.settings_dict.setdefault("OPTIONS", {})
    options.setdefault("connect_timeout", 2)
    options.setdefault("options", "-c statement_timeout=3000")
