"""Reads a tagged PDF back as a screen reader does: tags with texts, in their order.

Only what PDF files of our own printing hold: two-byte fonts with a table to Unicode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

Marks = list[tuple[int | None, bool]]
SHOWN = {b"Tj", b"'", b'"', b"TJ"}


@dataclass
class Tag:
    """An element of the structure tree: its kind, what it says of itself, and what is in it."""

    kind: str
    alt: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    inside: list[Tag | str] = field(default_factory=list)

    def all(self, *kinds: str) -> Iterator[Tag]:
        """Every tag of these kinds below this one, in reading order."""
        for one in self.inside:
            if isinstance(one, Tag):
                if one.kind in kinds:
                    yield one
                yield from one.all(*kinds)

    @property
    def text(self) -> str:
        """Everything that is read, as one line."""
        parts = (one if isinstance(one, str) else one.text for one in self.inside)
        return " ".join(" ".join(parts).replace("\u00ad", "").split())


class TaggedPdf:
    """A file, its structure tree, and the fonts in it."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(BytesIO(data))
        self.root: Any = self.reader.trailer["/Root"]
        self._texts: dict[tuple[int, int], str] = {}
        self.fonts: dict[str, DictionaryObject] = {}
        for number, page in enumerate(self.reader.pages):
            self._read_page(number, page)
        self._numbers = {
            page.indirect_reference.idnum: number  # type: ignore[union-attr]
            for number, page in enumerate(self.reader.pages)
        }

    @property
    def tree(self) -> Tag:
        """The whole document."""
        top = Tag("Root")
        self._walk(self.root["/StructTreeRoot"].get("/K"), top, None)
        return top

    @property
    def metadata(self) -> str:
        """The XMP packet."""
        return str(self.root["/Metadata"].get_object().get_data().decode())

    def _walk(self, kids: Any, into: Tag, page: int | None) -> None:
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        for raw in kids if isinstance(kids, ArrayObject) else [kids]:
            kid = raw.get_object() if hasattr(raw, "get_object") else raw
            if isinstance(kid, int):
                assert page is not None
                into.inside.append(self._texts.get((page, int(kid)), ""))
            elif isinstance(kid, DictionaryObject):
                here = self._numbers[kid.raw_get("/Pg").idnum] if "/Pg" in kid else page
                if kid.get("/Type") == "/MCR":
                    into.inside.append(self._texts.get((here or 0, int(kid["/MCID"])), ""))
                elif "/S" in kid:
                    tag = Tag(str(kid["/S"])[1:], str(kid.get("/Alt", "")), _attributes(kid))
                    into.inside.append(tag)
                    self._walk(kid.get("/K", ArrayObject()), tag, here)

    def _read_page(self, number: int, page: Any) -> None:
        fonts = {
            name: one.get_object()
            for name, one in page["/Resources"].get_object().get("/Font", {}).items()
        }
        self.fonts |= {str(one["/BaseFont"]): one for one in fonts.values()}
        tables = {name: _to_unicode(one) for name, one in fonts.items()}
        marks: Marks = []
        table: dict[int, str] = {}
        for operands, operator in ContentStream(page.get_contents(), self.reader).operations:
            if operator in {b"BDC", b"BMC"}:
                marks.append(self._mark(number, operands, marks))
            elif operator == b"EMC":
                marks.pop()
            elif operator == b"Tf":
                table = tables[operands[0]]
            elif operator in SHOWN and not any(is_said for _, is_said in marks):
                self._say(number, marks, _decoded(operands, table))

    def _mark(self, page: int, operands: Any, around: Marks) -> tuple[int | None, bool]:
        """Marked content: its number, and whether its text was told with it (``ActualText``)."""
        properties = operands[1] if len(operands) > 1 else None
        if not isinstance(properties, DictionaryObject):
            return None, False
        number = int(properties["/MCID"]) if "/MCID" in properties else None
        if "/ActualText" in properties:
            self._say(page, [*around, (number, False)], str(properties["/ActualText"]))
        return number, "/ActualText" in properties

    def _say(self, page: int, marks: Marks, text: str) -> None:
        """Add to what the innermost numbered mark says; what has none is no content."""
        mark = next((one for one, _ in reversed(marks) if one is not None), None)
        if mark is not None:
            self._texts[page, mark] = self._texts.get((page, mark), "") + text


def _attributes(element: DictionaryObject) -> dict[str, Any]:
    found: dict[str, Any] = {}
    given = element.get("/A", ArrayObject())
    given = given.get_object() if hasattr(given, "get_object") else given
    for one in given if isinstance(given, ArrayObject) else [given]:
        found |= dict(one.get_object())
    return found


def _decoded(operands: Any, table: dict[int, str]) -> str:
    parts = operands[0] if isinstance(operands[0], ArrayObject) else operands
    text = ""
    for part in parts:
        if isinstance(part, (str, bytes)):
            data = part if isinstance(part, bytes) else part.original_bytes  # type: ignore[attr-defined]
            codes = [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]
            text += "".join(table.get(code, "\ufffd") for code in codes)
    return text


def _to_unicode(font: DictionaryObject) -> dict[int, str]:
    """Code of a glyph to its text."""
    source = font["/ToUnicode"].get_object().get_data().decode("ascii")
    table: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            table[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", source, re.DOTALL):
        for low, high, text in re.findall(
            r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block
        ):
            first = ord(bytes.fromhex(text).decode("utf-16-be"))
            for step, code in enumerate(range(int(low, 16), int(high, 16) + 1)):
                table[code] = chr(first + step)
    return table
