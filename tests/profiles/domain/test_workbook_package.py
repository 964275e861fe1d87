"""What is let in: sound files only, and the others at a bounded cost."""

from __future__ import annotations

import tracemalloc
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companies.profiles.domain.workbook.package import (
    Limits,
    Refusal,
    RefusedError,
    column_letters,
    column_number,
    inspect,
)
from tests.profiles.workbook import files

LIMITS = Limits()
SOUND = files.plain()
MACRO_TYPE = (
    b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
)


def encrypted() -> bytes:
    """A zip of which every member says that it is encrypted."""
    data = bytearray(SOUND)
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 1)
    return bytes(data)


def twice_the_same_name() -> bytes:
    target = BytesIO(SOUND)
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", b"<x/>")
    return target.getvalue()


def without_end() -> bytes:
    return SOUND[: len(SOUND) // 2]


BAD_FILES = {
    "nothing": (b"", Refusal.EMPTY),
    "too big": (b"PK\x03\x04" + bytes(LIMITS.packed), Refusal.TOO_BIG),
    "old xls or encrypted": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        Refusal.OLD_OR_LOCKED,
    ),
    "csv": ("naam;aandeel\r\nChoco;40\r\n".encode("cp1252"), Refusal.NOT_A_WORKBOOK),
    "utf-16 text": ("naam;aandeel".encode("utf-16"), Refusal.NOT_A_WORKBOOK),
    "html named xls": (b"<html><table><tr><td>1</td></tr></table></html>", Refusal.NOT_A_WORKBOOK),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), Refusal.NOT_A_WORKBOOK),
    "half a file": (without_end(), Refusal.BROKEN),
    "an encrypted zip": (encrypted(), Refusal.OLD_OR_LOCKED),
    "any other zip": (
        files.with_members(SOUND, {"xl/workbook.xml": None, "word/document.xml": b"<x/>"}),
        Refusal.NOT_A_WORKBOOK,
    ),
    "path that leads out": (files.with_members(SOUND, {"../../up.xml": b"<x/>"}), Refusal.BROKEN),
    "path from the root": (files.with_members(SOUND, {"/etc/up.xml": b"<x/>"}), Refusal.BROKEN),
    "two members of one name": (twice_the_same_name(), Refusal.BROKEN),
    "macros": (files.with_members(SOUND, {"xl/vbaProject.bin": b"x"}), Refusal.MACROS),
    "old macros": (
        files.with_members(SOUND, {"xl/macrosheets/sheet1.xml": b"<x/>"}),
        Refusal.MACROS,
    ),
    "macros by type": (
        files.with_members(SOUND, {"[Content_Types].xml": MACRO_TYPE}),
        Refusal.MACROS,
    ),
    "links": (
        files.with_members(SOUND, {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        Refusal.LINKS,
    ),
    "embedded": (files.with_members(SOUND, {"xl/embeddings/o.bin": b"x"}), Refusal.EMBEDDED),
    "bomb": (files.bomb(200 * 1024 * 1024), Refusal.BOMB),
    "entities": (files.laughing(), Refusal.UNSAFE_XML),
    "file of the server": (files.outside_entity(), Refusal.UNSAFE_XML),
    "no xml": (files.with_members(SOUND, {files.SHEET: b"hello"}), Refusal.BROKEN),
    "wrong encoding": (
        files.with_members(
            SOUND, {files.SHEET: b'<?xml version="1.0" encoding="UTF-8"?><a>\xff</a>'}
        ),
        Refusal.BROKEN,
    ),
    "unknown encoding": (
        files.with_members(SOUND, {files.SHEET: b'<?xml version="1.0" encoding="klingon"?><a/>'}),
        Refusal.BROKEN,
    ),
    "too many cells": (files.many_elements(150_000), Refusal.TOO_MUCH),
    "too deep": (
        files.with_members(SOUND, {files.SHEET: b"<a>" * 500 + b"</a>" * 500}),
        Refusal.TOO_MUCH,
    ),
    "too many styles": (
        files.with_members(SOUND, {"xl/styles.xml": b"<a>" + b"<xf/>" * 30_000 + b"</a>"}),
        Refusal.TOO_MUCH,
    ),
    "too many members": (
        files.with_members(SOUND, {f"docs/{n}.xml": b"<x/>" for n in range(300)}),
        Refusal.TOO_MUCH,
    ),
}


def test_a_sound_file_is_let_in() -> None:
    assert set(inspect(SOUND, LIMITS)) == {files.SHEET}


@pytest.mark.parametrize("name", BAD_FILES)
def test_each_bad_file_has_its_one_reason(name: str) -> None:
    data, expected = BAD_FILES[name]
    with pytest.raises(RefusedError) as caught:
        inspect(data, LIMITS)
    assert caught.value.refusal == expected


@pytest.mark.parametrize("name", ["bomb", "entities", "too many cells", "too many styles"])
def test_a_bomb_costs_little_memory(name: str) -> None:
    """Far less than the 200 MB, or the gigabytes, that the file asks for."""
    data, _expected = BAD_FILES[name]
    tracemalloc.start()
    try:
        with pytest.raises(RefusedError):
            inspect(data, LIMITS)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


def test_a_size_that_lies_is_counted_all_the_same() -> None:
    """The directory says one byte; unpacking is counted, not believed."""
    data = bytearray(files.bomb(30 * 1024 * 1024))
    place = data.rfind(b"PK\x01\x02", 0, data.rfind(files.SHEET.encode()))
    data[place + 24 : place + 28] = (1).to_bytes(4, "little")
    with pytest.raises(RefusedError):
        inspect(bytes(data), LIMITS)


def test_marks_tell_formulas_and_merged_cells() -> None:
    inside = '<row r="3"><c r="B3"><f>1+1</f><v>2</v></c><c><f>A1</f></c></row>'
    merged = '<mergeCells><mergeCell ref="A4:B5"/></mergeCells>'
    data = files.with_members(SOUND, {files.SHEET: files.sheet_xml(inside, after=merged)})
    marks = inspect(data, LIMITS)[files.SHEET]
    assert marks.formulas == {(3, 2), (3, 3)}
    assert marks.merged == ["A4:B5"]
    assert marks.last_row == 3


@given(st.integers(1, 20_000))
def test_letters_and_numbers_of_columns_are_each_others_inverse(number: int) -> None:
    assert column_number(column_letters(number)) == number


@settings(max_examples=150)
@given(st.data())
def test_damaged_bytes_are_refused_or_let_in_and_nothing_else(data: st.DataObject) -> None:
    damaged = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 12))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with suppress(RefusedError):
        assert inspect(bytes(damaged), LIMITS)


@given(st.binary(max_size=300))
def test_any_bytes_after_the_start_of_a_zip(tail: bytes) -> None:
    with pytest.raises(RefusedError):
        inspect(b"PK\x03\x04" + tail, LIMITS)
