"""Demo data: help that is open, written through the service of its room."""

from __future__ import annotations

from assessments.dashboards.content.demo_support import FIRST_DAY, LAST_DAY, OPEN_CALL
from assessments.readiness import services as readiness


def open_demo_call() -> None:
    """A call with dates, so that the rule that reads it has something to read."""
    readiness.add_measure(measure=OPEN_CALL, valid_from=FIRST_DAY, valid_until=LAST_DAY)
