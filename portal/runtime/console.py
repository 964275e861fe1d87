"""What ``up`` says while it works: one line for each step, with its seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

WIDTH = 44


class Console:
    """Writes lines; times are counted from its making."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._began = time.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._began

    def line(self, text: str = "") -> None:
        """A plain line."""
        self._write(f"{text}\n")

    def begin(self, what: str) -> None:
        """A step begins."""
        self._write(f"  … {what}\n")

    def done(self, what: str, seconds: float) -> None:
        """A step is done, with its duration and the time since the start."""
        self._write(f"  ✓ {what:<{WIDTH}} {seconds:6.1f} s   (at {self.elapsed:.1f} s)\n")

    def trouble(self, text: str) -> None:
        """Something went wrong and is being dealt with."""
        self._write(f"  ! {text}\n")
