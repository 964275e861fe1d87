"""Prints a report as tagged PDF/UA-1; the same report gives the same bytes.

What people typed reaches the template as data (JSON), never as source.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import typst

from assessments.dashboards.board_report.content import Chart, Report
from assessments.dashboards.board_report.printable import printable, with_known_signs

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "report.typ"
FONTS = FOLDER / "fonts"
STANDARD: Final = "ua-1"


@dataclass(frozen=True, slots=True)
class Printed:
    """The file, with what is stored beside it."""

    data: bytes
    pages: int

    @property
    def sha256(self) -> str:
        """The fingerprint of the file."""
        return sha256(self.data).hexdigest()


def print_report(report: Report, *, made_at: datetime) -> Printed:
    """Print it; ``made_at`` becomes the date of the file. typst.TypstError when it cannot."""
    compiler = typst.Compiler(
        TEMPLATE,
        root=FOLDER,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(as_data(report), ensure_ascii=False)},
    )
    data = compiler.compile(
        format="pdf", pdf_standards=STANDARD, timestamp=int(made_at.timestamp())
    )
    if not isinstance(data, bytes):
        raise TypeError("A PDF is one file")
    # Only laid out again where something moved since: it costs next to nothing.
    pages = json.loads(compiler.query("<pages>", field="value", one=True))
    return Printed(data, int(pages))


def as_data(value: Any) -> Any:
    """Plain values for JSON: blocks carry the name of their kind, texts are printable."""
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: as_data(getattr(value, field.name)) for field in fields(value)}
        if isinstance(value, Chart):
            named["svg"] = with_known_signs(value.svg)  # its coordinates are no words to break
        return named | {"kind": type(value).__name__}
    if isinstance(value, tuple):
        return [as_data(one) for one in value]
    return printable(value) if isinstance(value, str) else value


@cache
def fonts() -> typst.Fonts:
    """Only the two fonts that stand beside the template; read once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
