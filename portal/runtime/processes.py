"""Processes of ours: start them bound to our life, know them again, end them safely.

A pid alone says little: it may have been given to a stranger since. A process is ours
when its pid *and* its start time are the recorded ones, or when it stands in the recorded
process group and carries the mark (``PORTAL_RUN``) of the same run in its environment.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

CHILD_SCRIPT = Path(__file__).with_name("child.py")
MARK = "PORTAL_RUN"
PROC = Path("/proc")


@dataclass(frozen=True)
class Account:
    """A system account that a child runs under."""

    name: str
    user: int
    group: int


@dataclass(frozen=True)
class Known:
    """A process group that we started: its leader, and the run that it belongs to.

    ``started`` is the leader's start time in clock ticks since boot, as the kernel counts.
    """

    name: str
    pid: int
    started: int
    mark: str


def spawn(
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    death_signal: signal.Signals,
    output: IO[bytes] | None,
    complaints: IO[bytes] | None = None,
    account: Account | None = None,
    folder: Path | None = None,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start ``command`` as leader of its own session; it gets ``death_signal`` when we end.

    ``output`` takes both streams (None: ours), or only the first when ``complaints`` is given.
    Call from the main thread: the kernel watches the thread that forked. Raises OSError.
    """
    who = [f"--user={account.user}", f"--group={account.group}"] if account else []
    return subprocess.Popen(  # noqa: S603 - arguments, no shell
        [
            sys.executable,
            "-IS",
            str(CHILD_SCRIPT),
            f"--parent={os.getpid()}",
            f"--signal={int(death_signal)}",
            *who,
            "--",
            *command,
        ],
        env=dict(environment),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=complaints or (subprocess.STDOUT if output else None),
        start_new_session=True,
        pass_fds=pass_fds,
    )


def _stat_fields(pid: int) -> list[str] | None:
    """Fields 3 and on of ``/proc/PID/stat`` (state first), or None."""
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    return text[text.rindex(")") + 2 :].split()


def start_time(pid: int) -> int | None:
    """When the process started (ticks since boot); None when it is gone or a zombie."""
    fields = _stat_fields(pid)
    return None if fields is None or fields[0] in {"Z", "X"} else int(fields[19])


def mark_of(pid: int) -> str | None:
    """The run that the process belongs to, from its environment; None if it has none."""
    try:
        parts = (PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return None
    prefix = f"{MARK}=".encode()
    return next((p[len(prefix) :].decode() for p in parts if p.startswith(prefix)), None)


def group_members(group: int) -> list[int]:
    """Live processes of a process group."""
    members = []
    for entry in PROC.glob("[0-9]*"):
        fields = _stat_fields(int(entry.name))
        if fields and fields[0] not in {"Z", "X"} and int(fields[2]) == group:
            members.append(int(entry.name))
    return members


def children(parent: int) -> list[int]:
    """Live children of a process."""
    found = []
    for entry in PROC.glob("[0-9]*"):
        fields = _stat_fields(int(entry.name))
        if fields and fields[0] not in {"Z", "X"} and int(fields[1]) == parent:
            found.append(int(entry.name))
    return found


def survivors(known: Known) -> list[int]:
    """Live processes of a recorded group that are certainly ours."""
    members = set(group_members(known.pid))
    leader_is_ours = start_time(known.pid) == known.started
    if known.pid in members and not leader_is_ours:
        return []  # the number was given to a stranger
    return sorted(
        pid
        for pid in members
        if (pid == known.pid and leader_is_ours) or mark_of(pid) == known.mark
    )


def send(pids: Iterable[int], number: signal.Signals) -> None:
    """Signal each process that still exists."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def end(known: Known, *, gently: signal.Signals | None, patience: float) -> None:
    """End what is left of a group: ``gently`` first, SIGKILL after ``patience`` seconds."""
    if gently is not None:
        send(survivors(known), gently)
        deadline = time.monotonic() + patience
        while survivors(known) and time.monotonic() < deadline:
            time.sleep(0.05)
    deadline = time.monotonic() + 2
    while (left := survivors(known)) and time.monotonic() < deadline:
        send(left, signal.SIGKILL)
        time.sleep(0.02)


class Record:
    """File of the groups that a run started, for the next start after a ``kill -9``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> list[Known]:
        """The recorded groups; none when the file is absent or cut off."""
        try:
            return [Known(**row) for row in json.loads(self.path.read_text())]
        except (OSError, ValueError, TypeError):
            return []

    def write(self, groups: Iterable[Known]) -> None:
        """Replace the record in one step."""
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps([asdict(known) for known in groups]))
        fresh.rename(self.path)
