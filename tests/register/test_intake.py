"""From the folder into the register: on request and by night, one at a time."""

from __future__ import annotations

import shutil
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils import timezone

from companies.register import intake, services, tasks
from companies.register.importing.folder import FolderError, Standing
from companies.register.models import Establishment, RegisterImport
from companies.register.selectors import current_import
from portal import environment
from portal.accounts.roles import Role
from portal.common.run_rows import RunStatus
from tests.factories import staff
from tests.register.extracts import digits, place
from tests.register.importing.test_folder import put
from tests.register.importing.test_update import company, shop
from tests.register.updates import write_full, write_update

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.KBO_FOLDER = tmp_path
    return tmp_path


def at(number: int) -> RegisterImport:
    """The register is at this extract."""
    return RegisterImport.objects.create(
        source_name=f"{number}.zip",
        status=RunStatus.FINISHED,
        finished_at=timezone.now(),
        extract_type="full",
        extract_number=number,
    )


def ended(path: Path, status: RunStatus, *, ago: timedelta = timedelta(0)) -> RegisterImport:
    """An earlier attempt with this file."""
    row = RegisterImport.objects.create(source_name=str(path), status=status)
    RegisterImport.objects.filter(pk=row.pk).update(queued_at=timezone.now() - ago)
    return row


def night(later: timedelta = timedelta(0)) -> RegisterImport | None:
    return intake.start_next(now=timezone.now() + later)


def test_without_a_folder_there_is_nothing_to_do(settings: Any) -> None:
    settings.KBO_FOLDER = None
    assert intake.ready() == []
    assert night() is None
    with pytest.raises(FolderError):
        intake.start(name="x.zip", is_dry_run=False, by=staff(Role.ADMINISTRATOR))


def test_an_administrator_starts_an_extract_and_it_comes_in(folder: Path) -> None:
    path = put(folder, "first.zip")
    chief = staff(Role.ADMINISTRATOR)
    row = intake.start(name="first.zip", is_dry_run=False, by=chief)
    assert (row.source_name, row.requested_by, row.status) == (str(path), chief, "queued")
    assert services.run_import(pk=row.pk)
    assert Establishment.objects.count() == 1
    (one,) = intake.ready()
    assert (one.standing, one.last) == (Standing.CURRENT, row)
    assert one.last is not None
    assert one.last.status == RunStatus.FINISHED


def test_a_dry_run_from_the_folder_leaves_the_register_as_it_was(folder: Path) -> None:
    put(folder, "first.zip")
    row = intake.start(name="first.zip", is_dry_run=True, by=staff(Role.ADMINISTRATOR))
    assert services.run_import(pk=row.pk)
    row.refresh_from_db()
    assert (row.status, row.is_dry_run) == (RunStatus.FINISHED, True), row.error
    assert not Establishment.objects.exists()
    assert current_import() is None
    # The night is free to do it for real.
    assert night() is not None


@pytest.mark.parametrize("status", [RunStatus.QUEUED, RunStatus.RUNNING])
def test_a_second_import_is_refused_while_one_waits_or_goes_on(
    folder: Path, status: RunStatus
) -> None:
    put(folder, "first.zip")
    other = RegisterImport.objects.create(source_name="/elsewhere", status=status)
    with pytest.raises(intake.ImportUnderWayError) as refused:
        intake.start(name="first.zip", is_dry_run=False, by=staff(Role.ADMINISTRATOR))
    assert refused.value.row == other
    assert night() is None
    assert RegisterImport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_one_is_refused(folder: Path) -> None:
    put(folder, "first.zip")
    chief = staff(Role.ADMINISTRATOR)
    ready, outcomes = threading.Barrier(2), []

    def ask() -> None:
        ready.wait()
        try:
            outcomes.append(intake.start(name="first.zip", is_dry_run=False, by=chief).status)
        except intake.ImportUnderWayError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["queued", "refused"]
    assert RegisterImport.objects.count() == 1


def test_night_after_night_the_updates_follow_and_then_there_is_nothing_to_do(
    folder: Path,
) -> None:
    at(150)
    for number in (151, 152):
        put(folder, f"{number}.zip", number=number, kind="update")
    taken = []
    while (row := night()) is not None:
        assert night() is None  # it waits: not asked twice
        taken.append(Path(row.source_name).name)
        RegisterImport.objects.filter(pk=row.pk).update(
            status=RunStatus.FINISHED,
            extract_number=150 + len(taken),
            finished_at=timezone.now(),
        )
    assert taken == ["151.zip", "152.zip"]


def zipped(folder: Path, extract: Path) -> None:
    """An extract that was written as a folder, as a ZIP in the folder of extracts."""
    shutil.make_archive(str(folder / extract.name), "zip", extract)


def test_a_real_full_extract_and_the_updates_after_it_come_in_by_themselves(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    written = tmp_path_factory.mktemp("written")
    first = company(1) | shop(1, 1) | company(2) | shop(2, 2)
    second = company(1) | shop(1, 1)  # the second one is struck off
    third = second | company(3) | shop(3, 3)
    zipped(folder, write_full(first, written / "full"))
    zipped(folder, write_update(first, second, written / "update-151", 151))
    zipped(folder, write_update(second, third, written / "update-152", 152))
    numbers = []
    while (row := night()) is not None:
        assert services.run_import(pk=row.pk)
        row.refresh_from_db()
        assert row.status == RunStatus.FINISHED, row.error
        numbers.append(row.extract_number)
    assert numbers == [150, 151, 152]
    places = Establishment.objects.order_by("pk").values_list("pk", "is_active")
    assert list(places) == [
        (digits(place(1)), True),
        (digits(place(2)), False),
        (digits(place(3)), True),
    ]


def test_a_refused_file_is_tried_on_three_nights_and_then_left(folder: Path) -> None:
    put(folder, "bad.zip")
    rows = 0
    for hours in range(0, 24 * 10, 2):
        row = night(timedelta(hours=hours))
        if row is not None:
            rows += 1
            moment: datetime = timezone.now() + timedelta(hours=hours)
            RegisterImport.objects.filter(pk=row.pk).update(
                status=RunStatus.FAILED, queued_at=moment
            )
    assert rows == 3
    assert RegisterImport.objects.count() == 3


def test_a_refused_file_is_tried_again_once_it_was_replaced(folder: Path) -> None:
    path = put(folder, "bad.zip")
    for days in (3, 2, 1):
        ended(path, RunStatus.FAILED, ago=timedelta(days=days))
    # The attempts were before the file that lies there now.
    assert night() is not None


def test_a_full_extract_that_is_refused_does_not_hold_the_updates_up(folder: Path) -> None:
    at(150)
    bad = put(folder, "full.zip", number=155)
    put(folder, "151.zip", number=151, kind="update")
    ended(bad, RunStatus.FAILED)
    RegisterImport.objects.filter(source_name=str(bad)).update(
        queued_at=timezone.now() + timedelta(seconds=1)
    )
    row = night()
    assert row is not None
    assert row.source_name.endswith("151.zip")


def test_what_a_person_cancelled_is_left_to_persons(folder: Path) -> None:
    put(folder, "first.zip")
    row = night()
    assert row is not None
    assert services.cancel_import(pk=row.pk)
    assert night(timedelta(days=30)) is None
    again = intake.start(name="first.zip", is_dry_run=False, by=staff(Role.ADMINISTRATOR))
    assert again.status == RunStatus.QUEUED


def test_the_task_hands_the_next_extract_to_a_worker_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    announced: list[int] = []
    monkeypatch.setattr(tasks.run_import, "delay_on_commit", announced.append)
    put(folder, "first.zip")
    with caplog.at_level("INFO"):
        tasks.import_next()
        tasks.import_next()
    assert announced == [RegisterImport.objects.get().pk]
    assert [record.message for record in caplog.records if "first.zip" in record.message] == [
        f"Register import {announced[0]} starts: {folder / 'first.zip'}"
    ]


def test_a_folder_that_went_away_is_a_line_in_the_log(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.KBO_FOLDER = tmp_path / "gone"
    tasks.import_next()
    assert "cannot be read" in caplog.text
    assert not RegisterImport.objects.exists()


def test_only_a_source_in_the_folder_has_a_name_there(folder: Path, settings: Any) -> None:
    assert intake.name_in_folder(str(folder / "first.zip")) == "first.zip"
    assert intake.name_in_folder("/etc/passwd") == ""
    settings.KBO_FOLDER = None
    assert intake.name_in_folder(str(folder / "first.zip")) == ""


def test_the_setting_is_an_absolute_path_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for value, expected in (("", None), ("/srv/kbo", Path("/srv/kbo"))):
        monkeypatch.setenv("PORTAL_KBO_FOLDER", value)
        assert environment.folder("PORTAL_KBO_FOLDER") == expected
    monkeypatch.setenv("PORTAL_KBO_FOLDER", "kbo")
    with pytest.raises(ImproperlyConfigured, match="PORTAL_KBO_FOLDER must be an absolute path"):
        environment.folder("PORTAL_KBO_FOLDER")
