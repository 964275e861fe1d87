"""Files as people, programs and attackers make them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from openpyxl import Workbook, load_workbook

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


# What is kept of a workbook with nothing in it.
EMPTY_WORKBOOK = {
    "reading": {"sheets": {}, "unread": [], "source": None},
    "shown": {"sheets": [], "absent": [], "unread": []},
    "version": 1,
    "language": "nl",
}


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def edited(data: bytes, edit: Callable[[Workbook], object]) -> bytes:
    """The file after somebody worked in it."""
    book = load_workbook(BytesIO(data))
    edit(book)
    return saved(book)


def plain() -> bytes:
    """A small sound workbook."""
    return saved(Workbook())


def with_members(
    data: bytes, members: Mapping[str, bytes | None], *, packing: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The file with members added, replaced, or (None) taken out."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w", packing) as new:
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, content in members.items():
            if content is not None:
                new.writestr(name, content)
    return target.getvalue()


def sheet_xml(inside: str, *, before: str = "", after: str = "") -> bytes:
    """A worksheet of which ``inside`` is the data."""
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{NAMESPACE}">'
        f"<sheetData>{inside}</sheetData>{after}</worksheet>"
    )
    return text.encode()


def bomb(size: int) -> bytes:
    """A sheet that unpacks to ``size`` bytes of blanks."""
    return with_members(plain(), {SHEET: sheet_xml(" " * size)})


def many_elements(count: int) -> bytes:
    """Small, not packed beyond measure, and with very many cells."""
    cells = "".join(f'<c r="A{n}"><v>{n * 7919 % 99991}</v></c>' for n in range(1, count))
    return with_members(plain(), {SHEET: sheet_xml(f'<row r="1">{cells}</row>')})


def laughing() -> bytes:
    """Entities that grow to gigabytes."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>'
    return with_members(
        plain(), {SHEET: sheet_xml("<row><c><v>&a11;</v></c></row>", before=doctype)}
    )


def outside_entity() -> bytes:
    """An entity that asks for a file of the server."""
    doctype = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return with_members(plain(), {SHEET: sheet_xml("<row><c><v>&a;</v></c></row>", before=doctype)})
