"""The portal's Celery application with a few tasks to watch a worker by."""

from __future__ import annotations

import os
import time
from pathlib import Path

from portal.celery import app


@app.task(name="tests.note", ignore_result=True)
def note(path: str) -> None:
    """Leave a trace in a file."""
    with Path(path).open("a") as file:
        file.write(f"{os.getpid()}\n")


@app.task(name="tests.slow_note", ignore_result=True)
def slow_note(path: str, seconds: float) -> None:
    """Leave a trace at the beginning and one at the end."""
    with Path(path).open("a") as file:
        file.write(f"began {os.getpid()}\n")
    time.sleep(seconds)
    with Path(path).open("a") as file:
        file.write("ended\n")
