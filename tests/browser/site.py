"""The real portal for browser tests: its own database with demo data, a real web server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import conninfo, sql

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
DEMO_ESTABLISHMENTS = "3000"


@dataclass(frozen=True)
class Site:
    """A running portal: where it is, and the environment of its processes."""

    url: str
    environment: dict[str, str]

    def manage(self, *command: str) -> str:
        """Run a management command of this site; its output, or CalledProcessError."""
        return _manage(self.environment, *command)


def _manage(environment: dict[str, str], *command: str) -> str:
    result = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, f"{command}: {result.stdout[-2000:]}{result.stderr[-4000:]}"
    return result.stdout


@contextmanager
def own_database() -> Iterator[str]:
    """A fresh database beside the one that the tests use; dropped at the end."""
    server = os.environ["DATABASE_URL"]
    name = f"portal_site_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        connection.execute(drop)
        connection.execute(
            sql.SQL("create database {} template template0").format(sql.Identifier(name))
        )
        try:
            yield conninfo.make_conninfo(server, dbname=name)
        finally:
            connection.execute(drop)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_served(url: str, server: subprocess.Popen[bytes], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert server.poll() is None, "the web server ended"
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=2)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} is not served after {seconds} s")


@contextmanager
def serve(environment: dict[str, str]) -> Iterator[str]:
    """The portal under granian on a free port of this machine."""
    port = _free_port()
    server = subprocess.Popen(
        [
            str(BIN / "granian"),
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--workers",
            "1",
            "--blocking-threads",
            "4",
            "--no-ws",
            "portal.wsgi:application",
        ],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    url = f"http://localhost:{port}"
    try:
        _wait_until_served(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(15)


@contextmanager
def demo_site(state: Path) -> Iterator[Site]:
    """Demo data, a finished matching run and a web server; all of it gone at the end."""
    with own_database() as database:
        environment = os.environ | {
            "DATABASE_URL": database,
            "PORTAL_STATE_DIR": str(state),
            "SECRET_KEY": "browser-tests-only",
            "PYTHONDONTWRITEBYTECODE": "",
            "LOG_LEVEL": "WARNING",
        }
        environment.pop("PYTEST_CURRENT_TEST", None)
        _manage(environment, "migrate", "--verbosity", "0")
        _manage(environment, "createcachetable")
        _manage(environment, "load_reference")
        _manage(environment, "load_demo", "--establishments", DEMO_ESTABLISHMENTS)
        _manage(environment, "match", "--now")
        with serve(environment) as url:
            yield Site(url, environment)
