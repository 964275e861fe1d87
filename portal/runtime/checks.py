"""Looks before the start: each problem becomes one clear line (``StartError``)."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import socket
from pathlib import Path
from types import TracebackType

import psycopg
from kombu.connection import Connection
from psycopg.conninfo import conninfo_to_dict

from portal.runtime.failures import StartError, first_line, of_os_error

OLDEST_POSTGRES = 15
MEBIBYTE = 1024 * 1024
# A new cluster, the demo register and room for the write-ahead log; afterwards, room to work.
NEEDED_AT_FIRST = 400 * MEBIBYTE
NEEDED_LATER = 64 * MEBIBYTE


class FolderLock:
    """One ``up`` for each state folder. The kernel lets go of the lock when we end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def __enter__(self) -> FolderLock:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise of_os_error(error, "The state folder cannot be used") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(handle, 200).decode(errors="replace").strip()
            os.close(handle)
            raise StartError(
                f"The portal already runs from this folder{f' ({owner})' if owner else ''}."
            ) from None
        self._handle = handle
        return self

    def note(self, text: str) -> None:
        """Tell a second ``up`` who holds the lock. Raises StartError on a full disk."""
        if self._handle is None:
            return
        try:
            os.ftruncate(self._handle, 0)
            os.pwrite(self._handle, text.encode(), 0)
        except OSError as error:
            raise of_os_error(error, "The state folder cannot be used") from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def free_space(folder: Path, *, first_time: bool) -> None:
    """Refuse to start on a disk that is (almost) full."""
    needed = NEEDED_AT_FIRST if first_time else NEEDED_LATER
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise StartError(
            f"The disk is full: {folder} has {free // MEBIBYTE} MB free, "
            f"the portal needs {needed // MEBIBYTE} MB."
        )


def listening_address(host: str) -> str:
    """The IP address to listen on for ``--host``. Raises StartError for an unknown name."""
    if host == "localhost":
        return "127.0.0.1"
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise StartError(f"The host {host} is not known: {error.strerror}.") from error
    return str(found[0][4][0])


def free_port(address: str, port: int) -> None:
    """Refuse a port that is in use, also by someone on the other ``localhost``."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
        except PermissionError:
            raise StartError(
                f"Port {port} needs more rights than this account has; choose another with --port."
            ) from None
        except (OSError, OverflowError) as error:
            if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
                raise _in_use(port) from None
            raise StartError(f"Cannot listen on {address} port {port}: {error}.") from None
    if address == "127.0.0.1" and _someone_answers("::1", port):
        raise _in_use(port)


def _in_use(port: int) -> StartError:
    return StartError(f"Port {port} is in use; choose another with --port.")


def _someone_answers(address: str, port: int) -> bool:
    try:
        with socket.create_connection((address, port), timeout=0.5):
            return True
    except OSError:
        return False


def database_name(url: str) -> str:
    """Host and name of a database without its password, for messages."""
    parts = conninfo_to_dict(url)
    host = parts.get("host") or parts.get("hostaddr") or "this machine"
    port = f":{parts['port']}" if parts.get("port") else ""
    return f"{parts.get('dbname', '')} on {host}{port}"


def database(url: str) -> None:
    """See whether a database from outside answers and is recent enough."""
    name = database_name(url)
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version // 10000
    except psycopg.OperationalError as error:
        reason = first_line(error).removeprefix("connection failed: ")
        raise StartError(f"The database {name} (DATABASE_URL) does not answer: {reason}") from error
    if version < OLDEST_POSTGRES:
        raise StartError(
            f"The database {name} is PostgreSQL {version}; version {OLDEST_POSTGRES} or later "
            "is needed."
        )


def broker(url: str) -> None:
    """See whether a broker from outside answers."""
    with Connection(url, connect_timeout=5) as connection:  # type: ignore[no-untyped-call]
        shown = connection.as_uri()
        try:
            connection.ensure_connection(max_retries=1, interval_start=0.2, timeout=5)
        except Exception as error:
            # Each transport has its own errors; whatever it says, the broker is not there.
            raise StartError(
                f"The broker {shown} (CELERY_BROKER_URL) does not answer: {first_line(error)}"
            ) from error
