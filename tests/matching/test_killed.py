"""A worker that is killed in mid-run loses nothing and doubles nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from assessments.matching import services
from assessments.matching.models import Match, MatchRun
from portal.common.run_rows import RunStatus
from tests.matching.factories import chocolate_maker, full_run, matched_company

ROOT = Path(__file__).resolve().parents[2]
# A worker that has written its rows and sleeps before its transaction ends.
WORKER = """
import sys, time
import django
django.setup()
from assessments.matching.services import runs
from portal.common import runs as rows
def sleep(*args, **kwargs):
    print("written", flush=True)
    time.sleep(600)
rows.finish = sleep
runs.execute(run_id=int(sys.argv[1]))
"""


def environment() -> dict[str, str]:
    """The test database, for another process."""
    settings = connection.settings_dict
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": "postgresql://{USER}:{PASSWORD}@/{NAME}?host={HOST}&port={PORT}".format(
            **{key: settings.get(key) or "" for key in ("USER", "PASSWORD", "NAME", "HOST")},
            PORT=settings.get("PORT") or 5432,
        ),
    }


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_no_half_results_and_the_rerun_gives_the_same_rows() -> None:
    call_command("load_reference", verbosity=0)
    with transaction.atomic():  # a company and its owner come together
        matched_company()
    for km in (1, 5, 9):
        chocolate_maker(km_east=km)
    full_run()
    columns = ("pk", "rank", "score", "components", "proposed", "is_stale", "found_at")
    before = list(Match.objects.order_by("pk").values_list(*columns))
    run = services.queue_full_run()

    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(run.pk)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == "written"
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=10)

    run.refresh_from_db()
    assert run.status == RunStatus.RUNNING  # nobody has noticed yet
    assert list(Match.objects.order_by("pk").values_list(*columns)) == before
    assert services.sweep_runs() == []  # its lease is still good
    MatchRun.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))
    assert services.sweep_runs() == [run.pk]
    # The killed process held the writers' lock; the server frees it when it notices.
    deadline = time.monotonic() + 30
    while not services.execute(run_id=run.pk) and time.monotonic() < deadline:
        time.sleep(0.5)
    run.refresh_from_db()
    assert (run.status, run.attempts) == (RunStatus.FINISHED, 2)
    assert list(Match.objects.order_by("pk").values_list(*columns)) == before
