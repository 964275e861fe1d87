"""An import is chosen, watched and ended in a real browser, without loading the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from companies.register import services
from companies.register.models import RegisterImport
from companies.register.tasks import run_import
from portal.accounts import services as accounts
from portal.accounts.roles import Role
from portal.common.run_rows import RunStatus
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
from tests.register.extracts import Extract
from tests.register.importing.test_folder import put

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture
def folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A full extract with a row that cannot be read, an update, and a broken file."""
    monkeypatch.setattr(run_import, "delay_on_commit", lambda pk: None)  # the test is the worker
    settings.KBO_FOLDER = tmp_path
    Extract().add("address", '"no number","BAET"').zip(tmp_path / "KboOpenData_0150_Full.zip")
    put(tmp_path, "KboOpenData_0151_Update.zip", number=151, kind="update")
    (tmp_path / "broken.zip").write_bytes(b"PK")
    return tmp_path


def faults_of(page: Page) -> list[str]:
    found = axe_violations(page)
    wider = sideways_scroll(page)
    return [*found, f"{page.url}: {wider} pixels too wide"] if wider else found


@pytest.mark.parametrize(
    ("language", "width"), [("nl", 320), pytest.param("en", 1280, marks=pytest.mark.slow)]
)
def test_from_the_folder_to_the_new_register(
    live_server: Any, browser: Browser, folder: Path, language: str, width: int
) -> None:
    services.load_reference()
    chief = accounts.create_staff_user(
        email="chef@overheid.test",
        password=PASSWORD,
        roles=[Role.ADMINISTRATOR],
        language=language,
        is_demo=True,
    )
    context = open_context(browser, language=language, width=width)
    faults = watch(context)
    page = context.new_page()
    log_in(page, live_server.url, chief.email, PASSWORD)
    page.goto(live_server.url + reverse("admin:register_registerimport_changelist"))
    page.click("#content .object-tools a")
    found = faults_of(page)
    assert page.is_checked("input[value='KboOpenData_0150_Full.zip']")
    page.click("button[value=import]")
    page.wait_for_selector("#import-state")
    found += faults_of(page)
    rows = RegisterImport.objects.all()
    rows.update(status=RunStatus.RUNNING, progress_done=400_000, progress_total=1_000_000)
    expect(page.locator("#import-state")).to_contain_text("40 %", timeout=10_000)
    found += faults_of(page)
    rows.update(status=RunStatus.QUEUED)
    assert services.run_import(pk=rows.get().pk)
    # The whole page loads once it is over: counts and refused rows are there.
    expect(page.locator("#rejects-heading")).to_be_visible(timeout=10_000)
    assert page.locator("#import-state progress").count() == 0
    found += faults_of(page)
    context.close()
    assert not found, "\n".join(found)
    assert not describe(faults)
