"""Processes of ours: bound to our life, known again, ended safely."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from portal.runtime import processes
from portal.runtime.processes import Account, Known, Record
from tests.runtime.running import BASE, wait_until

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def spawn(mark: str = "run-1", **more: object) -> subprocess.Popen[bytes]:
    environment = {"PATH": os.environ["PATH"], processes.MARK: mark}
    return processes.spawn(
        SLEEP,
        environment=environment,
        death_signal=signal.SIGKILL,
        output=None,
        **more,  # type: ignore[arg-type]
    )


def known(process: subprocess.Popen[bytes], mark: str = "run-1") -> Known:
    started = processes.start_time(process.pid)
    assert started
    return Known("Sleeper", process.pid, started, mark)


def test_a_child_leads_its_own_group_and_can_be_ended() -> None:
    child = spawn()
    assert os.getpgid(child.pid) == child.pid
    assert processes.survivors(known(child)) == [child.pid]
    processes.end(known(child), gently=signal.SIGTERM, patience=5)
    child.wait(5)
    assert processes.start_time(child.pid) is None


def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    script = textwrap.dedent(
        f"""
        import signal, sys, time
        from portal.runtime import processes
        child = processes.spawn(
            [sys.executable, "-c", "import time; time.sleep(60)"],
            environment={{}}, death_signal=signal.SIGKILL, output=None,
        )
        open({str(pid_file)!r}, "w").write(str(child.pid))
        time.sleep(60)
        """
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=BASE)
    wait_until(lambda: pid_file.exists() and pid_file.read_text(), seconds=30, why="no child")
    child = int(pid_file.read_text())
    assert processes.start_time(child)
    parent.kill()
    parent.wait()
    wait_until(lambda: processes.start_time(child) is None, seconds=5, why="the child lives on")


def test_a_stranger_with_the_recorded_number_is_left_alone() -> None:
    child = spawn()
    try:
        before = known(child)
        stranger = Known(before.name, before.pid, before.started - 1, "run-1")
        assert processes.survivors(stranger) == []
        processes.end(stranger, gently=None, patience=0)
        assert child.poll() is None
    finally:
        child.kill()
        child.wait()


def test_members_of_a_group_without_its_leader_are_known_by_their_mark() -> None:
    script = "import os, time; pid = os.fork(); time.sleep(60) if pid == 0 else time.sleep(1)"
    environment = {"PATH": os.environ["PATH"], processes.MARK: "run-7"}
    leader = processes.spawn(
        [sys.executable, "-c", script],
        environment=environment,
        death_signal=signal.SIGKILL,
        output=None,
    )
    record = known(leader, "run-7")
    leader.wait(20)
    orphans = processes.survivors(record)
    assert len(orphans) == 1
    assert processes.survivors(Known("Other", record.pid, record.started, "run-8")) == []
    processes.end(record, gently=None, patience=0)
    wait_until(lambda: not processes.survivors(record), seconds=5, why="the orphan lives on")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can run a child as someone else")
def test_root_can_run_a_child_as_someone_else() -> None:
    child = spawn(account=Account("nobody", 65534, 65534))
    try:
        wait_until(
            lambda: (Path("/proc") / str(child.pid)).stat().st_uid == 65534,
            seconds=10,
            why="still root",
        )
    finally:
        child.kill()
        child.wait()


def test_the_record_survives_being_cut_off(tmp_path: Path) -> None:
    record = Record(tmp_path / "processes.json")
    assert record.read() == []
    record.write([Known("PostgreSQL", 1, 2, "m")])
    assert record.read() == [Known("PostgreSQL", 1, 2, "m")]
    record.path.write_text(record.path.read_text()[:20])
    assert record.read() == []
