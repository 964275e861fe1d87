"""Looks before the start, and the one line that each of them gives."""

from __future__ import annotations

import errno
import shutil
import socket
from collections import namedtuple
from pathlib import Path

import pytest

from portal.runtime import checks, failures
from portal.runtime.checks import FolderLock
from portal.runtime.failures import StartError
from portal.runtime.state import State
from tests.runtime.running import free_port

Usage = namedtuple("Usage", "total used free")


def test_one_up_a_folder(tmp_path: Path) -> None:
    with FolderLock(tmp_path / "up.lock") as lock:
        lock.note("process 7, http://localhost:8000")
        with (
            pytest.raises(StartError, match=r"already runs from this folder .process 7"),
            FolderLock(tmp_path / "up.lock"),
        ):
            pass
    with FolderLock(tmp_path / "up.lock"):
        pass


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = Usage(10**9, 10**9, 100 * checks.MEBIBYTE)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    checks.free_space(tmp_path, first_time=False)
    with pytest.raises(StartError, match="has 100 MB free, the portal needs 400 MB"):
        checks.free_space(tmp_path, first_time=True)


def test_a_port_that_someone_has_on_the_other_localhost() -> None:
    try:
        taken = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("no IPv6 here")
    with taken, pytest.raises(StartError, match="in use"):
        checks.free_port("127.0.0.1", taken.getsockname()[1])


def test_a_free_port_and_impossible_ones() -> None:
    checks.free_port("127.0.0.1", free_port())
    with pytest.raises(StartError, match="Cannot listen"):
        checks.free_port("127.0.0.1", 99999)
    with pytest.raises(StartError, match="Cannot listen"):
        checks.free_port("203.0.113.7", free_port())


def test_hosts() -> None:
    assert checks.listening_address("localhost") == "127.0.0.1"
    assert checks.listening_address("0.0.0.0") == "0.0.0.0"
    with pytest.raises(StartError, match="is not known"):
        checks.listening_address("no-such-host.invalid")


def test_names_of_databases_hold_no_password() -> None:
    name = checks.database_name("postgresql://me:hush@db.example:5433/portal")
    assert name == "portal on db.example:5433"


@pytest.mark.parametrize("url", ["redis://:hush@127.0.0.1:9/0", "amqp://u:hush@127.0.0.1:9//"])
def test_a_dead_broker_is_one_line_without_its_password(url: str) -> None:
    with pytest.raises(StartError, match="does not answer") as caught:
        checks.broker(url)
    assert "hush" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the folder is read-only"),
        (errno.EACCES, "this account may not write there"),
    ],
)
def test_reasons_of_the_operating_system(number: int, words: str) -> None:
    error = failures.of_os_error(OSError(number, "x", "/some/where"), "The folder cannot be used")
    assert str(error) == f"The folder cannot be used: {words} (/some/where)."


def test_reasons_in_what_programs_print() -> None:
    text = "creating...\ninitdb: error: could not write: No space left on device\nremoving"
    assert failures.in_text(text) == "the disk is full"
    assert failures.in_text("all is well") is None
    assert failures.last_complaint("a\nFATAL: b\nc") == "FATAL: b"
    assert failures.last_complaint("") == "no message"


def test_the_secret_key_is_made_once_and_private(tmp_path: Path) -> None:
    state = State(tmp_path / "var")
    assert state.secret_key() is None
    key = state.create_secret_key()
    assert len(key) >= 50
    assert state.create_secret_key() == key == state.secret_key()
    assert state.secret_key_file.stat().st_mode & 0o077 == 0
