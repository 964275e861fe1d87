"""``manage.py up`` as its user meets it: the short story, and the reasons not to start."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from psycopg.conninfo import make_conninfo

from tests.runtime.conftest import StartUp
from tests.runtime.running import BASE, clean_environment, free_port


def refused(state: Path, *arguments: str, **environment: str) -> str:
    """Run ``up`` that must not start; its one line."""
    answer = subprocess.run(
        [sys.executable, "manage.py", "up", *arguments],
        cwd=BASE,
        env=clean_environment(state, **environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert answer.returncode not in {0, -9}, answer.stdout
    assert "Traceback" not in answer.stdout + answer.stderr
    said = [line for line in answer.stderr.splitlines() if line.strip()]
    assert len(said) == 1, answer.stderr
    return said[0]


def test_up_serves_its_first_page_and_leaves_nothing_behind(start_up: StartUp) -> None:
    up = start_up("--no-demo")
    up.wait_running()
    assert up.page() == 200
    assert up.page("/healthz") == 200
    assert up.page("/readyz") == 200
    assert f"http://localhost:{up.port}" in up.output
    assert up.step_seconds("PostgreSQL") > 0
    assert up.step_seconds("Database tables") > 0

    second = start_up("--no-demo", state=up.state)
    assert second.process.wait(60) != 0
    second.wait_for("already runs from this folder")
    assert up.page() == 200

    assert up.stop() < 15, up.output
    assert up.process.returncode == 0
    assert up.all_processes() == []
    assert up.output.rstrip().endswith("Stopped.")


def test_help_lists_the_options() -> None:
    answer = subprocess.run(
        [sys.executable, "manage.py", "up", "--help"],
        cwd=BASE,
        capture_output=True,
        text=True,
        check=True,
    )
    for option in ("--port", "--host", "--no-demo", "--fresh", "--yes"):
        assert option in answer.stdout


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(tmp_path / "state", f"--port={port}")
    assert said == f"CommandError: Port {port} is in use; choose another with --port."


def test_a_state_folder_that_cannot_be_made_is_one_line() -> None:
    said = refused(Path("/proc/portal-state"), f"--port={free_port()}")
    assert "state folder cannot be used" in said


@pytest.mark.skipif(os.geteuid() != 0, reason="mode bits hold root back nowhere")
def test_a_folder_of_someone_else_is_one_line(tmp_path: Path) -> None:
    """As an ordinary user, in a folder that only root may write."""
    command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    reachable = subprocess.run(
        [*command, sys.executable, "-c", "pass"], check=False, capture_output=True
    )
    if reachable.returncode:
        pytest.skip("an ordinary user cannot run this Python")
    state = tmp_path / "state"
    state.mkdir(mode=0o755)
    answer = subprocess.run(
        [*command, sys.executable, "manage.py", "up", f"--port={free_port()}"],
        cwd=BASE,
        env=clean_environment(state),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "state folder cannot be used" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_missing_database_host_is_one_line_without_the_password(tmp_path: Path) -> None:
    said = refused(
        tmp_path / "state",
        f"--port={free_port()}",
        DATABASE_URL="postgresql://someone:hushhush@portal-database.invalid/portal",
    )
    assert "portal on portal-database.invalid (DATABASE_URL) does not answer" in said
    assert "hushhush" not in said


@pytest.fixture
def poor_account() -> Iterator[str]:
    """Address of a database for an account that may create nothing in it."""
    name = f"poor_{secrets.token_hex(4)}"
    settings = connections["default"].settings_dict
    parts = {
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "host": settings["HOST"],
        "port": settings["PORT"] or None,
    }
    with psycopg.connect(make_conninfo(dbname="postgres", **parts), autocommit=True) as link:
        try:
            link.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{name}'")
            link.execute(f"CREATE DATABASE {name}")
        except psycopg.errors.InsufficientPrivilege:
            pytest.skip("the database account may not create roles")
        yield make_conninfo(**parts | {"dbname": name, "user": name, "password": name})
        link.execute(f"DROP DATABASE {name} WITH (FORCE)")
        link.execute(f"DROP ROLE {name}")


@pytest.mark.broker
def test_a_missing_privilege_is_one_line(tmp_path: Path, poor_account: str) -> None:
    said = refused(
        tmp_path / "state", "--no-demo", f"--port={free_port()}", DATABASE_URL=poor_account
    )
    assert "lacks a privilege: permission denied for schema public" in said


def test_a_malformed_database_address_is_one_line(tmp_path: Path) -> None:
    said = refused(tmp_path / "state", DATABASE_URL="mysql://nobody@nowhere/portal")
    assert "DATABASE_URL" in said


def test_fresh_never_deletes_unasked(tmp_path: Path) -> None:
    assert "add --yes to confirm" in refused(tmp_path / "state", "--fresh")
    said = refused(
        tmp_path / "state", "--fresh", "--yes", DATABASE_URL="postgresql://x@localhost/x"
    )
    assert "embedded database only" in said


def test_demo_data_are_refused_in_production(tmp_path: Path) -> None:
    said = refused(
        tmp_path / "state",
        PORTAL_MODE="production",
        SECRET_KEY="k" * 60,
        ALLOWED_HOSTS="portal.example",
        DATABASE_URL="postgresql://x@localhost/x",
    )
    assert "local use only" in said


def test_sigterm_while_the_tables_are_made(start_up: StartUp) -> None:
    """Broken off half-way, then started again: it goes on where it was."""
    up = start_up("--no-demo")
    up.wait_for("… Database tables")
    assert up.stop(signal.SIGTERM) < 15
    assert up.all_processes() == []
