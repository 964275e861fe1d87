"""From a started database to a served first page: the preparation, and the web server."""

from __future__ import annotations

import http.client
import json
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.urls import reverse

from portal.runtime import parts, preparation, processes
from portal.runtime.console import Console
from portal.runtime.failures import StartError, last_complaint
from portal.runtime.management.commands.prepare import EXIT_LOST_CONNECTION
from portal.runtime.parts import Launcher
from portal.runtime.supervisor import Part

GOOD = 400
TRIES_BEFORE_FIRST_PAGE = 3


class Loop(Protocol):
    """What the parts of a start need from ``up``."""

    mark: str
    console: Console

    def wait(self, *also: int) -> list[int]:
        """Look after all parts for a moment; answer which descriptors can be read."""
        ...


class WebStart:
    """The web server on its way to the first page."""

    def __init__(self, console: Console, part: Part, *, address: str, port: int, log: Path) -> None:
        self.console = console
        self.part = part
        self.address = address
        self.port = port
        self.log = log
        self.tables_ready = False
        self._there = False
        self._began = time.monotonic()

    def is_there(self) -> bool:
        """Whether the first page has been served; says so the first time.

        Raises StartError when the server keeps ending before that, for instance because
        another program took the port meanwhile.
        """
        if self._there:
            return True
        if self.part.restarts >= TRIES_BEFORE_FIRST_PAGE:
            said = self.log.read_text(errors="replace") if self.log.exists() else ""
            raise StartError(f"The web server does not start: {last_complaint(said)}")
        if not self.tables_ready or not self.part.runs:
            return False
        # Another program on the port may answer: ours must live, before and after.
        process = self.part.process
        self._there = answers(self.address, self.port) and self.part.process is process
        self._there = self._there and self.part.runs
        if self._there:
            self.console.done(
                f"First page at http://localhost:{self.port}", time.monotonic() - self._began
            )
        return self._there


def answers(address: str, port: int) -> bool:
    """Whether the log-in page is served at this address now."""
    client = http.client.HTTPConnection(address, port, timeout=5)
    try:
        client.request("GET", reverse("account_login"), headers={"Host": f"localhost:{port}"})
        return client.getresponse().status < GOOD
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()


@dataclass(frozen=True)
class Outcome:
    """Why the preparation failed, and whether that may pass."""

    line: str
    passing: bool


class Preparation:
    """One try of the preparation process."""

    def __init__(self, loop: Loop, launcher: Launcher, web: WebStart, *, demo: bool) -> None:
        self.loop = loop
        self.launcher = launcher
        self.web = web
        self.demo = demo
        self.failure = ""

    def run(self) -> Outcome | None:
        """Run it to its end; None when all went well. Raises what the loop raises."""
        reader, writer = os.pipe2(os.O_CLOEXEC)
        os.set_inheritable(writer, True)
        try:
            process = self.launcher.prepare(demo=self.demo, events=writer)
        finally:
            os.close(writer)
        known = processes.Known(
            parts.PREPARE, process.pid, processes.start_time(process.pid) or 0, self.loop.mark
        )
        try:
            self._follow(reader)
        finally:
            os.close(reader)
            processes.end(known, gently=signal.SIGTERM, patience=1)
            code = process.wait()
        if code == 0:
            return None
        line = self.failure or "The preparation of the database was broken off."
        return Outcome(line, passing=code == EXIT_LOST_CONNECTION or code < 0)

    def _follow(self, reader: int) -> None:
        buffer = b""
        while True:
            if reader in self.loop.wait(reader):
                data = os.read(reader, 65536)
                if not data:
                    return
                *lines, buffer = (buffer + data).split(b"\n")
                for line in lines:
                    self._on(json.loads(line))
            self.web.is_there()

    def _on(self, event: dict[str, Any]) -> None:
        match event["event"]:
            case "begin":
                self.loop.console.begin(event["step"])
            case "done":
                self.loop.console.done(event["step"], event["seconds"])
                if event["step"] == preparation.TABLES:
                    self.web.tables_ready = True
            case "failed":
                self.failure = event["line"]
