"""Tasks carry keys; a killed worker costs a lease and no report."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from assessments.dashboards import tasks
from assessments.dashboards.board_report import services
from assessments.dashboards.models import BoardReport, BoardReportContent
from portal.common.run_rows import RunStatus
from tests.dashboards.board_report.stored import stored_report
from tests.factories import CompanyFactory, UserFactory
from tests.matching.test_killed import ROOT, environment

# A worker that has written the file and sleeps before its transaction ends.
WORKER = """
import sys, time
import django
django.setup()
from django.utils import timezone
from portal.common import runs
from assessments.dashboards.board_report import services
def sleep(*args, **kwargs):
    print("written", flush=True)
    time.sleep(600)
runs.finish = sleep
services.make_report(report_id=int(sys.argv[1]), now=timezone.now())
"""


@pytest.fixture
def sent(monkeypatch: Any) -> list[int]:
    found: list[int] = []
    monkeypatch.setattr(tasks.make_report, "delay_on_commit", found.append)
    return found


@pytest.mark.django_db
def test_a_report_of_a_dead_worker_is_announced_and_made(sent: list[int]) -> None:
    report = BoardReport.objects.create(
        company=CompanyFactory(),
        language="nl",
        status=RunStatus.RUNNING,
        lease_expires_at=timezone.now() - timedelta(seconds=1),
    )
    tasks.sweep_reports()
    assert sent == [report.pk]
    tasks.make_report(report.pk)
    tasks.make_report(report.pk)  # a message that comes twice does nothing the second time
    report.refresh_from_db()
    assert (report.status, report.attempts) == (RunStatus.FINISHED, 1)
    assert BoardReportContent.objects.count() == 1


@pytest.mark.django_db
def test_the_night_lets_old_reports_go() -> None:
    report = stored_report(CompanyFactory())
    tasks.delete_old_reports()
    assert BoardReport.objects.exists()
    BoardReport.objects.filter(pk=report.pk).update(queued_at=timezone.now() - timedelta(days=31))
    tasks.delete_old_reports()
    assert not BoardReport.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_no_half_report_and_the_next_one_makes_it() -> None:
    call_command("load_reference", verbosity=0)
    with transaction.atomic():
        company = CompanyFactory()
    report = services.queue_report(
        company_id=company.pk, language="nl", by=UserFactory(), now=timezone.now()
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(report.pk)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == "written"
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=10)

    report.refresh_from_db()
    assert report.status == RunStatus.RUNNING  # nobody has noticed yet
    assert not BoardReportContent.objects.exists()
    assert services.sweep_reports() == []  # its lease is still good
    BoardReport.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))
    assert services.sweep_reports() == [report.pk]
    # The killed process had written the file; the server forgets it when it notices.
    assert services.make_report(report_id=report.pk, now=timezone.now())
    report.refresh_from_db()
    assert (report.status, report.attempts) == (RunStatus.FINISHED, 2)
    assert BoardReportContent.objects.get().report == report
