"""A process that is killed in mid-deletion leaves everything; the next run finishes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.utils import timezone

from assessments.dashboards.company_data import deletion
from assessments.dashboards.company_data.closing import close
from assessments.dashboards.models import CompanyDeletion
from companies.profiles.models import Activity, Company
from tests.dashboards.company import full_company, owner_of
from tests.matching.test_killed import ROOT, environment

# A worker that has deleted every row and sleeps before its transaction ends.
WORKER = """
import sys, time
import django
django.setup()
from django.utils import timezone
from assessments.dashboards.company_data import deletion
real = deletion._delete_history
def sleep(company_id):
    real(company_id)
    print("deleted", flush=True)
    time.sleep(600)
deletion._delete_history = sleep
deletion.sweep(now=timezone.now())
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_deletion_has_changed_nothing_and_the_next_one_finishes() -> None:
    call_command("load_reference", verbosity=0)
    with transaction.atomic():
        company = full_company()
    long_ago = timezone.now() - timedelta(days=31)
    close(company_id=company.pk, by=owner_of(company), reason="Fusie", now=long_ago)
    rows = Activity.objects.filter(company=company).count()

    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == "deleted"
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=10)

    assert Activity.objects.filter(company=company).count() == rows > 0
    assert not CompanyDeletion.objects.exists()
    # The killed process held the company's lock; the server frees it when it notices.
    deadline = time.monotonic() + 60
    done = 0
    while not done and time.monotonic() < deadline:
        try:
            done = deletion.sweep(now=timezone.now())
        except OperationalError:
            time.sleep(0.5)
    assert done == 1
    assert not Company.objects.filter(pk=company.pk).exists()
    assert CompanyDeletion.objects.get().enterprise_number == company.enterprise_number
