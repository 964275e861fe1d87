"""Keeps the parts of the portal running, and stops them.

Single-threaded: ``tick`` looks after every part, and its caller waits for signals between
ticks. A part that ends is started again, at once the first time and with growing pauses
when it keeps ending. All of a part's group is ended before its successor starts, so that a
web worker of a killed server does not hold the port.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portal.runtime import processes
from portal.runtime.processes import Known, Record

LONGEST_PAUSE = 15.0
HEALTHY_AFTER = 30.0
LARGEST_LOG = 20 * 1024 * 1024


@dataclass
class Part:
    """One supervised process group."""

    name: str
    launch: Callable[[], subprocess.Popen[bytes]]
    stop_signal: signal.Signals = signal.SIGTERM
    before_restart: Callable[[], None] = lambda: None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    known: Known | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)
    failures: int = field(default=0, init=False)
    restarts: int = field(default=0, init=False)
    due: float | None = field(default=None, init=False)

    @property
    def runs(self) -> bool:
        """Whether its main process is alive."""
        return self.process is not None and self.process.poll() is None


def ended_how(code: int) -> str:
    """Words for a return code."""
    if code < 0:
        try:
            return f"ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"ended by signal {-code}"
    return f"ended with code {code}"


class Supervisor:
    """The parts of one run of ``up``."""

    def __init__(self, *, mark: str, record: Record, tell: Callable[[str], object]) -> None:
        self.mark = mark
        self.record = record
        self.tell = tell
        self.parts: list[Part] = []

    def start(self, part: Part) -> Part:
        """Start a part and look after it from now on. Raises what its launch raises."""
        self.parts.append(part)
        self._launch(part)
        return part

    def _launch(self, part: Part) -> None:
        part.process = part.launch()
        part.started_at = time.monotonic()
        part.due = None
        pid = part.process.pid
        part.known = Known(part.name, pid, processes.start_time(pid) or 0, self.mark)
        self._write_record()

    def _write_record(self) -> None:
        try:
            self.record.write(part.known for part in self.parts if part.known)
        except OSError as error:
            # A full disk must not stop what runs; the next start relies on death signals.
            self.tell(f"the list of processes cannot be written: {error.strerror}")

    def tick(self) -> None:
        """Restart what has ended and is due."""
        now = time.monotonic()
        for part in self.parts:
            if part.process is None and part.due is None:
                continue
            if part.due is None and not part.runs:
                self._note_end(part, now)
            if part.due is not None and now >= part.due:
                self._restart(part, now)

    def _note_end(self, part: Part, now: float) -> None:
        how = ended_how(part.process.returncode) if part.process else "is gone"
        part.failures = 0 if now - part.started_at > HEALTHY_AFTER else part.failures
        pause = 0.0 if part.failures == 0 else min(0.5 * 2 ** (part.failures - 1), LONGEST_PAUSE)
        part.failures += 1
        part.due = now + pause
        again = "starting it again" if not pause else f"starting it again in {pause:.1f} s"
        self.tell(f"{part.name} {how}; {again}")

    def _restart(self, part: Part, now: float) -> None:
        self._end_group(part)
        try:
            part.before_restart()
            self._launch(part)
        except Exception as error:
            part.process = None  # whatever it is, try again later
            part.failures += 1
            part.due = now + min(0.5 * 2**part.failures, LONGEST_PAUSE)
            self.tell(f"{part.name} does not start: {error}")
            return
        part.restarts += 1

    def _end_group(self, part: Part) -> None:
        if part.known is not None:
            processes.end(part.known, gently=None, patience=0)

    def restart(self, part: Part, why: str, *, patience: float = 3.0) -> None:
        """End a part that lives but does not work; the next tick starts it again."""
        self.tell(f"{part.name} {why}; starting it again")
        self.stop([part], patience=patience, forget=False)
        part.due = time.monotonic()

    def stop(self, parts: Sequence[Part], *, patience: float, forget: bool = True) -> None:
        """Stop parts together: their own signal first, SIGKILL to what is left."""
        running = [part for part in parts if part.runs and part.process]
        for part in running:
            if part.process:
                processes.send([part.process.pid], part.stop_signal)
        deadline = time.monotonic() + patience
        while any(part.runs for part in running) and time.monotonic() < deadline:
            time.sleep(0.05)
        for part in parts:
            self._end_group(part)
            if part.process is not None:
                part.process.wait()
            part.process = None
            part.due = None
            if forget and part in self.parts:
                self.parts.remove(part)
        self._write_record()


def end_leftovers(record: Record) -> list[str]:
    """End what a killed run left behind; answer the names of its parts."""
    ended = []
    for known in record.read():
        if not processes.survivors(known):
            continue
        ended.append(known.name)
        # PostgreSQL gets the time to write out; the others keep nothing in memory.
        gently = signal.SIGINT if known.name == "PostgreSQL" else None
        processes.end(known, gently=gently, patience=8)
    record.path.unlink(missing_ok=True)
    return ended


def keep_short(log: Path) -> None:
    """Cut a log that has grown too large; its writers append, so they go on at the start."""
    try:
        if log.stat().st_size > LARGEST_LOG:
            os.truncate(log, 0)
    except OSError:
        return


def child_environment(base: Mapping[str, str], extra: Mapping[str, str]) -> dict[str, str]:
    """The environment of our Python children.

    ``PYTHONDONTWRITEBYTECODE`` is left out: without bytecode every start takes twice as long.
    """
    kept = {name: value for name, value in base.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONUNBUFFERED": "1"} | dict(extra)
