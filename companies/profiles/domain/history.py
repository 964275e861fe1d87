"""Many small changes folded into few lines that a person can read.

Autosave writes each field as it is left, so one afternoon of typing is a hundred events.
Here consecutive events of one person become a *block*, and what happened to one row
inside a block becomes a *line* with the first value before and the last one after.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

WINDOW = timedelta(minutes=10)
Values = Mapping[str, Any]
NOTHING: Values = {}


class Kind(StrEnum):
    """What happened to a row, as one event tells it and as a whole line does."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"
    PASSING = "passing"  # added and removed again within the block


@dataclass(frozen=True)
class Event:
    """One write to one row: the values before and after, by column.

    ``before`` is empty for an insert and when the row is older than its history;
    ``after`` is empty for a delete.
    """

    at: datetime
    who: Hashable
    row: Hashable
    kind: Kind
    before: Values
    after: Values

    @property
    def changed(self) -> tuple[str, ...]:
        """Columns that an update changed, in the order of the row."""
        if self.kind is not Kind.UPDATE or not self.before:
            return ()
        return tuple(
            name for name, value in self.after.items() if value != self.before.get(name, value)
        )


@dataclass(frozen=True)
class Step:
    """One column from an old to a new value; equal when it was changed and put back."""

    column: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Line:
    """What happened to one row within a block; ``events`` oldest first."""

    row: Hashable
    kind: Kind
    values: Values
    steps: tuple[Step, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Block:
    """Consecutive events of one person, at most ``WINDOW`` apart; ``lines`` newest first."""

    who: Hashable
    first_at: datetime
    last_at: datetime
    lines: tuple[Line, ...]


def blocks(events: Sequence[Event], *, window: timedelta = WINDOW) -> list[list[Event]]:
    """Cut events (newest first) where another person begins or a longer pause lies."""
    found: list[list[Event]] = []
    for event in events:
        last = found[-1][-1] if found else None
        if last is not None and last.who == event.who and last.at - event.at <= window:
            found[-1].append(event)
        else:
            found.append([event])
    return found


def fold(events: Sequence[Event], *, window: timedelta = WINDOW) -> list[Block]:
    """Events (newest first) as blocks of lines, newest first."""
    return [
        Block(part[0].who, part[-1].at, part[0].at, _lines(part, window))
        for part in blocks(events, window=window)
    ]


def _lines(events: Iterable[Event], window: timedelta) -> tuple[Line, ...]:
    of_row: dict[Hashable, list[Event]] = {}
    for event in events:
        of_row.setdefault(event.row, []).append(event)
    lines = (_line(row, found[::-1], window) for row, found in of_row.items())
    return tuple(line for line in lines if line is not None)


def _line(row: Hashable, events: list[Event], window: timedelta) -> Line | None:
    """One row's events, oldest first; None when nothing changed that is shown."""
    first, last = events[0], events[-1]
    added, removed = first.kind is Kind.INSERT, last.kind is Kind.DELETE
    if added and removed:
        return Line(row, Kind.PASSING, last.before or first.after, (), tuple(events))
    if added:
        return Line(row, Kind.INSERT, last.after, (), tuple(events))
    if removed:
        return Line(row, Kind.DELETE, first.before or last.before, (), tuple(events))
    steps = _steps(events, window)
    if not steps and any(event.before for event in events):
        return None
    return Line(row, Kind.UPDATE, last.after, steps, tuple(events))


def _steps(events: list[Event], window: timedelta) -> tuple[Step, ...]:
    """For each column its runs of changes without a longer pause, each run one step."""
    runs: dict[str, list[list[Event]]] = {}
    for event in events:
        for column in event.changed:
            found = runs.setdefault(column, [])
            if found and event.at - found[-1][-1].at <= window:
                found[-1].append(event)
            else:
                found.append([event])
    return tuple(
        Step(column, run[0].before[column], run[-1].after[column])
        for column, found in runs.items()
        for run in found
    )


def whole_blocks(
    events: Sequence[Event], *, size: int, window: timedelta = WINDOW
) -> tuple[int, bool]:
    """How many of the events (newest first) make a page, and whether more follow.

    A page has ``size`` events at most and ends where a block ends, so that no line is cut
    in two; only a block that is larger than a page is. ``events`` should hold one more
    than ``size`` when there are more.
    """
    if len(events) <= size:
        return len(events), False
    cut = 0
    for at, (newer, older) in enumerate(pairwise(events[: size + 1]), start=1):
        if newer.who != older.who or newer.at - older.at > window:
            cut = at
    return cut or size, True
