"""A real ``manage.py up`` in a state folder of its own, and what can be asked of it."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from portal.runtime import processes
from portal.runtime.places import key_of

BASE = Path(__file__).resolve().parents[2]
PATIENCE = 240.0  # generous: test machines are shared; what must be quick is asserted apart
OURS = ("DATABASE_URL", "CELERY_BROKER_URL", "SECRET_KEY", "PORTAL_MODE", "DJANGO_SETTINGS_MODULE")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def clean_environment(state: Path, **extra: str) -> dict[str, str]:
    """The environment of someone who has just cloned the repository."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    for name in [name for name in kept if name.startswith(("PYTEST_", "COV_CORE"))]:
        kept.pop(name)
    return kept | {"PORTAL_STATE_DIR": str(state)} | extra


def wait_until(condition: Callable[[], object], *, seconds: float = PATIENCE, why: str) -> None:
    """Wait for a condition, or fail with the reason."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {why}"
        time.sleep(0.1)


def let_others_in(folder: Path) -> None:
    """Open pytest's folders (0700), so that the account PostgreSQL drops to gets in.

    Otherwise a test that root runs would put its data under /var/lib.
    """
    for parent in (folder, *folder.parents):
        if parent.name.startswith(("pytest-", "popen-", "test_", "faults")) and parent.exists():
            parent.chmod(0o755)


class RunningUp:
    """One ``up`` process and its output."""

    def __init__(self, state: Path, *arguments: str, port: int = 0, **environment: str) -> None:
        let_others_in(state.parent)
        self.state = state
        self.port = port or free_port()
        self.output = ""
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up", f"--port={self.port}", *arguments],
            cwd=BASE,
            env=clean_environment(state, **environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.output += line

    def wait_for(self, text: str, *, seconds: float = PATIENCE, times: int = 1) -> None:
        """Wait until the output says it."""
        wait_until(
            lambda: self.output.count(text) >= times or self.process.poll() is not None,
            seconds=seconds,
            why=f"{text!r} in\n{self.output}",
        )
        self._reader.join(0.5 if self.process.poll() is not None else 0)
        assert self.output.count(text) >= times, self.output + self.logs()

    def wait_running(self) -> None:
        """Wait until all parts run."""
        self.wait_for("The portal runs at")

    def page(self, path: str = "/account/login/") -> int | None:
        """Status of a page, or None when nobody answers."""
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            client.request("GET", path, headers={"Host": "localhost"})
            return client.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            client.close()

    def part(self, name: str) -> int:
        """Main process of a part."""
        known = {
            row.name: row.pid for row in processes.Record(self.state / "processes.json").read()
        }
        return known[name]

    def all_processes(self) -> list[int]:
        """Every live process of this ``up``, itself included."""
        needle = str(self.state).encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if needle in words and processes.start_time(int(entry.name)) is not None:
                found.append(int(entry.name))
        return sorted(set(found) - {os.getpid()})

    def stop(self, number: signal.Signals = signal.SIGINT) -> float:
        """Ask it to stop; answer the seconds that it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(60)
        self._reader.join(5)
        return time.monotonic() - began

    def kill_everything(self) -> None:
        """For the end of a test that failed."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        for pid in self.all_processes():
            processes.send([pid], signal.SIGKILL)
        sockets = Path(tempfile.gettempdir()) / f"maatwerkportaal-{key_of(self.state)}"
        shutil.rmtree(sockets, ignore_errors=True)

    def logs(self) -> str:
        """What the parts wrote, for the message of a failing test."""
        parts = [
            f"--- {log.name}\n{log.read_text(errors='replace')[-1500:]}"
            for log in sorted((self.state / "log").glob("*.log"))
        ]
        return "\n".join(parts)

    def step_seconds(self, step: str) -> float:
        """Seconds that a finished step says it took."""
        found = re.search(rf"✓ {re.escape(step)}\s+([\d.]+) s", self.output)
        assert found, self.output
        return float(found[1])
