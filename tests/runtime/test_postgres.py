"""The embedded server: made in one step, ready when it answers, gone when told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from portal.runtime import places, processes
from portal.runtime.failures import StartError
from portal.runtime.postgres import DATABASE, Cluster, remove_data, url
from tests.runtime.running import let_others_in, wait_until


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    let_others_in(tmp_path)
    place = places.find_place(tmp_path / "state")
    server = Cluster(place=place, log=tmp_path / "postgres.log", durable=False)
    yield server
    server.stop()


def test_a_new_cluster_is_made_once_and_answers(cluster: Cluster) -> None:
    assert cluster.initialise() is True
    assert cluster.initialise() is False
    cluster.launch()
    cluster.wait_ready()
    with psycopg.connect(url(cluster.place)) as connection:
        row = connection.execute(
            "SELECT current_database(), lower('ÉTÉ'), inet_server_addr() IS NULL"
        ).fetchone()
    assert row == (DATABASE, "été", True)


def test_an_interrupted_first_start_leaves_nothing_half_made(cluster: Cluster) -> None:
    half = cluster.data.with_name("pgdata.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    assert not cluster.data.exists()
    assert cluster.initialise() is True
    assert not half.exists()


def test_after_kill_9_it_starts_again_with_its_data(cluster: Cluster) -> None:
    cluster.durable = True
    cluster.initialise()
    cluster.launch()
    cluster.wait_ready()
    with psycopg.connect(url(cluster.place)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS a")
    assert cluster.process
    cluster.process.kill()
    cluster.process.wait()
    assert not cluster.answers()

    def restarted() -> bool:
        cluster.launch()
        try:
            cluster.wait_ready()
        except StartError:  # the dead server's processes still hold its shared memory
            return False
        return True

    wait_until(restarted, why="does not come back")
    with psycopg.connect(url(cluster.place)) as connection:
        assert connection.execute("SELECT a FROM kept").fetchone() == (1,)


def test_a_stray_server_on_the_same_data_is_ended_first(cluster: Cluster) -> None:
    """What remains when ``up`` was killed and the death signal did not arrive."""
    cluster.initialise()
    stray = cluster.launch()
    cluster.wait_ready()
    successor = Cluster(place=cluster.place, log=cluster.log, durable=False)
    try:
        successor.launch()
        successor.wait_ready()
        assert stray.wait(5) == 0
        assert successor.answers()
    finally:
        successor.stop()


def test_data_of_another_version_are_not_touched(cluster: Cluster) -> None:
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(StartError, match="is of PostgreSQL 14"):
        cluster.initialise()


def test_a_server_that_cannot_start_says_why(cluster: Cluster) -> None:
    cluster.initialise()
    (cluster.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    cluster.launch()
    with pytest.raises(StartError, match=r"no_such_setting|configuration file"):
        cluster.wait_ready()


def test_removing_data_keeps_nothing(cluster: Cluster) -> None:
    cluster.initialise()
    remove_data(cluster.place.home)
    assert not cluster.data.exists()
    remove_data(cluster.place.home)


def test_it_ends_gently_when_told(cluster: Cluster) -> None:
    cluster.initialise()
    process = cluster.launch()
    cluster.wait_ready()
    cluster.stop()
    assert process.returncode == 0
    assert processes.start_time(process.pid) is None
    assert "database system is shut down" in cluster.log.read_text()


def test_a_strangers_process_in_the_pid_file_is_left_alone(cluster: Cluster) -> None:
    cluster.initialise()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    cluster._end_stray()
    assert processes.start_time(os.getpid())
