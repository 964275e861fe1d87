"""What an uploaded workbook would change, held against what is stored now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.utils.translation import gettext as _

from companies.profiles.domain.workbook.changes import Action, CellChange, compare
from companies.profiles.services import WorkbookParts
from companies.profiles.workbook.columns import Column, words_in
from companies.profiles.workbook.part import Checked, Part, Row
from companies.profiles.workbook.read import MOST_PROBLEMS, Problem, Reading, SheetRows


@dataclass(frozen=True)
class Change:
    """One line of the preview; a removed row has no place in the file any more."""

    action: Action
    place: str
    name: str
    heading: str
    old: str
    new: str


@dataclass(frozen=True)
class SheetPlan:
    """The changes of one sheet."""

    title: str
    changes: list[Change]


@dataclass
class Plan:
    """The whole preview. ``parts`` is what to write, changed parts only."""

    sheets: list[SheetPlan] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    parts: WorkbookParts = field(default_factory=WorkbookParts)

    @property
    def count(self) -> int:
        """How many lines of changes there are."""
        return sum(len(sheet.changes) for sheet in self.sheets)

    def to_json(self) -> dict[str, Any]:
        """What the page shows of a plan without problems; not what is written."""
        return {
            "sheets": [asdict(sheet) for sheet in self.sheets],
            "absent": self.absent,
            "unread": self.unread,
        }

    @classmethod
    def from_json(cls, shown: Mapping[str, Any]) -> Plan:
        """As it was kept, only to be shown."""
        sheets = [
            SheetPlan(
                sheet["title"],
                [Change(**one | {"action": Action(one["action"])}) for one in sheet["changes"]],
            )
            for sheet in shown["sheets"]
        ]
        return cls(sheets, [], list(shown["absent"]), list(shown["unread"]))


def plan_of(reading: Reading, parts: Sequence[Part]) -> Plan:
    """Every row through the forms of the pages, and what differs from what is stored."""
    plan = Plan(problems=list(reading.problems), unread=reading.unread)
    written: dict[str, Any] = {}
    for part in parts:
        sheet = reading.sheets.get(part.key)
        if sheet is None:
            plan.absent.append(str(part.title))
            continue
        broken = {problem.sheet for problem in reading.problems}
        if sheet.title in broken and not sheet.rows:
            continue
        rows = [Row(number, values) for number, values in sheet.rows]
        if part.is_untouched(rows) and sheet.title not in broken:
            plan.sheets.append(SheetPlan(sheet.title, []))
            continue
        checked = part.check(rows)
        plan.problems += _located(checked, sheet, plan.problems)
        whole = not checked.faults and sheet.title not in broken
        changes = _changes(part, checked, sheet, whole=whole)
        plan.sheets.append(SheetPlan(sheet.title, changes))
        if changes and whole:
            written |= _parts_set(checked.parts)
    plan.parts = WorkbookParts(**written)
    order = {sheet.title: place for place, sheet in enumerate(reading.sheets.values())}
    plan.problems.sort(key=lambda one: (order.get(one.sheet, 0), one.row or 0))
    del plan.problems[MOST_PROBLEMS:]
    return plan


def _located(checked: Checked, sheet: SheetRows, known: Sequence[Problem]) -> list[Problem]:
    """Faults by place; not in a row with a cell that could not be read, which was left out."""
    taken = {(one.sheet, one.row) for one in known if one.row}
    found = [
        Problem(fault.message, sheet.title, fault.row, sheet.letters(fault.column))
        for fault in checked.faults
    ]
    return [one for one in found if (one.sheet, one.row) not in taken]


def _parts_set(parts: WorkbookParts) -> dict[str, Any]:
    named = {one.name: getattr(parts, one.name) for one in fields(parts)}
    return {name: value for name, value in named.items() if value is not None}


def _changes(part: Part, checked: Checked, sheet: SheetRows, *, whole: bool) -> list[Change]:
    columns = {one.key: one for one in part.columns}
    found = compare(part.stored, checked.lines, list(columns))
    result = [
        _changed(part, one, columns[one.column], sheet)
        for one in found
        if one.action == Action.CHANGED
    ]
    for action in (Action.ADDED, Action.REMOVED):
        if action == Action.REMOVED and (part.only_adds or not whole):
            continue
        rows: dict[Any, list[CellChange]] = {}
        for one in found:
            if one.action == action:
                rows.setdefault(one.identity, []).append(one)
        result += [_whole_row(part, action, cells, columns, sheet) for cells in rows.values()]
    return result


def _changed(part: Part, one: CellChange, column: Column, sheet: SheetRows) -> Change:
    place = Problem("", sheet.title, one.row, sheet.letters(one.column) if one.row else None).place
    return Change(
        one.action,
        place,
        part.name_of(one.identity[0]),
        words_in(column.heading),
        column.shown(one.old),
        column.shown(one.new),
    )


def _whole_row(
    part: Part,
    action: Action,
    cells: Sequence[CellChange],
    columns: dict[str, Column],
    sheet: SheetRows,
) -> Change:
    first = cells[0]
    texts = [
        _("%(heading)s: %(value)s")
        % {
            "heading": words_in(columns[one.column].heading),
            "value": columns[one.column].shown(one.new or one.old),
        }
        for one in cells
    ]
    is_added = action == Action.ADDED
    return Change(
        action,
        Problem("", sheet.title, first.row).place,
        part.name_of(first.identity[0]),
        _("Row added") if is_added else _("Row removed"),
        "" if is_added else "; ".join(texts),
        "; ".join(texts) if is_added else "",
    )
