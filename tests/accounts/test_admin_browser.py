"""Every page of the Django admin in a real browser, pages of libraries included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
)
from django_celery_results.models import TaskResult
from playwright.sync_api import Browser

from portal.accounts import services
from portal.accounts.roles import Role
from portal.common.vocabulary import Province
from tests.access.world import build_world
from tests.browser.harness import (
    axe_violations,
    describe,
    launched,
    log_in,
    open_context,
    sideways_scroll,
    watch,
)
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SLOW = [
    pytest.param(language, width, marks=pytest.mark.slow)
    for language, width in (("nl", 320), ("en", 1280), ("en", 320))
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


def furnish(language: str) -> str:
    """Rows for as many change pages as we can; answers the administrator's address."""
    with transaction.atomic():
        build_world()
    chief = services.create_staff_user(
        email="chef@overheid.test",
        password=PASSWORD,
        roles=[Role.ADMINISTRATOR, Role.ADVISER],
        provinces=[Province.LIMBURG],
        language=language,
        is_demo=True,
    )
    PeriodicTask.objects.create(
        name="daily", task="x", crontab=CrontabSchedule.objects.create(minute="5")
    )
    IntervalSchedule.objects.create(every=5, period="seconds")
    ClockedSchedule.objects.create(clocked_time=timezone.now())
    TaskResult.objects.create(task_id="a", task_name="x", status="FAILURE", traceback="Oei")
    return chief.email


def addresses() -> Iterator[str]:
    """Index, lists (full and empty), forms, history and delete pages of every model."""
    yield reverse("admin:index")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse("admin:app_list", args=[model._meta.app_label])
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_changelist") + "?q=nothing-like-this"
        yield reverse(f"{name}_add")
        row = model._default_manager.first()
        if row is not None:
            for page in ("change", "history", "delete"):
                yield reverse(f"{name}_{page}", args=[row.pk])


@pytest.mark.parametrize(("language", "width"), [("nl", 1280), *SLOW])
def test_every_admin_page(live_server: Any, browser: Browser, language: str, width: int) -> None:
    email = furnish(language)
    context = open_context(browser, language=language, width=width)
    faults = watch(context)
    page = context.new_page()
    log_in(page, live_server.url, email, PASSWORD)
    found = []
    for address in dict.fromkeys(addresses()):
        response = page.goto(live_server.url + address)
        assert response is not None
        assert response.status in {200, 403}, address  # 403: nobody may add or delete
        found += axe_violations(page)
        wider = sideways_scroll(page)
        if wider:
            found.append(f"{address}: {wider} pixels too wide at {width}")
    context.close()
    assert not found, "\n".join(found)
    assert not describe(faults)


def test_schedule_in_words(live_server: Any, browser: Browser) -> None:
    """The library's inline script, now in a file, still says what a crontab means."""
    email = furnish("en")
    context = open_context(browser, language="en")
    faults = watch(context)
    page = context.new_page()
    log_in(page, live_server.url, email, PASSWORD)
    task = PeriodicTask.objects.get(name="daily")
    page.goto(
        live_server.url + reverse("admin:django_celery_beat_periodictask_change", args=[task.pk])
    )
    assert "At 5 minutes past the hour" in page.inner_text(".field-crontab")
    context.close()
    assert not describe(faults)
