"""Lays a report out and prints it as tagged PDF/UA-1; the same report gives the same bytes.

What people typed reaches the template as a file of data (JSON) that exists in memory only,
never as source. Typst remembers what it laid out for the next ten reports of a process: the
template and all that is set around a text must be the same for each of them, or it starts anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, cast

import typst

from assessments.dashboards.board_report.content import Chart, Report, SideBySide, Table
from assessments.dashboards.board_report.printable import (
    columns_to_break,
    printable,
    with_known_signs,
)

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "report.typ"
FONTS = FOLDER / "fonts"
STANDARD: Final = "ua-1"
# Of the text on a page, and of the space between two columns, in points.
TEXT_WIDTH: Final = 482.0
GUTTER: Final = 17.0


@dataclass(frozen=True, slots=True)
class Printed:
    """The file, with what is stored beside it."""

    data: bytes
    pages: int

    @property
    def sha256(self) -> str:
        """The fingerprint of the file."""
        return sha256(self.data).hexdigest()


class LaidOut:
    """A report on its pages; typst.TypstError when it cannot be laid out."""

    def __init__(self, report: Report) -> None:
        data = json.dumps(as_data(report), ensure_ascii=False)
        # Files in memory are not among the types that typst declares.
        self._files = cast("Any", {"main": TEMPLATE.read_bytes(), "report.json": data.encode()})
        self._compiler = typst.Compiler(
            self._files, root=FOLDER, font_paths=fonts(), ignore_system_fonts=True
        )
        self.pages = int(json.loads(self._compiler.query("<pages>", field="value", one=True)))

    def printed(self, made_at: datetime) -> Printed:
        """As a file; ``made_at`` becomes its date. typst.TypstError when it is no PDF/UA."""
        data = self._compiler.compile(
            # The compiler forgets files after each use.
            self._files,
            format="pdf",
            pdf_standards=STANDARD,
            timestamp=int(made_at.timestamp()),
        )
        if not isinstance(data, bytes):
            raise TypeError("A PDF is one file")
        return Printed(data, self.pages)


def print_report(report: Report, *, made_at: datetime) -> Printed:
    """Print it, however long it is."""
    return LaidOut(report).printed(made_at)


def as_data(value: Any, room: float = TEXT_WIDTH) -> Any:
    """Plain values for JSON: blocks carry the name of their kind, texts are printable.

    ``room`` is how wide it is set, in points; a table says which of its cells have a word
    that is wider than its column.
    """
    if is_dataclass(value) and not isinstance(value, type):
        rooms = _columns(value, room) if isinstance(value, SideBySide) else {}
        named = {
            field.name: as_data(getattr(value, field.name), rooms.get(field.name, room))
            for field in fields(value)
        }
        if isinstance(value, Chart):
            named["svg"] = with_known_signs(value.svg)  # its coordinates are no words to break
        if isinstance(value, Table):
            named["to_break"] = columns_to_break(named["rows"], value.widths, room)
        return named | {"kind": type(value).__name__}
    if isinstance(value, tuple):
        return [as_data(one, room) for one in value]
    return printable(value) if isinstance(value, str) else value


def _columns(value: SideBySide, room: float) -> dict[str, float]:
    left = (room - GUTTER) * value.left_share / 100
    return {"left": left, "right": room - GUTTER - left}


@cache
def fonts() -> typst.Fonts:
    """Only the two fonts that stand beside the template; read once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
