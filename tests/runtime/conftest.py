"""Running portals that surely end with their test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.runtime.running import RunningUp

StartUp = Callable[..., RunningUp]


@pytest.fixture
def start_up(tmp_path: Path) -> Iterator[StartUp]:
    """Start ``up`` with arguments; the state folder is the test's own unless given."""
    started: list[RunningUp] = []

    def start(
        *arguments: str, state: Path | None = None, port: int = 0, **environment: str
    ) -> RunningUp:
        up = RunningUp(state or tmp_path / "state", *arguments, port=port, **environment)
        started.append(up)
        return up

    yield start
    for up in started:
        up.kill_everything()
