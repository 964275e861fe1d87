"""What is taken in, and everything that pretends to be it."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.profiles.domain.files import (
    CONTENT_TYPES,
    EXTENSIONS,
    LONGEST_NAME,
    Kind,
    Unfit,
    UnfitFileError,
    examine,
    harmless_name,
)
from tests.profiles.samples import EXCEL, jpeg, office, pdf, png

GOOD = {
    "verslag.pdf": pdf(),
    "brief.docx": office(),
    "lijst.xlsx": office(EXCEL),
    "foto.PNG": png(),
    "foto.jpg": jpeg(),
    "foto.jpeg": jpeg(),
    "verslag.2024.pdf": pdf(),
}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def archive(**members: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
    return file.getvalue()


def bomb() -> bytes:
    """Five hundred megabytes of nothing in half a megabyte."""
    return office(more={f"word/{n}.xml": b"\0" * 50_000_000 for n in range(5)})


def overlapping() -> bytes:
    """A directory in which many members point at the same packed bytes."""
    data = bytearray(office(more={"word/a.xml": bytes(range(256)) * 40, "word/b.xml": b"b"}))
    sizes = [place for place in range(len(data)) if data[place : place + 4] == b"PK\x01\x02"]
    for place in sizes[2:]:
        data[place + 20 : place + 24] = len(data).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize("name", GOOD)
def test_each_kind_is_taken_in(name: str) -> None:
    found = examine(name, GOOD[name])
    assert found.kind == EXTENSIONS[name.rpartition(".")[2].lower()]
    assert found.size == len(GOOD[name])
    assert len(found.sha256) == 64
    assert found.name == name


BAD: list[tuple[str, str, bytes, Unfit]] = [
    ("nothing at all", "leeg.pdf", b"", Unfit.EMPTY),
    ("a page", "pagina.html", HTML, Unfit.EXTENSION),
    ("a picture that can hold a script", "logo.svg", SVG, Unfit.EXTENSION),
    ("no extension", "verslag", pdf(), Unfit.EXTENSION),
    ("only an extension", ".pdf", pdf(), Unfit.EXTENSION),
    ("a program behind a double extension", "verslag.pdf.exe", pdf(), Unfit.EXTENSION),
    ("a program called PDF", "verslag.exe.pdf", b"MZ\x90\0" + b"\0" * 99, Unfit.CONTENT),
    ("a renamed SVG", "logo.png", SVG, Unfit.CONTENT),
    ("a PDF called PNG", "foto.png", pdf(), Unfit.CONTENT),
    ("Excel called Word", "lijst.docx", office(EXCEL), Unfit.CONTENT),
    ("any archive called Word", "brief.docx", archive(a=b"x"), Unfit.CONTENT),
    ("an archive in front of a PDF", "x.pdf", archive(a=b"x") + pdf(), Unfit.CONTENT),
    ("an archive behind a PDF", "x.pdf", pdf() + archive(a=b"x"), Unfit.TWO_IN_ONE),
    ("an archive with a PDF end as comment", "x.pdf",
     pdf() + office(comment=b"startxref\n0\n%%EOF"), Unfit.TWO_IN_ONE),
    ("a web page in front of a PDF", "x.pdf", HTML + pdf(), Unfit.CONTENT),
    ("a web page inside the head of a PDF", "x.pdf",
     b"%PDF-1.4\n" + HTML + b"\n" + pdf(), Unfit.TWO_IN_ONE),
    ("a web page behind a PDF", "x.pdf", pdf() + HTML, Unfit.TWO_IN_ONE),
    ("half a PDF", "x.pdf", pdf()[:30], Unfit.BROKEN),
    ("a PDF without its table", "x.pdf", b"%PDF-1.4\n%%EOF", Unfit.BROKEN),
    ("half a PNG", "x.png", png()[:-10], Unfit.BROKEN),
    ("a PNG with a wrong check sum", "x.png", png()[:-1] + b"\0", Unfit.BROKEN),
    ("an archive behind a PNG", "x.png", png() + archive(a=b"x"), Unfit.TWO_IN_ONE),
    ("half a JPEG", "x.jpg", jpeg()[:-2], Unfit.BROKEN),
    ("a JPEG of nothing", "x.jpg", b"\xff\xd8\xff\xd9", Unfit.BROKEN),
    ("a page behind a JPEG", "x.jpg", jpeg() + HTML, Unfit.TWO_IN_ONE),
    ("macros by member", "x.docx", office(more={"word/vbaProject.bin": b"x"}), Unfit.MACROS),
    ("macros by type", "x.docx", office("document.macroEnabled.main+xml"), Unfit.MACROS),
    ("old macros of Excel", "x.xlsx",
     office(EXCEL, more={"xl/macrosheets/s.xml": b"x"}), Unfit.MACROS),
    ("a member that leads out", "x.docx", office(more={"../../etc/x": b"x"}), Unfit.BROKEN),
    ("half an Office file", "x.docx", office()[:-30], Unfit.BROKEN),
    ("an Office file with a tail", "x.docx", office(comment=b"tail"), Unfit.TWO_IN_ONE),
    ("an Office file with a head", "x.docx", b"PK\x03\x04" + office(), Unfit.TWO_IN_ONE),
    ("an old Word file", "x.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, Unfit.LOCKED),
    ("a zip bomb", "x.docx", bomb(), Unfit.BOMB),
    ("members over each other", "x.docx", overlapping(), Unfit.BOMB),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "reason"), [row[1:] for row in BAD], ids=[r[0] for r in BAD]
)
def test_what_pretends_is_refused(name: str, data: bytes, reason: Unfit) -> None:
    with pytest.raises(UnfitFileError) as caught:
        examine(name, data)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\An\\verslag.pdf", "verslag.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("...verborgen.pdf", "verborgen.pdf"),
        ("regel\r\nSet-Cookie: a=b.pdf", "regelSet-Cookie_ a=b.pdf"),
        ("nul\0byte.pdf", "nulbyte.pdf"),
        ("verslag\u202efdp.exe.pdf", "verslagfdp.exe.pdf"),
        ("jaarverslag  één\u00a0😀.pdf", "jaarverslag één 😀.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_names_become_harmless(name: str, clean: str) -> None:
    assert harmless_name(name) == clean


@given(st.text(max_size=400))
def test_a_name_is_never_a_path_and_stays_the_same_when_cleaned_again(name: str) -> None:
    clean = harmless_name(name)
    assert len(clean) <= LONGEST_NAME
    assert not set(clean) & set('/\\\0\r\n"')
    assert not clean.startswith(".")
    assert harmless_name(clean) == clean


@given(st.binary(max_size=300), st.sampled_from(sorted(EXTENSIONS)))
def test_noise_is_refused_with_a_reason_and_never_a_crash(data: bytes, extension: str) -> None:
    with pytest.raises(UnfitFileError):
        examine(f"x.{extension}", data)


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_a_file_that_is_cut_off_is_refused(name: str, data: st.DataObject) -> None:
    whole = GOOD[name].rstrip()
    length = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(UnfitFileError):
        examine(name, whole[:length])


def test_every_kind_has_a_content_type_that_no_browser_runs() -> None:
    assert set(CONTENT_TYPES) == set(Kind)
    assert not any("html" in kind or "svg" in kind for kind in CONTENT_TYPES.values())
