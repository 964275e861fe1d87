"""Parts are kept running, with growing pauses when they keep ending."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.runtime import processes, supervisor
from portal.runtime.processes import Record
from portal.runtime.supervisor import Part, Supervisor, child_environment, ended_how
from tests.runtime.running import wait_until

SLEEP = "import time; time.sleep(60)"
STUBBORN = (
    "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
)


class Stage:
    """A supervisor and what it said."""

    def __init__(self, folder: Path) -> None:
        self.said: list[str] = []
        self.record = Record(folder / "processes.json")
        self.supervisor = Supervisor(mark="run", record=self.record, tell=self.said.append)

    def launch(self, code: str) -> Callable[[], subprocess.Popen[bytes]]:
        """A launcher of a small Python."""
        environment = {"PATH": os.environ["PATH"], processes.MARK: "run"}
        return lambda: processes.spawn(
            [sys.executable, "-c", code],
            environment=environment,
            death_signal=signal.SIGKILL,
            output=None,
        )

    def part(self, code: str = SLEEP) -> Part:
        """A started part."""
        return self.supervisor.start(Part("Sleeper", self.launch(code)))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    made.supervisor.stop(list(made.supervisor.parts), patience=0)


def pid(part: Part) -> int:
    assert part.process
    return part.process.pid


def test_a_killed_part_is_started_again_at_once(stage: Stage) -> None:
    part = stage.part()
    before = pid(part)
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: not part.runs, seconds=5, why="lives on")
    stage.supervisor.tick()
    assert part.runs
    assert pid(part) != before
    assert stage.said == ["Sleeper ended by SIGKILL; starting it again"]
    assert [row.pid for row in stage.record.read()] == [pid(part)]


def test_a_part_that_keeps_ending_gets_longer_pauses(stage: Stage) -> None:
    part = stage.part("raise SystemExit(3)")
    for _ in range(3):
        wait_until(lambda: not part.runs, seconds=20, why="lives on")
        stage.supervisor.tick()
        if part.due:
            part.due = time.monotonic()
            stage.supervisor.tick()
    assert stage.said[0].endswith("ended with code 3; starting it again")
    assert stage.said[1].endswith("starting it again in 0.5 s")
    assert stage.said[2].endswith("starting it again in 1.0 s")


def test_a_part_that_cannot_be_launched_is_tried_later(stage: Stage) -> None:
    part = stage.part()

    def broken() -> subprocess.Popen[bytes]:
        raise OSError(28, "No space left on device")

    part.launch = broken
    os.kill(pid(part), signal.SIGKILL)
    wait_until(lambda: not part.runs, seconds=5, why="lives on")
    stage.supervisor.tick()
    assert "does not start" in stage.said[-1]
    part.launch = stage.launch(SLEEP)
    part.due = time.monotonic()
    stage.supervisor.tick()
    assert part.runs


def test_the_hook_before_a_restart_runs(stage: Stage) -> None:
    calls: list[str] = []
    part = Part("Worker", stage.launch(SLEEP), before_restart=lambda: calls.append("handed out"))
    stage.supervisor.start(part)
    assert calls == []
    stage.supervisor.restart(part, "does nothing", patience=2)
    stage.supervisor.tick()
    assert calls == ["handed out"]
    assert part.runs


def test_a_stubborn_part_is_ended_by_force_in_time(stage: Stage) -> None:
    part = stage.part(STUBBORN)
    time.sleep(0.5)
    process = part.process
    began = time.monotonic()
    stage.supervisor.stop([part], patience=0.5)
    assert time.monotonic() - began < 5
    assert process
    assert process.returncode == -signal.SIGKILL
    assert stage.record.read() == []


def test_leftovers_of_a_killed_run_are_ended(stage: Stage) -> None:
    part = stage.part()
    survivor = pid(part)
    assert supervisor.end_leftovers(stage.record) == ["Sleeper"]
    assert processes.start_time(survivor) is None
    assert supervisor.end_leftovers(stage.record) == []


def test_children_write_bytecode_and_know_their_run() -> None:
    base = {"PYTHONDONTWRITEBYTECODE": "1", "PATH": "/bin"}
    assert child_environment(base, {"A": "b"}) == {
        "PATH": "/bin",
        "PYTHONUNBUFFERED": "1",
        "A": "b",
    }


def test_words_for_an_end() -> None:
    assert ended_how(1) == "ended with code 1"
    assert ended_how(-9) == "ended by SIGKILL"
    assert ended_how(-250) == "ended by signal 250"


def test_a_log_that_grew_too_large_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "worker.log"
    log.write_text("x" * 100)
    supervisor.keep_short(log)
    assert log.stat().st_size == 100
    monkeypatch.setattr(supervisor, "LARGEST_LOG", 50)
    supervisor.keep_short(log)
    assert log.stat().st_size == 0
    supervisor.keep_short(tmp_path / "absent.log")
