"""What every sheet has: columns, what is stored, and a check of its rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms

from companies.profiles.domain.workbook.changes import Line
from companies.profiles.services import WorkbookParts
from companies.profiles.workbook.columns import Column


@dataclass(frozen=True)
class Row:
    """A row of the sheet as form fields take it; ``number`` is 1 for the heading."""

    number: int
    values: Mapping[str, str]

    def get(self, key: str) -> str:
        """The text of a column; empty when there is none."""
        return self.values.get(key, "")


@dataclass(frozen=True)
class Fault:
    """What is wrong; row and column when it stands somewhere."""

    message: str
    row: int | None = None
    column: str | None = None


@dataclass
class Checked:
    """Rows that passed, what was wrong with others, and what the services take."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    parts: WorkbookParts = field(default_factory=WorkbookParts)


class Part(ABC):
    """One sheet. ``columns`` and ``stored`` are set when it is made."""

    key: ClassVar[str]
    title: ClassVar[Any]
    hint: ClassVar[Any]
    most_rows: ClassVar[int]
    columns: tuple[Column, ...]
    stored: list[tuple[Hashable, dict[str, str]]]
    only_adds: ClassVar[bool] = False  # a row that is left out stays as it is

    @abstractmethod
    def check(self, rows: Sequence[Row]) -> Checked:
        """All rows, through the form of the page."""

    @abstractmethod
    def name_of(self, identity: Any) -> str:
        """How the page calls a row."""

    def canonical(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Values by column, as texts that can be compared."""
        return {one.key: one.canonical(values.get(one.key)) for one in self.columns}

    def is_untouched(self, rows: Sequence[Row]) -> bool:
        """Every row says what is stored, and none is missing (a year may be).

        Such a sheet needs no check: what is stored may be older than a rule.
        """
        left = [values for _identity, values in self.stored]
        for row in rows:
            said = {one.key: one.typed(row.get(one.key)) for one in self.columns}
            if said not in left:
                return False
            left.remove(said)
        return self.only_adds or not left

    def twice(self, rows: Sequence[Row], key: str, message: str) -> list[Fault]:
        """A fault at each row that repeats the value of an earlier one."""
        seen: set[str] = set()
        faults = []
        for row in rows:
            value = row.get(key)
            if value and value in seen:
                faults.append(Fault(message, row.number, key))
            seen.add(value)
        return faults


def faults_of(
    form: forms.BaseForm, row: int, *, rename: Mapping[str, str] | None = None
) -> list[Fault]:
    """Messages of a form at the row that it checked; ``rename`` gives fields another column."""
    names = rename or {}
    return [
        Fault(str(message), row, None if name == "__all__" else names.get(name, name))
        for name, messages in form.errors.items()
        for message in messages
    ]


def formset_data(prefix: str, rows: Mapping[int, Mapping[str, str]], total: int) -> dict[str, str]:
    """Rows by their place in the formset, as a browser would send them."""
    data = {f"{prefix}-TOTAL_FORMS": str(total), f"{prefix}-INITIAL_FORMS": "0"}
    for index, values in rows.items():
        data |= {f"{prefix}-{index}-{name}": value for name, value in values.items()}
    return data
