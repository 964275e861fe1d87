"""What an uploaded file really is, told by its content and never by what it says it is.

Only five kinds are taken in. Each is read strictly: from its first byte to its last, so
that a file that is two things at once (a PDF that is also an archive or a web page) is
refused. Nothing is unpacked except the short table of contents of an Office file. This is
no search for malware (decision 8).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

import puremagic

LONGEST_NAME = 150
LONGEST_EXTENSION = 10
CONTENT_TYPES_PART = "[Content_Types].xml"
LARGEST_CONTENT_TYPES = 1024 * 1024
MOST_MEMBERS = 5_000
MOST_UNPACKED = 200 * 1024 * 1024
HIGHEST_RATIO = 200  # text of a sheet packs some tens of times smaller
PNG_START = b"\x89PNG\r\n\x1a\n"
PDF_START = re.compile(rb"%PDF-[12]\.\d[\s\x80-\xff%]")
MARKUP = re.compile(rb"<\s*(!doctype|html|script|svg|body|iframe|\?php)", re.IGNORECASE)
HEAD = 2048
_ENCRYPTED = 0x1
_ZIP_ERRORS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, RuntimeError,
    OSError, EOFError, ValueError,
)  # fmt: skip


class Kind(StrEnum):
    """Kinds of files that are taken in."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PNG = "png"
    JPEG = "jpeg"


EXTENSIONS: dict[str, Kind] = {
    "pdf": Kind.PDF,
    "docx": Kind.DOCX,
    "xlsx": Kind.XLSX,
    "png": Kind.PNG,
    "jpg": Kind.JPEG,
    "jpeg": Kind.JPEG,
}
CONTENT_TYPES: dict[Kind, str] = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
}
# What the second opinion, puremagic, calls the first bytes of each kind.
_SIGNATURES: dict[Kind, frozenset[str]] = {
    Kind.PDF: frozenset({".pdf"}),
    Kind.DOCX: frozenset({".docx", ".zip"}),
    Kind.XLSX: frozenset({".xlsx", ".zip"}),
    Kind.PNG: frozenset({".png"}),
    Kind.JPEG: frozenset({".jpg", ".jpeg", ".jfif"}),
}
_MAIN_PART: dict[Kind, bytes] = {
    Kind.DOCX: b"wordprocessingml.document.main+xml",
    Kind.XLSX: b"spreadsheetml.sheet.main+xml",
}


class Unfit(StrEnum):
    """Why a file is not taken in."""

    EMPTY = "empty"
    EXTENSION = "extension"  # not one of the five kinds
    CONTENT = "content"  # the content is not what the extension says
    BROKEN = "broken"  # it begins well and does not end well
    TWO_IN_ONE = "two_in_one"
    MACROS = "macros"
    LOCKED = "locked"
    BOMB = "bomb"


class UnfitFileError(Exception):
    """The file is not taken in; ``reason`` says why."""

    def __init__(self, reason: Unfit) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept; made by ``examine``."""

    name: str
    kind: Kind
    data: bytes
    sha256: str

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.data)


def examine(name: str, data: bytes) -> CheckedFile:
    """The file with a harmless name; UnfitFileError when it is not taken in."""
    clean = harmless_name(name)
    kind = EXTENSIONS.get(clean.rpartition(".")[2].lower()) if "." in clean else None
    if not data:
        raise UnfitFileError(Unfit.EMPTY)
    if kind is None:
        raise UnfitFileError(Unfit.EXTENSION)
    _CHECKS[kind](data)
    seen = {match.extension for match in puremagic.magic_string(data)}
    if not seen & _SIGNATURES[kind]:
        raise UnfitFileError(Unfit.CONTENT)
    return CheckedFile(clean, kind, data, hashlib.sha256(data).hexdigest())


def harmless_name(name: str) -> str:
    """The last part of a path, without control or direction marks, at most 150 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(
        " " if unicodedata.category(mark).startswith("Z") else mark
        for mark in last
        if not unicodedata.category(mark).startswith("C")
    )
    shown = " ".join(re.sub(r'[<>:"|?*]', "_", plain).split()).lstrip(". ")
    stem, dot, extension = shown.rpartition(".")
    if not dot or len(extension) > LONGEST_EXTENSION:
        return shown[:LONGEST_NAME]
    kept = stem[: LONGEST_NAME - len(extension) - 1].rstrip(". ") or "document"
    return f"{kept}.{extension}"


def _check_pdf(data: bytes) -> None:
    if not PDF_START.match(data):
        raise UnfitFileError(Unfit.CONTENT)
    tail = data[-HEAD:].rstrip(b"\0\t\n\f\r ")
    if not tail.endswith(b"%%EOF"):
        ended = b"%%EOF" in data
        raise UnfitFileError(Unfit.TWO_IN_ONE if ended else Unfit.BROKEN)
    if b"startxref" not in tail:
        raise UnfitFileError(Unfit.BROKEN)
    _refuse_second_nature(data)


def _refuse_second_nature(data: bytes) -> None:
    """An archive is found by its end, a web page by its beginning."""
    if zipfile.is_zipfile(BytesIO(data)) or MARKUP.search(data[:HEAD]):
        raise UnfitFileError(Unfit.TWO_IN_ONE)


def _check_png(data: bytes) -> None:
    """Every chunk with its check sum, the header first, nothing behind the end."""
    if not data.startswith(PNG_START):
        raise UnfitFileError(Unfit.CONTENT)
    place, names = len(PNG_START), []
    while place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4])
        name = data[place + 4 : place + 8]
        end = place + 12 + length
        body = data[place + 4 : end - 4]
        if end > len(data) or zlib.crc32(body) != int.from_bytes(data[end - 4 : end]):
            raise UnfitFileError(Unfit.BROKEN)
        names.append(name)
        place = end
        if name == b"IEND":
            break
    if not names or names[0] != b"IHDR" or names[-1] != b"IEND" or b"IDAT" not in names:
        raise UnfitFileError(Unfit.BROKEN)
    if place != len(data):
        raise UnfitFileError(Unfit.TWO_IN_ONE)
    _refuse_second_nature(data)


def _check_jpeg(data: bytes) -> None:
    """Segments up to the picture itself; the end of the picture is the end of the file."""
    if not data.startswith(b"\xff\xd8\xff"):
        raise UnfitFileError(Unfit.CONTENT)
    place, framed = 2, False
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # fill byte
            place += 1
            continue
        if marker == 0xDA:
            break
        framed = framed or (0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC})
        place += 2 + int.from_bytes(data[place + 2 : place + 4])
    if not framed or data[place : place + 2] != b"\xff\xda":
        raise UnfitFileError(Unfit.BROKEN)
    if not data.rstrip(b"\0").endswith(b"\xff\xd9"):
        ended = b"\xff\xd9" in data[place:]
        raise UnfitFileError(Unfit.TWO_IN_ONE if ended else Unfit.BROKEN)
    _refuse_second_nature(data)


def _check_docx(data: bytes) -> None:
    _check_office(data, Kind.DOCX)


def _check_xlsx(data: bytes) -> None:
    _check_office(data, Kind.XLSX)


def _check_office(data: bytes, kind: Kind) -> None:
    """An archive with the parts of Word or Excel, without macros, of a sane size."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # old Office, or one behind a password
        raise UnfitFileError(Unfit.LOCKED)
    if not data.startswith(b"PK\x03\x04"):
        raise UnfitFileError(Unfit.CONTENT)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members, len(data), has_comment=bool(archive.comment))
            types = _read_bounded(archive, CONTENT_TYPES_PART)
    except _ZIP_ERRORS:
        raise UnfitFileError(Unfit.BROKEN) from None
    if b"macroenabled" in types.lower() or b"vbaproject" in types.lower():
        raise UnfitFileError(Unfit.MACROS)
    if _MAIN_PART[kind] not in types:
        raise UnfitFileError(Unfit.CONTENT)


def _check_members(members: list[zipfile.ZipInfo], size: int, *, has_comment: bool) -> None:
    names = [member.filename for member in members]
    lowered = [name.lower() for name in names]
    if CONTENT_TYPES_PART not in names:
        raise UnfitFileError(Unfit.CONTENT)
    if has_comment or min(member.header_offset for member in members) != 0:
        raise UnfitFileError(Unfit.TWO_IN_ONE)
    if len(set(lowered)) != len(names) or any(_leads_out(name) for name in names):
        raise UnfitFileError(Unfit.BROKEN)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise UnfitFileError(Unfit.LOCKED)
    if any("vbaproject" in name or "macrosheets/" in name for name in lowered):
        raise UnfitFileError(Unfit.MACROS)
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    # Members that lie over each other pack more than the file holds.
    if len(members) > MOST_MEMBERS or packed > size or unpacked > MOST_UNPACKED:
        raise UnfitFileError(Unfit.BOMB)
    if unpacked > HIGHEST_RATIO * size:
        raise UnfitFileError(Unfit.BOMB)


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _read_bounded(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        text = part.read(LARGEST_CONTENT_TYPES + 1)
    if len(text) > LARGEST_CONTENT_TYPES:
        raise UnfitFileError(Unfit.BOMB)
    return text


_CHECKS = {
    Kind.PDF: _check_pdf,
    Kind.DOCX: _check_docx,
    Kind.XLSX: _check_xlsx,
    Kind.PNG: _check_png,
    Kind.JPEG: _check_jpeg,
}
