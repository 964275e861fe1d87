"""Small files of every kind, and files that pretend."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Override PartName="/main.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.{main}"/></Types>'
)
WORD = "wordprocessingml.document.main+xml"
EXCEL = "spreadsheetml.sheet.main+xml"


def pdf(text: str = "Jaarverslag", padding: int = 0) -> bytes:
    """A PDF of one object; ``padding`` bytes of comment make it larger."""
    body = f"%PDF-1.4\n1 0 obj\n<< /Title ({text}) >>\nendobj\n".encode("latin-1")
    body += b"%" + b"x" * padding + b"\n"
    return body + b"trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


def pdf_of_size(size: int) -> bytes:
    """A PDF of exactly this many bytes."""
    return pdf(padding=size - len(pdf()))


def office(
    main: str = WORD, *, more: dict[str, bytes] | None = None, comment: bytes = b""
) -> bytes:
    """An Office file with its main part, and ``more`` members."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES.format(main=main))
        archive.writestr("word/document.xml", "<w/>")
        for name, data in (more or {}).items():
            archive.writestr(name, data)
        archive.comment = comment
    return file.getvalue()


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png() -> bytes:
    """One grey point."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    picture = _chunk(b"IDAT", zlib.compress(b"\0\x80"))
    return b"\x89PNG\r\n\x1a\n" + header + picture + _chunk(b"IEND", b"")


def jpeg() -> bytes:
    """The segments of a picture, without a picture worth seeing."""
    start = b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    frame = b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00"
    return start + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x00\xff\xd9"
