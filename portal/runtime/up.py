"""``manage.py up``: everything on one machine, from an empty folder to a served portal.

Order: lock the folder, end leftovers of a killed run, look at port, disk, database and
broker; PostgreSQL; preparation in its own process and, beside it, the web server, whose
first page is there as soon as the tables are; worker and beat; the first matching run
through that worker. From then on it keeps all of them running until Ctrl-C or SIGTERM.
"""

from __future__ import annotations

import os
import secrets
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg
from django.db import DatabaseError, connection

from portal import environment
from portal.runtime import broker, checks, parts, places, postgres, preparation, processes, watch
from portal.runtime.console import Console
from portal.runtime.failures import StartError, of_os_error
from portal.runtime.opening import Preparation, WebStart
from portal.runtime.parts import Launcher
from portal.runtime.state import BASE_DIR, State
from portal.runtime.supervisor import Part, Supervisor, child_environment, end_leftovers, keep_short

TICK = 0.2
LOOK_EVERY = 2.0
FIRST_PAGE_WITHIN = 120.0
PREPARE_TRIES = 4
# A worker without work needs up to 6 s to end by itself; nothing is lost by not waiting.
STOP_PARTS_WITHIN = 5.0


class StopAskedError(Exception):
    """Somebody asked to stop."""


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    host: str
    port: int
    demo: bool
    fresh: bool


class Up:
    """One run of the portal on this machine."""

    def __init__(self, options: Options, state: State, console: Console) -> None:
        self.options = options
        self.state = state
        self.console = console
        self.mark = secrets.token_hex(8)
        self.record = processes.Record(state.root / "processes.json")
        self.supervisor = Supervisor(mark=self.mark, record=self.record, tell=console.trouble)
        self.watchdog = watch.Watchdog()
        self.cluster: postgres.Cluster | None = None
        self.worker: Part | None = None
        self._stop_asked = False
        self._next_look = 0.0
        self._next_log_care = 0.0

    # --- life ---------------------------------------------------------------------------

    def run(self) -> None:
        """Start everything and stay until asked to stop. Raises StartError."""
        with checks.FolderLock(self.state.root / "up.lock") as lock:
            self._listen_to_signals()
            try:
                lock.note(f"process {os.getpid()}, http://localhost:{self.options.port}")
                self._start()
                while True:
                    self.wait()
            except StopAskedError:
                self.console.line("Stopping …")
            except OSError as error:
                raise of_os_error(error, "The portal cannot go on") from error
            finally:
                self._stop_all()
        self.console.line("Stopped.")

    def _start(self) -> None:
        for name in end_leftovers(self.record):
            self.console.trouble(f"{name} of an earlier run was still there; ended")
        address = checks.listening_address(self.options.host)
        checks.free_port(address, self.options.port)
        url = self._database()
        self._broker()
        launcher = Launcher(BASE_DIR, self._logs(), self._environment(url))
        self._prepare_and_serve(launcher, address)
        self._worker_and_beat(launcher)
        self._show_run()
        self.console.line(
            f"\nThe portal runs at http://localhost:{self.options.port} - stop with Ctrl-C."
        )

    def _listen_to_signals(self) -> None:
        def note(_number: int, _frame: FrameType | None) -> None:
            self._stop_asked = True

        def wake(_number: int, _frame: FrameType | None) -> None:
            """A child ended: only interrupts the wait."""

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, note)
        signal.signal(signal.SIGCHLD, wake)
        reader, writer = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        self._wakeups = reader

    def _attend(self) -> None:
        if self._stop_asked:
            raise StopAskedError

    def wait(self, *also: int) -> list[int]:
        """Look after everything once, then wait a moment for signals or input."""
        self._attend()
        self.supervisor.tick()
        self._look_at_queue()
        self._care_for_logs()
        ready, _, _ = select.select([self._wakeups, *also], [], [], TICK)
        if self._wakeups in ready:
            os.read(self._wakeups, 4096)
        self._attend()
        return [descriptor for descriptor in also if descriptor in ready]

    # --- the database -------------------------------------------------------------------

    def _database(self) -> str:
        given = environment.text("DATABASE_URL")
        if given:
            if self.options.fresh:
                raise StartError("--fresh deletes the embedded database only, not DATABASE_URL.")
            began = time.monotonic()
            checks.database(given)
            self.console.done(f"Database {checks.database_name(given)}", time.monotonic() - began)
            return given
        if self.options.fresh:
            self._delete_data()
        began = time.monotonic()
        place = places.find_place(self.state.root)
        cluster = postgres.Cluster(place=place, log=self._logs() / "postgresql.log", mark=self.mark)
        checks.free_space(self.state.root, first_time=False)
        checks.free_space(place.home, first_time=not cluster.data.exists())
        self.console.begin("PostgreSQL")
        cluster.initialise()
        self._attend()
        self.cluster = cluster
        self.supervisor.start(Part(parts.POSTGRES, cluster.launch, stop_signal=signal.SIGINT))
        cluster.wait_ready(self._attend)
        url = postgres.url(place)
        try:
            self.state.database_url_file.write_text(url)
        except OSError as error:
            raise of_os_error(error, "The state folder cannot be used") from error
        connection.settings_dict.update(environment.database(url))
        self._hand_out_again()
        self.console.done("PostgreSQL", time.monotonic() - began)
        return url

    def _delete_data(self) -> None:
        for home in places.candidate_homes(self.state.root):
            if home.exists():
                postgres.remove_data(home)
        self.state.database_url_file.unlink(missing_ok=True)

    def _hand_out_again(self) -> None:
        """Give a new worker what its dead predecessor had taken, in our own database."""
        if self.cluster is None or environment.text("CELERY_BROKER_URL"):
            return
        with psycopg.connect(postgres.url(self.cluster.place), connect_timeout=5) as direct:
            broker.hand_out_again(direct.cursor())

    def _broker(self) -> None:
        given = environment.text("CELERY_BROKER_URL")
        if given:
            began = time.monotonic()
            checks.broker(given)
            self.console.done("Broker", time.monotonic() - began)

    def _logs(self) -> Path:
        folder = self.state.root / "log"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise of_os_error(error, "The state folder cannot be used") from error
        return folder

    def _environment(self, url: str) -> dict[str, str]:
        extra = {
            "DATABASE_URL": url,
            "PORTAL_STATE_DIR": str(self.state.root),
            processes.MARK: self.mark,
        }
        if not environment.text("SECRET_KEY"):
            try:
                extra["SECRET_KEY"] = self.state.create_secret_key()
            except OSError as error:
                raise of_os_error(error, "The secret key cannot be kept") from error
        hosts = environment.text("ALLOWED_HOSTS")
        if not hosts and self.options.host not in {"localhost", "127.0.0.1", "::1"}:
            extra["ALLOWED_HOSTS"] = f"localhost,127.0.0.1,[::1],{self.options.host}"
        return child_environment(os.environ, extra)

    # --- preparation and web server -----------------------------------------------------

    def _prepare_and_serve(self, launcher: Launcher, address: str) -> None:
        port = self.options.port
        web = WebStart(
            self.console,
            self.supervisor.start(Part(parts.WEB, lambda: launcher.web(address, port))),
            address=address,
            port=port,
            log=launcher.log(parts.WEB),
        )
        for attempt in range(1, PREPARE_TRIES + 1):
            outcome = Preparation(self, launcher, web, demo=self.options.demo).run()
            if outcome is None:
                break
            if attempt == PREPARE_TRIES or not outcome.passing:
                raise StartError(f"{outcome.line} (see {launcher.log(parts.PREPARE)})")
            self.console.trouble(f"{outcome.line} Trying again.")
            self._until(self._database_answers, 30)
        self._until(web.is_there, FIRST_PAGE_WITHIN, "The web server does not answer", launcher)

    def _database_answers(self) -> bool:
        return self.cluster is None or self.cluster.answers()

    def _until(
        self,
        condition: Callable[[], bool],
        seconds: float,
        complaint: str = "",
        launcher: Launcher | None = None,
    ) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                if complaint and launcher:
                    raise StartError(f"{complaint} (see {launcher.logs}).")
                return
            self.wait()

    # --- worker, beat, first run --------------------------------------------------------

    def _worker_and_beat(self, launcher: Launcher) -> None:
        self.worker = self.supervisor.start(
            Part(parts.WORKER, launcher.worker, before_restart=self._hand_out_again)
        )
        self.supervisor.start(Part(parts.BEAT, launcher.beat))
        watch.quick_connection()

    def _look_at_queue(self) -> None:
        now = time.monotonic()
        if self.worker is None or now < self._next_look:
            return
        self._next_look = now + LOOK_EVERY
        try:
            work = watch.look()
        except (DatabaseError, psycopg.Error):
            connection.close()  # the database is being restarted: look again later
            return
        pid = self.worker.process.pid if self.worker.runs and self.worker.process else None
        why = self.watchdog.verdict(work, pid, now=now)
        if why:
            self.supervisor.restart(self.worker, why)

    def _care_for_logs(self) -> None:
        now = time.monotonic()
        if now >= self._next_log_care:
            self._next_log_care = now + 60
            for log in (self.state.root / "log").glob("*.log"):
                keep_short(log)

    def _show_run(self) -> None:
        """Follow the first full matching run until it ends, and print its summary."""
        if not self.options.demo:
            return
        run: Any = preparation.full_run_to_watch()
        if run is None:
            return
        view = watch.matching_run(run.pk)
        shown, began = "", time.monotonic()
        while view is not None and not view.is_final:
            text = f"Matching: {view.status}"
            if view.total:
                text += f", {100 * view.done // view.total} %"
            if text != shown:
                self.console.begin(text)
                shown = text
            self.wait()
            view = self._view(view)
        if view is None:
            return
        if shown:
            self.console.done("Matching through the worker", time.monotonic() - began)
        if view.error:
            self.console.trouble(f"Matching run {view.pk} {view.status}: {view.error}")
        else:
            self.console.line(f"\nMatching run {view.pk} {view.status}: {view.summary}")

    def _view(self, known: watch.RunView) -> watch.RunView | None:
        try:
            return watch.matching_run(known.pk)
        except (DatabaseError, psycopg.Error):
            connection.close()
            return known

    # --- the end ------------------------------------------------------------------------

    def _stop_all(self) -> None:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        connection.close()
        ours = [part for part in self.supervisor.parts if part.name != parts.POSTGRES]
        self.supervisor.stop(ours, patience=STOP_PARTS_WITHIN)
        database = [part for part in self.supervisor.parts if part.name == parts.POSTGRES]
        if self.cluster is not None and database:
            self.cluster.stop()
        self.supervisor.stop(database, patience=0)
        self.record.path.unlink(missing_ok=True)
