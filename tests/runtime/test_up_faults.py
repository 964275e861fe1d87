"""Everything that can be killed, is; and every disk that can be full, is."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from portal.runtime import parts, processes
from tests.runtime.conftest import StartUp
from tests.runtime.running import (
    BASE,
    RunningUp,
    clean_environment,
    free_port,
    let_others_in,
    wait_until,
)

pytestmark = pytest.mark.slow


def sql(up: RunningUp, statement: str) -> object:
    """One value from the embedded database."""
    with psycopg.connect((up.state / "database-url").read_text(), connect_timeout=5) as link:
        cursor = link.execute(statement)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def works_again(up: RunningUp, part: str, before: int) -> None:
    """The part runs under another number, the site is ready, and a task goes through."""
    wait_until(lambda: up.part(part) != before, why=up.output)
    wait_until(lambda: up.page("/readyz") == 200, why=up.output + up.logs())
    wait_until(lambda: up.page() == 200, why=up.output)
    assert processes.start_time(up.part(part))


def queue_a_run(up: RunningUp) -> int:
    """Ask for a full matching run from outside, as the command does."""
    answer = subprocess.run(
        [sys.executable, "manage.py", "match", "--queue"],
        cwd=BASE,
        env=clean_environment(up.state),
        capture_output=True,
        text=True,
        check=True,
    )
    return int(answer.stdout.strip().splitlines()[-1])


def finished(up: RunningUp, run: int) -> bool:
    status = sql(up, f"SELECT status FROM matching_matchrun WHERE id = {run}")
    return status == "finished"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningUp]:
    """One portal with demo data for all kills of its parts."""
    up = RunningUp(tmp_path_factory.mktemp("faults") / "state")
    up.wait_running()
    yield up
    up.kill_everything()


def test_the_first_run_went_through_the_worker(portal: RunningUp) -> None:
    assert "Matching run 1 finished" in portal.output
    assert "adviseur" in portal.output or "adviser" in portal.output


@pytest.mark.parametrize("part", [parts.POSTGRES, parts.WORKER, parts.BEAT, parts.WEB])
def test_a_killed_part_comes_back(portal: RunningUp, part: str) -> None:
    before = portal.part(part)
    os.kill(before, signal.SIGKILL)
    works_again(portal, part, before)
    run = queue_a_run(portal)
    wait_until(lambda: finished(portal, run), why=portal.output + portal.logs())


def test_a_killed_web_worker_comes_back(portal: RunningUp) -> None:
    (child,) = processes.children(portal.part(parts.WEB))
    os.kill(child, signal.SIGKILL)
    wait_until(lambda: processes.start_time(child) is None, seconds=5, why="lives on")
    wait_until(lambda: portal.page() == 200, why=portal.output)


def test_killed_idle_pool_children_do_not_stop_the_work(portal: RunningUp) -> None:
    """The pool may hang; the watchdog sees that a child is gone and restarts the worker."""
    before = portal.part(parts.WORKER)
    for child in processes.children(before):
        os.kill(child, signal.SIGKILL)
    run = queue_a_run(portal)
    wait_until(lambda: finished(portal, run), why=portal.output + portal.logs())
    assert portal.part(parts.WORKER) != before


def test_a_killed_working_pool_child_does_not_lose_the_run(portal: RunningUp) -> None:
    run = queue_a_run(portal)
    wait_until(
        lambda: sql(portal, f"SELECT status FROM matching_matchrun WHERE id={run}") != "queued",
        why=portal.logs(),
    )
    for child in processes.children(portal.part(parts.WORKER)):
        os.kill(child, signal.SIGKILL)
    wait_until(lambda: finished(portal, run), why=portal.output + portal.logs())


def test_a_worker_that_sleeps_is_woken(portal: RunningUp) -> None:
    """A stopped worker claims nothing: the watchdog replaces it."""
    before = portal.part(parts.WORKER)
    for pid in processes.group_members(before):
        os.kill(pid, signal.SIGSTOP)
    run = queue_a_run(portal)
    wait_until(lambda: finished(portal, run), why=portal.output + portal.logs())
    assert portal.part(parts.WORKER) != before


def test_kill_9_of_up_itself_then_the_next_start(portal: RunningUp) -> None:
    """Nothing lives on, and the next start keeps the data."""
    companies = sql(portal, "SELECT count(*) FROM profiles_company")
    portal.process.kill()
    portal.process.wait()
    wait_until(lambda: portal.all_processes() == [], seconds=20, why=str(portal.all_processes()))
    again = RunningUp(portal.state, port=portal.port)
    try:
        again.wait_running()
        assert again.page() == 200
        assert "Demo data" not in again.output
        assert sql(again, "SELECT count(*) FROM profiles_company") == companies
        assert again.stop(signal.SIGTERM) < 15
        assert again.all_processes() == []
    finally:
        again.kill_everything()


def test_kill_9_half_way_through_the_demo(start_up: StartUp) -> None:
    up = start_up()
    up.wait_for("… Demo data")
    up.process.kill()
    up.process.wait()
    wait_until(lambda: up.all_processes() == [], seconds=20, why="parts live on")
    again = start_up(state=up.state)
    again.wait_running()
    assert "finished" in again.output
    assert sql(again, "SELECT count(*) > 0 FROM matching_match") is True


def test_a_killed_preparation_is_tried_again(start_up: StartUp) -> None:
    up = start_up("--no-demo")
    up.wait_for("… Database tables")
    (preparing,) = [
        pid
        for pid in processes.children(up.process.pid)
        if b"prepare" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    os.kill(preparing, signal.SIGKILL)
    up.wait_running()
    assert "Trying again" in up.output


def test_fresh_starts_anew(start_up: StartUp) -> None:
    up = start_up("--no-demo")
    up.wait_running()
    sql(up, "CREATE TABLE left_over (a integer)")
    up.stop()
    again = start_up("--no-demo", "--fresh", "--yes", state=up.state)
    again.wait_running()
    assert sql(again, "SELECT to_regclass('left_over') IS NULL") is True


def test_a_port_taken_meanwhile_is_one_line(start_up: StartUp) -> None:
    up = start_up("--no-demo")
    up.wait_for("… PostgreSQL")
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", up.port))
        except OSError:
            pytest.skip("the web server was quicker")
        taken.listen()
        assert up.process.wait(240) == 1
        up.wait_for("CommandError")
    assert "Traceback" not in up.output


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 48 MB."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    let_others_in(tmp_path)
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48m,mode=755", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_disk_too_small_is_one_line(small_disk: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "manage.py", "up", "--no-demo", f"--port={free_port()}"],
        cwd=BASE,
        env=clean_environment(small_disk / "state"),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert answer.returncode == 1
    assert "The disk is full" in answer.stderr
    assert "Traceback" not in answer.stderr + answer.stdout


def test_a_read_only_disk_is_one_line(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    answer = subprocess.run(
        [sys.executable, "manage.py", "up", "--no-demo", f"--port={free_port()}"],
        cwd=BASE,
        env=clean_environment(small_disk / "state"),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert answer.returncode == 1
    assert answer.stderr.strip() == (
        "CommandError: The state folder cannot be used: the folder is read-only "
        f"({small_disk}/state)."
    )


@pytest.mark.skipif(not shutil.which("prlimit"), reason="no prlimit here")
@pytest.mark.parametrize("limit_mb", [1, 12])
def test_a_disk_that_fills_up_on_the_way_is_one_line(tmp_path: Path, limit_mb: int) -> None:
    """No file may grow beyond a limit: the database cannot be made."""
    let_others_in(tmp_path)
    answer = subprocess.run(
        [
            *("prlimit", f"--fsize={limit_mb * 1024 * 1024}"),
            *(sys.executable, "manage.py", "up", "--no-demo", f"--port={free_port()}"),
        ],
        cwd=BASE,
        env=clean_environment(tmp_path / "state"),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr + answer.stdout
    said = [line for line in answer.stderr.splitlines() if line.startswith("CommandError")]
    assert len(said) == 1
    assert "larger" in said[0] or "full" in said[0]


ORDINARY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


def python_for_everyone() -> tuple[str, dict[str, str]]:
    """A Python that an ordinary user can run with our packages; skips without one.

    The one that runs the tests may stand in root's closed home; then the system's, when it
    is the same version.
    """
    packages = {"PYTHONPATH": str(Path(psycopg.__file__).parents[1])}
    trial = (
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import django'], check=1)"
    )
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/{version}"):
        if not Path(python).exists():
            continue
        answer = subprocess.run(
            [*ORDINARY, python, "-c", trial],
            env=clean_environment(Path("/tmp"), **packages),
            check=False,
            capture_output=True,
        )
        if answer.returncode == 0:
            return python, packages
    pytest.skip("an ordinary user cannot run this Python")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become someone else")
def test_an_ordinary_user_can_run_it(tmp_path: Path) -> None:
    """The same story as someone without rights."""
    let_others_in(tmp_path)
    python, packages = python_for_everyone()
    state = tmp_path / "state"
    state.mkdir()
    os.chown(state, 65534, 65534)
    out = tmp_path / "out"
    with out.open("w") as output:
        process = subprocess.Popen(
            [*ORDINARY, python, "manage.py", "up", "--no-demo", f"--port={free_port()}"],
            cwd=BASE,
            env=clean_environment(state, HOME=str(state), **packages),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(
            lambda: "The portal runs" in out.read_text() or process.poll() is not None,
            why="does not run",
        )
        assert process.poll() is None, out.read_text()
        assert {path.stat().st_uid for path in state.rglob("*")} == {65534}
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        if process.poll() is None:
            process.kill()
