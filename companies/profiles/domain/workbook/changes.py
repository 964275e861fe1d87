"""What a sheet changes: rows of the file against rows that are stored."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Values = Mapping[str, str]
Numbered = tuple[Hashable, int]


class Action(StrEnum):
    """What happens to a row."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class CellChange:
    """One value; ``row`` is the row of the sheet, None for a row that is not in it.

    ``identity`` is the one of the row, with how often it came before.
    """

    action: Action
    row: int | None
    column: str
    old: str
    new: str
    identity: Numbered


@dataclass(frozen=True)
class Line:
    """A row after it was checked; ``number`` counts from 1, None: the file leaves it out."""

    number: int | None
    identity: Hashable
    values: Values


def apart(keys: Iterable[Hashable]) -> list[Numbered]:
    """Each key with how often it came before, so that equal keys stay apart."""
    seen: dict[Hashable, int] = {}
    result: list[Numbered] = []
    for key in keys:
        result.append((key, seen.get(key, 0)))
        seen[key] = seen.get(key, 0) + 1
    return result


def compare(
    stored: Sequence[tuple[Hashable, Values]], lines: Sequence[Line], columns: Sequence[str]
) -> list[CellChange]:
    """Each difference, in the order of the sheet; removed rows come last.

    Rows belong together when their identity is the same; a row without its like is
    added or removed. Values are texts; a column that a row lacks counts as empty.
    """
    before = dict(zip(apart(key for key, _ in stored), stored, strict=True))
    after = dict(zip(apart(line.identity for line in lines), lines, strict=True))
    changes: list[CellChange] = []
    for key, line in after.items():
        known = before.get(key)
        old = known[1] if known else {}
        action = Action.CHANGED if known else Action.ADDED
        for column in columns:
            was, now = old.get(column, ""), line.values.get(column, "")
            if was != now:
                changes.append(CellChange(action, line.number, column, was, now, key))
    for key, (_identity, values) in before.items():
        if key not in after:
            changes += [
                CellChange(Action.REMOVED, None, column, values[column], "", key)
                for column in columns
                if values.get(column)
            ]
    return changes
