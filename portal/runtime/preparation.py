"""What the database needs before the portal can be used; runs in its own process.

``up`` starts ``manage.py prepare`` and reads its events, one JSON object a line:
``{"event": "begin" | "done" | "failed", "step": …, "seconds": …, "line": …}``.
"""

from __future__ import annotations

import gc
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from portal.common.run_rows import FINAL_STATUSES, RunRow, RunStatus
from portal.runtime.failures import chain, first_line, in_text
from portal.runtime.models import SetupStep

TABLES = "Database tables"
REFERENCE = "Reference data"
DEMO = "Demo data"
QUEUE = "First matching run asked for"
DEMO_STEP = "demo"


class Events:
    """Writes events to a pipe of ``up``, or nowhere."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def send(self, event: str, **facts: object) -> None:
        """One event."""
        if self._descriptor is not None:
            line = json.dumps({"event": event, **facts}) + "\n"
            os.write(self._descriptor, line.encode())

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Announce a step and, when it went well, its seconds."""
        self.send("begin", step=name)
        began = time.monotonic()
        yield
        self.send("done", step=name, seconds=time.monotonic() - began)


@dataclass(frozen=True)
class Wishes:
    """What this start should prepare."""

    demo: bool


def prepare(wishes: Wishes, events: Events, *, say: Callable[[str], object]) -> None:
    """Bring the database up to date; safe to repeat, and to break off at any point."""
    with events.step(TABLES):
        migrate()
    with events.step(REFERENCE):
        call_command("load_reference", verbosity=0)
    if wishes.demo:
        if not SetupStep.objects.filter(name=DEMO_STEP).exists():
            with events.step(DEMO):
                began = time.monotonic()
                call_command("load_demo")
                SetupStep.objects.get_or_create(
                    name=DEMO_STEP, defaults={"seconds": time.monotonic() - began}
                )
        run = full_run_to_watch()
        if run is None:
            with events.step(QUEUE):
                call_command("match", "--queue", verbosity=0, stdout=StringIO())
        call_command("demo_logins")
    else:
        say("Without demo data: make an administrator with `manage.py createsuperuser`.")


def migrate() -> None:
    """Apply what is not applied yet; a look that takes a fraction of a second when all is."""
    if unapplied():
        # Migrating builds and drops thousands of model classes; collecting them takes a
        # third of the time (10.4 s became 6.9 s) for some 100 MB in a process that ends soon.
        gc.disable()
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            gc.enable()
    for backend in settings.CACHES.values():
        if str(backend["BACKEND"]).endswith("DatabaseCache"):
            call_command("createcachetable", verbosity=0)
            break


def unapplied() -> list[str]:
    """Names of migrations that the database does not have. Raises DatabaseError."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _ in plan]


def full_run_to_watch() -> RunRow | None:
    """The finished or open full matching run, newest first; None when one must be asked for."""
    model: Any = apps.get_model("matching", "MatchRun")
    runs = model._default_manager.filter(company__isnull=True).order_by("-pk")
    finished: RunRow | None = runs.filter(status=RunStatus.FINISHED).first()
    still_open: RunRow | None = runs.exclude(status__in=FINAL_STATUSES).first()
    return finished or still_open


def explain(error: Exception) -> tuple[str, bool]:
    """One line for an error, and whether the connection was the reason (worth a retry)."""
    lost = False
    for cause in chain(error):
        if getattr(cause, "sqlstate", None) == "53100":
            return "The disk of the database is full.", False
        if getattr(cause, "sqlstate", None) == "42501":
            return f"The database account lacks a privilege: {first_line(cause)}.", False
        reason = in_text(str(cause)) if isinstance(cause, OSError) else None
        if reason:
            return f"A file cannot be written: {reason}.", False
        lost = lost or isinstance(cause, OperationalError)
    if lost:
        return f"The connection to the database was lost: {first_line(error)}", True
    return f"{type(error).__name__}: {first_line(error)}", False
