"""An uploaded .xlsx as rows of texts, with what could not be read by sheet, row and column."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from companies.profiles.domain.workbook.cells import Kind, Raw, Trouble, TroubleError, text_of, tidy
from companies.profiles.domain.workbook.package import (
    Limits,
    Refusal,
    RefusedError,
    SheetMarks,
    column_letters,
    inspect,
)
from companies.profiles.workbook.columns import Column, words, words_in
from companies.profiles.workbook.messages import EXPLANATION, LISTS, TROUBLES
from companies.profiles.workbook.part import Part
from companies.profiles.workbook.write import source_of

MOST_PROBLEMS = 200
Grid = Sequence[tuple[int, Sequence[Raw]]]


@dataclass(frozen=True)
class Problem:
    """Something wrong in the file, and where: rows count from 1, columns are letters."""

    message: str
    sheet: str
    row: int | None = None
    column: str | None = None

    @property
    def place(self) -> str:
        """Such as "Customers, row 4, column C"."""
        where = {"sheet": self.sheet, "row": self.row, "column": self.column}
        if self.row and self.column:
            return _("%(sheet)s, row %(row)s, column %(column)s") % where
        if self.row:
            return _("%(sheet)s, row %(row)s") % where
        return self.sheet


@dataclass
class SheetRows:
    """A sheet that was found: its name in the file, its columns and the rows with text."""

    title: str
    columns: dict[str, int] = field(default_factory=dict)  # key of the column: place from 1
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def letters(self, key: str | None) -> str | None:
        """The column by its letters; None when it has no place."""
        return column_letters(self.columns[key]) if key in self.columns else None


@dataclass
class Reading:
    """What the file says, by key of the part."""

    sheets: dict[str, SheetRows] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)  # sheets and columns that mean nothing here
    source: tuple[str, int] | None = None

    def to_json(self) -> dict[str, Any]:
        """To keep until the confirmation."""
        return {
            "sheets": {
                key: {"title": sheet.title, "columns": sheet.columns, "rows": sheet.rows}
                for key, sheet in self.sheets.items()
            },
            "unread": self.unread,
            "source": self.source,
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Reading:
        """As it was kept."""
        sheets = {
            key: SheetRows(
                sheet["title"],
                dict(sheet["columns"]),
                [(number, dict(values)) for number, values in sheet["rows"]],
            )
            for key, sheet in content["sheets"].items()
        }
        source = content["source"]
        return cls(sheets, [], list(content["unread"]), tuple(source) if source else None)


def limits() -> Limits:
    """What this installation lets in."""
    return Limits(packed=settings.WORKBOOK_MAX_BYTES, unpacked=settings.WORKBOOK_MAX_UNPACKED_BYTES)


def read(data: bytes, parts: Sequence[Part]) -> Reading:
    """The rows of each sheet that we know; RefusedError when the file is not let in."""
    allowed = limits()
    marks = inspect(data, allowed)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found, mark = _grids(data, marks, allowed)
    except (MemoryError, RefusedError):
        raise
    except Exception:
        raise RefusedError(Refusal.BROKEN) from None
    reading = Reading(source=source_of(mark))
    _assign(reading, found, parts)
    if not reading.sheets and not reading.problems:
        raise RefusedError(Refusal.NO_SHEETS)
    return reading


@dataclass
class _Found:
    title: str
    grid: Grid
    marks: SheetMarks


def _grids(
    data: bytes, marks: Mapping[str, SheetMarks], allowed: Limits
) -> tuple[list[_Found], object]:
    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        found = []
        for sheet in book.worksheets:
            path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
            its = marks.get(path, SheetMarks())
            rows = list(_rows(sheet, allowed, {row for row, _column in its.formulas}))
            found.append(_Found(tidy(sheet.title), rows, its))
        return found, book.properties.identifier
    finally:
        book.close()


def _rows(sheet: Any, allowed: Limits, with_formula: set[int]) -> Iterator[tuple[int, list[Raw]]]:
    """Rows with something in them, a formula without a value included."""
    sheet.reset_dimensions()  # what the sheet says of its own size may be anything
    cells = sheet.iter_rows(max_row=allowed.rows + 1, max_col=allowed.columns)
    for number, row in enumerate(cells, start=1):
        raws = [_raw(cell) for cell in row]
        if number in with_formula or any(raw.value is not None for raw in raws):
            yield number, raws


def _raw(cell: Any) -> Raw:
    if cell.value is None:
        return Raw()
    is_number = cell.data_type == "n"
    return Raw(cell.value, cell.data_type == "e", is_number and "%" in str(cell.number_format))


def _assign(reading: Reading, found: Sequence[_Found], parts: Sequence[Part]) -> None:
    ours = {title.casefold() for one in (EXPLANATION, LISTS) for title in words(one).values()}
    by_title = {title.casefold(): part for part in parts for title in words(part.title).values()}
    for one in found:
        part = by_title.get(one.title.casefold())
        if part is None:
            if one.title.casefold() not in ours and one.grid:
                reading.unread.append(one.title)
        elif part.key in reading.sheets:
            reading.problems.append(Problem(_("This sheet stands twice in the file."), one.title))
        else:
            reading.sheets[part.key] = _sheet(reading, one, part)
    del reading.problems[MOST_PROBLEMS:]


def _sheet(reading: Reading, found: _Found, part: Part) -> SheetRows:
    result = SheetRows(found.title)
    if found.marks.merged:
        text = _("Cells %(range)s are merged. Split them and upload the file again.")
        merged = Problem(text % {"range": found.marks.merged[0]}, found.title)
        reading.problems.append(merged)
        return result
    if not found.grid or found.grid[0][0] != 1:
        reading.problems.append(Problem(_("The headings in row 1 are missing."), found.title))
        return result
    _headings(reading, found, part, result)
    missing = [one for one in part.columns if one.key not in result.columns]
    for column in missing:
        text = _("The column “%(heading)s” is missing.") % {"heading": words_in(column.heading)}
        reading.problems.append(Problem(text, found.title))
    if missing:
        return result
    _body(reading, found, part, result)
    if len(result.rows) > part.most_rows or found.marks.last_row > limits().rows:
        text = _("There are too many rows. At most %(count)s are possible.")
        reading.problems.append(Problem(text % {"count": part.most_rows}, found.title))
        result.rows.clear()
    return result


def _headings(reading: Reading, found: _Found, part: Part, result: SheetRows) -> None:
    known = {
        tidy(heading).casefold(): column.key
        for column in part.columns
        for heading in column.heading.values()
    }
    for place, raw in enumerate(found.grid[0][1], start=1):
        text = tidy(str(raw.value)) if raw.value is not None else ""
        if not text:
            continue
        key = known.get(text.casefold())
        if key is None:
            where = {"sheet": found.title, "column": column_letters(place)}
            reading.unread.append(_("%(sheet)s, column %(column)s") % where)
        elif key in result.columns:
            message = _("This column stands twice in the sheet.")
            reading.problems.append(Problem(message, found.title, 1, column_letters(place)))
        else:
            result.columns[key] = place


def _body(reading: Reading, found: _Found, part: Part, result: SheetRows) -> None:
    columns = [(one, result.columns[one.key]) for one in part.columns]
    for number, raws in found.grid[1:]:
        values: dict[str, str] = {}
        for column, place in columns:
            try:
                is_formula = (number, place) in found.marks.formulas
                text = _text(raws[place - 1], column, is_formula=is_formula)
            except TroubleError as error:
                message = str(TROUBLES[error.trouble])
                letters = column_letters(place)
                reading.problems.append(Problem(message, found.title, number, letters))
                text = ""
            if text:
                values[column.key] = text
        if values:
            result.rows.append((number, values))


def _text(raw: Raw, column: Column, *, is_formula: bool) -> str:
    if is_formula:
        raise TroubleError(Trouble.FORMULA)
    text = text_of(raw, column.kind)
    if not text:
        return ""
    if column.choices:
        code = column.code_of(tidy(str(raw.value)) if isinstance(raw.value, str) else text)
        if code is None and column.kind == Kind.CHOICE:
            raise TroubleError(Trouble.NOT_IN_LIST)
        return text if code is None else code
    if column.digits and isinstance(raw.value, int | float):
        return text.zfill(column.digits)
    return text
