"""The command lines of the parts that ``up`` runs."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.runtime import processes
from portal.runtime.supervisor import keep_short

POSTGRES = "PostgreSQL"
WORKER = "Worker"
BEAT = "Beat"
WEB = "Web server"
PREPARE = "Preparation"
POOL_SIZE = 2
WEB_THREADS = 8


@dataclass(frozen=True)
class Launcher:
    """Starts Python children in the project folder, each with its log."""

    base: Path
    logs: Path
    environment: Mapping[str, str]

    def log(self, name: str) -> Path:
        """Where a part writes."""
        return self.logs / f"{name.lower().replace(' ', '-')}.log"

    def run(self, name: str, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start ``python ARGUMENTS``. Raises OSError."""
        log = self.log(name)
        keep_short(log)
        with log.open("ab") as output:
            return processes.spawn(
                [sys.executable, *arguments],
                environment=self.environment,
                death_signal=signal.SIGKILL,
                output=output,
                folder=self.base,
            )

    def worker(self) -> subprocess.Popen[bytes]:
        """A Celery worker with a pool of processes."""
        return self.run(
            WORKER,
            [
                *("-m", "celery", "-A", "portal", "worker"),
                *("--pool=prefork", f"--concurrency={POOL_SIZE}", "--loglevel=INFO"),
                *("--without-gossip", "--without-mingle", "--without-heartbeat"),
                "--hostname=worker@localhost",
            ],
        )

    def beat(self) -> subprocess.Popen[bytes]:
        """Celery's clock; its schedule is in the database."""
        return self.run(
            BEAT,
            ["-m", "celery", "-A", "portal", "beat", "--loglevel=INFO", "--pidfile="],
        )

    def web(self, address: str, port: int) -> subprocess.Popen[bytes]:
        """The web server."""
        return self.run(
            WEB,
            [
                *("-m", "granian", "--interface", "wsgi", "portal.runtime.web:application"),
                *("--host", address, "--port", str(port), "--workers", "1"),
                *("--blocking-threads", str(WEB_THREADS), "--no-ws", "--backlog", "512"),
                *("--respawn-failed-workers", "--respawn-interval", "0.2"),
                *("--workers-kill-timeout", "3"),
            ],
        )

    def prepare(self, *, demo: bool, events: int) -> subprocess.Popen[bytes]:
        """The preparation, whose events come through the pipe ``events``.

        What its commands print is for the person at the keyboard; what goes wrong is in
        the log.
        """
        log = self.log(PREPARE)
        keep_short(log)
        with log.open("ab") as complaints:
            return processes.spawn(
                [
                    *(sys.executable, "manage.py", "prepare", f"--events={events}"),
                    *(["--demo"] if demo else []),
                ],
                environment=self.environment,
                death_signal=signal.SIGKILL,
                output=None,
                complaints=complaints,
                folder=self.base,
                pass_fds=[events],
            )
