"""The queue: its options, its installation, and tasks through a real worker.

With ``CELERY_BROKER_URL`` and ``DATABASE_URL`` set, the tests marked ``broker`` run against
those; otherwise against pgmq in the database of the test run.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from hypothesis import example, given
from hypothesis import strategies as st
from pgmq.base import PGMQConfig
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from portal.celery import app
from portal.runtime import broker, processes
from portal.runtime.supervisor import child_environment
from tests.runtime.running import BASE, wait_until

SETTINGS = {"NAME": "portal", "USER": "me", "PASSWORD": "p", "HOST": "db.example", "PORT": "5433"}

text = st.text(st.characters(codec="ascii", exclude_characters="\x00"), max_size=20)


@example(name="portal", user="me", password="a://b@c'd e\\f", host="/run/x")
@given(name=text, user=text, password=text, host=text)
def test_any_name_and_password_reach_libpq_unharmed(
    name: str, user: str, password: str, host: str
) -> None:
    given_settings = SETTINGS | {"NAME": name, "USER": user, "PASSWORD": password, "HOST": host}
    rebuilt = conninfo_to_dict(PGMQConfig(conn_string=broker.conn_string(given_settings)).dsn)
    assert rebuilt["dbname"] == name
    assert rebuilt["user"] == user
    assert rebuilt["password"] == password
    assert rebuilt["host"] == host


def test_encryption_asked_for_is_not_lost_on_the_way() -> None:
    options = {"sslmode": "verify-full", "sslrootcert": "/etc/a file.pem", "pool": {"min_size": 1}}
    string = broker.conn_string(SETTINGS | {"OPTIONS": options})
    rebuilt = conninfo_to_dict(PGMQConfig(conn_string=string).dsn)
    assert rebuilt["sslmode"] == "verify-full"
    assert rebuilt["sslrootcert"] == "/etc/a file.pem"
    assert "pool" not in rebuilt


def test_options_follow_the_database_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections["default"].settings_dict, "NAME", "portal_gw7")
    string = broker.transport_options()["conn_string"]
    assert PGMQConfig(conn_string=string).dsn.count("portal_gw7") == 1


def test_another_broker_gets_no_options_of_ours() -> None:
    with app.connection_for_write("memory://") as connection:
        assert "conn_string" not in connection.transport_options
    with app.connection_for_write("pgmq://") as connection:
        assert "conn_string" in connection.transport_options


@pytest.mark.django_db
def test_the_queue_is_installed_once() -> None:
    with connections["default"].cursor() as cursor:
        assert broker.is_installed(cursor)
        assert broker.install(cursor) is False


def test_grants_to_the_monitor_are_left_out() -> None:
    sql = broker._portable("GRANT USAGE ON SCHEMA pgmq TO pg_monitor;\nCREATE TABLE t ();")
    assert sql == "CREATE TABLE t ();"


@dataclass
class Queue:
    """A database with a queue of its own, and workers on it."""

    database: str
    folder: Path
    name: str = field(default_factory=lambda: f"test{secrets.token_hex(4)}")
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def conninfo(self) -> str:
        parts = connections["default"].settings_dict
        return make_conninfo(
            dbname=self.database,
            user=parts["USER"],
            password=parts["PASSWORD"],
            host=parts["HOST"],
            port=parts["PORT"] or None,
        )

    def work(self) -> subprocess.Popen[bytes]:
        """Start a worker, as ``up`` does."""
        with (self.folder / "worker.log").open("ab") as log:
            worker = processes.spawn(
                [
                    *(sys.executable, "-m", "celery", "-A", "tests.runtime.worker_app", "worker"),
                    *("--pool=prefork", "--concurrency=2", "--loglevel=INFO", "-Q", self.name),
                    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
                ],
                environment=child_environment(
                    os.environ, {"DATABASE_URL": self.conninfo, "SECRET_KEY": "x"}
                ),
                death_signal=signal.SIGKILL,
                output=log,
                folder=BASE,
            )
        self.workers.append(worker)
        return worker

    def send(self, task: str, *arguments: object) -> None:
        """Publish as a web request would."""
        with app.connection_for_write() as connection:
            app.send_task(task, arguments, queue=self.name, connection=connection)

    def log(self) -> str:
        return (self.folder / "worker.log").read_text()

    def end(self) -> None:
        for worker in self.workers:
            processes.send(processes.group_members(worker.pid), signal.SIGKILL)
            worker.wait()


@pytest.fixture
def queue(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Queue]:
    """A queue in a database of its own, so that tests cannot meet each other's tasks."""
    found = Queue(f"queue_{secrets.token_hex(4)}", tmp_path)
    administrator = Queue(connections["default"].settings_dict["NAME"], tmp_path)
    with psycopg.connect(administrator.conninfo, autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{found.database}"')
    try:
        with psycopg.connect(found.conninfo) as link:
            broker.install(link.cursor())
        monkeypatch.setitem(connections["default"].settings_dict, "NAME", found.database)
        yield found
    finally:
        found.end()
        with psycopg.connect(administrator.conninfo, autocommit=True) as link:
            link.execute(f'DROP DATABASE "{found.database}" WITH (FORCE)')


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def holds(path: Path, count: int) -> Callable[[], bool]:
    return lambda: len(lines(path)) >= count


@pytest.mark.broker
@pytest.mark.django_db  # also makes pytest-django set the test database up
def test_a_task_goes_through_a_real_worker(queue: Queue, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    worker = queue.work()
    queue.send("tests.note", str(trace))
    wait_until(holds(trace, 1), why=queue.log())
    assert int(lines(trace)[0]) in processes.children(worker.pid)

    # A warm worker takes the next one up at once.
    began = time.monotonic()
    queue.send("tests.note", str(trace))
    wait_until(holds(trace, 2), seconds=15, why=queue.log())
    assert time.monotonic() - began < 15

    worker.send_signal(signal.SIGTERM)
    assert worker.wait(15) == 0
    assert processes.group_members(worker.pid) == []


@pytest.mark.broker
@pytest.mark.django_db  # also makes pytest-django set the test database up
@pytest.mark.slow
def test_a_task_survives_a_killed_worker(queue: Queue, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    worker = queue.work()
    queue.send("tests.slow_note", str(trace), 4.0)
    wait_until(holds(trace, 1), why=queue.log())
    child = int(lines(trace)[0].split()[1])
    worker.kill()
    worker.wait()
    wait_until(
        lambda: processes.start_time(child) is None, seconds=5, why="the pool child lives on"
    )

    if settings.CELERY_BROKER_URL.startswith("pgmq"):
        with psycopg.connect(queue.conninfo) as link:
            assert broker.hand_out_again(link.cursor()) == 1
    if settings.CELERY_BROKER_URL.startswith("redis"):
        pytest.skip("Redis hands out again only after its visibility timeout; rows are swept")
    queue.work()
    wait_until(lambda: "ended" in lines(trace), seconds=60, why=queue.log())
    assert [line.split()[0] for line in lines(trace)] == ["began", "began", "ended"]


@pytest.mark.broker
@pytest.mark.django_db  # also makes pytest-django set the test database up
@pytest.mark.slow
def test_a_busy_pool_child_that_is_killed_is_replaced(queue: Queue, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    queue.work()
    queue.send("tests.slow_note", str(trace), 3.0)
    wait_until(holds(trace, 1), why=queue.log())
    os.kill(int(lines(trace)[0].split()[1]), signal.SIGKILL)
    wait_until(lambda: "ended" in lines(trace), seconds=60, why=queue.log())


@pytest.mark.broker
@pytest.mark.django_db  # also makes pytest-django set the test database up
def test_publishing_to_a_dead_broker_gives_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections["default"].settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connections["default"].settings_dict, "PORT", "9")
    began = time.monotonic()
    with (
        pytest.raises(Exception, match=r"(?i)refused|timeout|connect"),
        app.connection_for_write("pgmq://") as connection,
    ):
        app.send_task("tests.note", ["x"], connection=connection, queue="nowhere")
    assert time.monotonic() - began < 30
