"""Pytest plugin: a PostgreSQL to test on, started before Django reads its settings.

``DATABASE_URL`` names one from outside; otherwise an embedded one starts in a temporary
folder, without fsync, and ends with the test run. Workers of a parallel run inherit its
address. The kernel stops the server when pytest is killed; the next run removes what such
a run left in the temporary folder.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from portal.runtime import processes
from portal.runtime.places import find_place
from portal.runtime.postgres import Cluster, url

PREFIX = "portal-tests-"
OWNER_FILE = "owner"

os.environ.setdefault("SECRET_KEY", "tests-only")


class EmbeddedDatabase:
    """The server of one test run."""

    def __init__(self) -> None:
        self.cluster: Cluster | None = None
        self.folder: Path | None = None

    def start(self) -> None:
        """Start the server and name it in ``DATABASE_URL``."""
        remove_leftovers()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        # The account that PostgreSQL drops to when root runs the tests must get in.
        self.folder.chmod(0o711)
        started = processes.start_time(os.getpid())
        (self.folder / OWNER_FILE).write_text(f"{os.getpid()} {started}")
        self.cluster = Cluster(
            place=find_place(self.folder), log=self.folder / "postgres.log", durable=False
        )
        self.cluster.initialise()
        self.cluster.launch()
        self.cluster.wait_ready()
        os.environ["DATABASE_URL"] = url(self.cluster.place)

    def stop(self) -> None:
        """Stop the server and remove its files."""
        if self.cluster is not None and self.cluster.process is not None:
            # Nothing is kept, so nothing needs to be written out.
            processes.send([self.cluster.process.pid], signal.SIGQUIT)
            self.cluster.stop()
            os.environ.pop("DATABASE_URL", None)
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def remove_leftovers() -> None:
    """Remove folders of test runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            pid, started = (folder / OWNER_FILE).read_text().split()
        except (OSError, ValueError):
            continue
        if str(processes.start_time(int(pid))) != started:
            shutil.rmtree(folder, ignore_errors=True)


DATABASE = EmbeddedDatabase()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """Start the server before any other plugin (pytest-django) looks at the settings."""
    if not os.environ.get("DATABASE_URL"):
        DATABASE.start()
    return (yield)


@pytest.hookimpl(tryfirst=True)  # before the one of xdist itself, which counts cores
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two halves side by side for the whole suite; a few tests run in one process.

    The browser, the web server and PostgreSQL want their share of a small machine too.
    """
    whole = config.args == config.getini("testpaths")
    return 2 if whole and (os.cpu_count() or 1) > 1 else 0


def pytest_unconfigure() -> None:
    """Stop it with the run, also after Ctrl-C."""
    DATABASE.stop()
