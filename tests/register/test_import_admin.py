"""Importing from the admin: choose, watch, stop, run again; never outside the folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from companies.register import services
from companies.register.labels import COUNT_LABELS
from companies.register.models import RegisterImport
from companies.register.tasks import run_import
from portal.accounts.roles import Role
from portal.common.run_rows import RunStatus
from tests.factories import staff
from tests.register.extracts import Extract
from tests.register.importing.test_folder import put

pytestmark = pytest.mark.django_db
START = reverse("admin:register_registerimport_start")


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.KBO_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(staff(Role.ADMINISTRATOR, language="en"))
    return client


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The imports that were handed to a worker."""
    handed: list[int] = []
    monkeypatch.setattr(run_import, "delay_on_commit", handed.append)
    return handed


def page_of(row: RegisterImport) -> str:
    return reverse("admin:register_registerimport_change", args=[row.pk])


def text_of(client: Client, url: str, **headers: Any) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_page_tells_the_current_extract_and_what_lies_in_the_folder(
    administrator: Client, folder: Path
) -> None:
    RegisterImport.objects.create(
        source_name="x",
        status=RunStatus.FINISHED,
        finished_at=timezone.now(),
        extract_type="full",
        extract_number=150,
        snapshot_on="2026-11-01",
    )
    put(folder, "update.zip", number=151, kind="update")
    put(folder, "later.zip", number=153, kind="update")
    put(folder, "old.zip", number=149)
    (folder / "broken.zip").write_bytes(b"PK")
    text = text_of(administrator, START)
    assert "The register is at extract 150, as of 1 November 2026." in text
    for name, said in (
        ("update.zip", "comes next"),
        ("later.zip", "the extract before it is missing"),
        ("old.zip", "older than the register"),
        ("broken.zip", "cannot be read"),
    ):
        assert name in text
        assert said in text
    assert 'value="update.zip" checked' in text
    assert 'value="broken.zip"' not in text


def test_without_folder_or_with_an_empty_or_missing_one_the_page_says_what_to_do(
    administrator: Client, settings: Any, tmp_path: Path
) -> None:
    settings.KBO_FOLDER = None
    assert "PORTAL_KBO_FOLDER" in text_of(administrator, START)
    settings.KBO_FOLDER = tmp_path
    assert "There is no ZIP file in" in text_of(administrator, START)
    settings.KBO_FOLDER = tmp_path / "gone"
    assert "The folder cannot be read" in text_of(administrator, START)


def test_from_choosing_an_extract_to_the_new_register(
    administrator: Client, folder: Path, announced: list[int]
) -> None:
    extract = Extract()
    extract.add("address", '"no number","BAET"')
    extract.zip(folder / "first.zip")
    response = administrator.post(START, {"name": "first.zip", "mode": "import"})
    row = RegisterImport.objects.get()
    assert response["Location"] == page_of(row)
    assert announced == [row.pk]
    waiting = text_of(administrator, page_of(row))
    assert "Waiting for a worker." in waiting
    assert "Cancel the import" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    services.run_import(pk=row.pk)
    text = text_of(administrator, page_of(row))
    assert "The new register is there as a whole." in text
    assert "hx-trigger" not in text
    assert "<dt>Establishments, new</dt> <dd> 1 </dd>" in text
    assert "<td>address.csv</td> <td>2</td>" in text or "<td>address.csv</td> <td>3</td>" in text
    assert "2 values where 13 are needed" in text
    assert "Cancel the import" not in text
    listed = administrator.get(reverse("admin:register_registerimport_changelist"))
    assert START in listed.content.decode()


def test_a_dry_run_is_asked_shown_and_done_for_real_from_its_page(
    administrator: Client, folder: Path, announced: list[int]
) -> None:
    put(folder, "first.zip")
    administrator.post(START, {"name": "first.zip", "mode": "dry"})
    row = RegisterImport.objects.get()
    assert row.is_dry_run
    services.run_import(pk=row.pk)
    text = text_of(administrator, page_of(row))
    assert "This was a trial run: the register is as it was." in text
    assert "Import this extract now" in text
    administrator.post(START, {"name": "first.zip", "mode": "import"})
    assert RegisterImport.objects.filter(is_dry_run=False).count() == 1


def test_progress_is_a_part_of_the_page_that_asks_again_and_at_the_end_loads_the_page(
    administrator: Client, folder: Path
) -> None:
    row = RegisterImport.objects.create(
        source_name=str(folder / "first.zip"),
        status=RunStatus.RUNNING,
        progress_done=250_000,
        progress_total=1_000_000,
    )
    part = text_of(administrator, page_of(row), HX_Request="true")
    assert "<h1" not in part
    assert 'max="1000000" value="250000"' in part
    assert "25 %" in part
    RegisterImport.objects.filter(pk=row.pk).update(progress_done=1_000_000)
    assert "Everything is read" in text_of(administrator, page_of(row), HX_Request="true")
    assert services.cancel_import(pk=row.pk)
    response = administrator.get(page_of(row), headers={"HX-Request": "true"})
    assert response["HX-Refresh"] == "true"
    assert "hx-get" not in response.content.decode()


def test_an_import_is_cancelled_once(administrator: Client) -> None:
    row = RegisterImport.objects.create(source_name="/elsewhere/x.zip")
    url = reverse("admin:register_registerimport_cancel", args=[row.pk])
    assert administrator.get(url).status_code == 405
    page = administrator.post(url, follow=True)
    assert "The import is cancelled." in page.content.decode()
    page = administrator.post(url, follow=True)
    assert "had ended already" in page.content.decode()
    gone = reverse("admin:register_registerimport_cancel", args=[row.pk + 1])
    assert administrator.post(gone).status_code == 404


def test_a_failed_import_shows_its_error_and_is_run_again(
    administrator: Client, folder: Path, announced: list[int]
) -> None:
    put(folder, "later.zip", number=153, kind="update")
    administrator.post(START, {"name": "later.zip", "mode": "import"})
    row = RegisterImport.objects.get()
    services.run_import(pk=row.pk)
    row.refresh_from_db()
    assert row.status == RunStatus.FAILED
    text = text_of(administrator, page_of(row))
    assert row.error in text
    assert "The register is as it was." in text
    assert "Run again" in text
    assert 'name="name" value="later.zip"' in text


def test_what_an_update_could_not_complete_is_listed_with_the_reason(
    administrator: Client,
) -> None:
    row = RegisterImport.objects.create(
        source_name="u.zip",
        status=RunStatus.FINISHED,
        extract_type="update",
        extract_number=151,
        counts={"incomplete": 1, "touched": 7},
        incomplete=[{"number": "0200065765", "reason": "rows"}],
    )
    text = text_of(administrator, page_of(row))
    assert "0200.065.765" in text
    assert "the update has not all of its data" in text
    assert reverse("register:differences", args=[row.pk]) in text


def test_every_count_of_an_import_has_words(folder: Path) -> None:
    put(folder, "first.zip")
    row = services.request_import(source=str(folder / "first.zip"))
    assert services.run_import(pk=row.pk)
    row.refresh_from_db()
    assert row.counts.keys() <= COUNT_LABELS.keys()


def test_an_import_from_elsewhere_is_shown_but_not_run_again(
    administrator: Client, folder: Path
) -> None:
    row = RegisterImport.objects.create(source_name="/etc/kbo.zip", status=RunStatus.FAILED)
    assert "Run again" not in text_of(administrator, page_of(row))


def test_two_at_once_are_refused_with_the_way_to_the_other(
    administrator: Client, folder: Path, announced: list[int]
) -> None:
    put(folder, "first.zip")
    other = RegisterImport.objects.create(source_name="/elsewhere/x.zip")
    assert "waits or goes on already" in text_of(administrator, START)
    page = administrator.post(START, {"name": "first.zip", "mode": "import"}, follow=True)
    assert page.redirect_chain[-1][0] == page_of(other)
    assert "Nothing was started" in page.content.decode()
    assert announced == []
    assert RegisterImport.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["../secret.zip", "/etc/passwd", "secret.zip", "", "first.zip/../../secret.zip"]
)
def test_no_path_outside_the_folder_is_ever_taken(
    administrator: Client, tmp_path: Path, settings: Any, announced: list[int], name: str
) -> None:
    settings.KBO_FOLDER = tmp_path / "inside"
    settings.KBO_FOLDER.mkdir()
    put(tmp_path, "secret.zip")
    put(settings.KBO_FOLDER, "first.zip")
    response = administrator.post(START, {"name": name, "mode": "import"})
    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    assert not RegisterImport.objects.exists()
    assert announced == []


def test_nonsense_in_the_form_is_answered(administrator: Client, folder: Path) -> None:
    put(folder, "first.zip")
    for data in ({}, {"name": "first.zip"}, {"name": "first.zip", "mode": "x"}):
        assert administrator.post(START, data).status_code == 422
    assert not RegisterImport.objects.exists()
    missing = reverse("admin:register_registerimport_change", args=[0])
    assert administrator.get(missing).status_code == 302


@pytest.mark.parametrize("role", [Role.ADVISER, Role.ANALYST, Role.COORDINATOR])
def test_other_staff_neither_sees_nor_starts_imports(
    client: Client, folder: Path, role: Role
) -> None:
    put(folder, "first.zip")
    row = RegisterImport.objects.create(source_name="x.zip")
    client.force_login(staff(role))
    for url in (START, page_of(row)):
        assert client.get(url)["Location"].startswith("/admin/login/")
    cancel = reverse("admin:register_registerimport_cancel", args=[row.pk])
    for url in (START, cancel):
        response = client.post(url, {"name": "first.zip", "mode": "import"})
        assert response["Location"].startswith("/admin/login/")
    row.refresh_from_db()
    assert row.status == RunStatus.QUEUED
    assert RegisterImport.objects.count() == 1


def test_queries_do_not_grow_with_the_folder(
    administrator: Client, folder: Path, django_assert_num_queries: Any
) -> None:
    for number in range(1, 8):
        path = put(folder, f"{number}.zip", number=number)
        RegisterImport.objects.create(source_name=str(path), status=RunStatus.FAILED)
    administrator.get(START)
    with django_assert_num_queries(6):
        administrator.get(START)
