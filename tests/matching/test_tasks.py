"""Tasks carry keys, and the schedule names them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db.models import F
from django.utils import timezone

from assessments.matching import tasks
from assessments.matching.models import Match, MatchRun
from companies.profiles.models import Company
from portal.celery import app
from portal.common.run_rows import RunStatus
from tests.matching.factories import chocolate_maker, full_run, matched_company

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch: Any) -> list[int]:
    found: list[int] = []
    monkeypatch.setattr(tasks.run_matching, "delay_on_commit", found.append)
    return found


def test_the_night_queues_a_full_run(sent: list[int]) -> None:
    tasks.nightly_run()
    assert sent == [MatchRun.objects.get(company=None).pk]


def test_a_run_of_a_dead_worker_is_announced_and_done(sent: list[int]) -> None:
    matched_company()
    chocolate_maker()
    run = MatchRun.objects.create(
        status=RunStatus.RUNNING, lease_expires_at=timezone.now() - timedelta(seconds=1)
    )
    tasks.sweep_runs()
    assert sent == [run.pk]
    tasks.run_matching(run.pk)
    tasks.run_matching(run.pk)  # a message that comes twice does nothing the second time
    run.refresh_from_db()
    assert run.status == RunStatus.FINISHED
    assert Match.objects.filter(run=run).count() == run.matches_count > 0


def test_a_company_that_changed_is_matched(sent: list[int]) -> None:
    company = matched_company()
    full_run()
    Company.objects.filter(pk=company.pk).update(facts_version=F("facts_version") + 1)
    tasks.match_behind()
    assert sent == [MatchRun.objects.get(company=company).pk]


def test_the_schedule_names_tasks_that_exist() -> None:
    app.loader.import_default_modules()
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in app.tasks
