"""An import in a process of its own, killed while it works: the old register stays."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from companies.register import services
from companies.register.demo.extract import ExtractPlan, write_extract
from companies.register.importing import reading
from companies.register.models import Enterprise, Establishment, RegisterImport
from portal.common import runs
from portal.common.run_rows import RunStatus
from tests.benchmarks.register_extract import Plan, write_full, write_update
from tests.register.extracts import Extract

ROOT = Path(__file__).resolve().parents[3]


def start_import(path: Path) -> subprocess.Popen[bytes]:
    """``manage.py import_kbo`` on the database of the tests."""
    name = connection.settings_dict["NAME"]
    url = re.sub(r"/[^/?]*(?=\?|$)", f"/{name}", os.environ["DATABASE_URL"], count=1)
    return subprocess.Popen(
        [sys.executable, "manage.py", "import_kbo", str(path)],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_until_it_merges(deadline: float) -> None:
    """Until the other process copies or merges rows."""
    busy = "SELECT count(*) FROM pg_stat_activity WHERE query ~ '(COPY|INTO) (st_|register_)'"
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(f"{busy} AND pid <> pg_backend_pid() AND xact_start IS NOT NULL")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    pytest.fail("the import never got to work")


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_cancelled_while_it_works_stops_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.load_reference()
    row = services.request_import(source=str(Extract().folder(tmp_path / "new")))
    seen: list[int] = []

    def cancel() -> None:
        try:
            deadline = time.monotonic() + 10
            while not seen and time.monotonic() < deadline:
                seen.extend(RegisterImport.objects.exclude(progress_done=0).values_list("pk"))
            services.cancel_import(pk=row.pk)
        finally:
            connection.close()

    def works_on(reader: reading.FullReader) -> None:
        other = threading.Thread(target=cancel)
        other.start()
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            reader._told(7 << 10, 9 << 10)
            time.sleep(0.02)
        pytest.fail("nobody told the import that it was cancelled")

    monkeypatch.setattr(services.runs, "keeping", partial(runs.keeping, every=0.05))
    monkeypatch.setattr(reading.FullReader, "_contacts", works_on)
    assert services.run_import(pk=row.pk)
    row.refresh_from_db()
    assert seen
    assert (row.status, row.progress_done) == (RunStatus.CANCELLED, 7)
    assert not Establishment.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_import_leaves_the_old_register_and_can_be_done_again(tmp_path: Path) -> None:
    services.load_reference()
    old = services.request_import(source=str(Extract().folder(tmp_path / "old")))
    assert services.run_import(pk=old.pk)
    before = list(Establishment.objects.order_by("pk").values())
    assert len(before) == 1

    path = write_extract(ExtractPlan(establishments=8_000), tmp_path / "new")
    process = start_import(path)
    wait_until_it_merges(time.monotonic() + 60)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert list(Establishment.objects.order_by("pk").values()) == before

    killed = RegisterImport.objects.get(source_name=str(path))
    assert killed.status == RunStatus.RUNNING
    RegisterImport.objects.filter(pk=killed.pk).update(
        lease_expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert runs.sweep(RegisterImport) == [killed.pk]
    assert services.run_import(pk=killed.pk)
    killed.refresh_from_db()
    assert (killed.status, killed.attempts) == (RunStatus.FINISHED, 2)
    assert Establishment.objects.filter(is_active=True).count() > 2_000


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_update_leaves_the_old_register_and_can_be_done_again(tmp_path: Path) -> None:
    services.load_reference()
    plan = Plan(scale=0.002)
    write_full(plan, tmp_path / "full.zip")
    write_update(plan, tmp_path / "update.zip", touched=2_000)
    old = services.request_import(source=str(tmp_path / "full.zip"))
    assert services.run_import(pk=old.pk)
    before = [list(table.objects.order_by("pk").values()) for table in (Enterprise, Establishment)]
    assert len(before[1]) > 500

    process = start_import(tmp_path / "update.zip")
    wait_until_it_merges(time.monotonic() + 60)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    after = [list(table.objects.order_by("pk").values()) for table in (Enterprise, Establishment)]
    assert after == before
    killed = RegisterImport.objects.get(extract_type="")
    assert killed.status == RunStatus.RUNNING
    RegisterImport.objects.filter(pk=killed.pk).update(
        lease_expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert runs.sweep(RegisterImport) == [killed.pk]
    assert services.run_import(pk=killed.pk)
    killed.refresh_from_db()
    assert (killed.status, killed.extract_number) == (RunStatus.FINISHED, 151)
    assert killed.counts["establishments_changed"] > 50
