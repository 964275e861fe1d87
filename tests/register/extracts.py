"""Small extracts in the published format, written by hand for one story each."""

from __future__ import annotations

import zipfile
from pathlib import Path

from companies.register.domain.numbers import (
    format_enterprise_number,
    format_establishment_number,
    with_check_digits,
)
from companies.register.importing.source import COLUMNS

META = (
    '"SnapshotDate","01-11-2026"',
    '"ExtractTimestamp","01-11-2026 08:00:00"',
    '"ExtractType","full"',
    '"ExtractNumber","150"',
    '"Version","R018.00"',
)


def enterprise(index: int) -> str:
    """A printed enterprise number in the range that is not in use."""
    return format_enterprise_number(with_check_digits(19_500_000 + index))


def place(index: int) -> str:
    """A printed establishment number in the range that is not in use."""
    return format_establishment_number(with_check_digits(89_500_000 + index))


def digits(printed: str) -> str:
    """The number as the portal keeps it."""
    return printed.replace(".", "")


class Extract:
    """Lines per file; starts with the headers and one chocolate maker with one place."""

    def __init__(self) -> None:
        self.lines: dict[str, list[str]] = {
            file: [",".join(f'"{column}"' for column in columns)]
            for file, columns in COLUMNS.items()
        }
        self.lines["meta"] += META
        self.add(
            "code", '"Nace2025","10820","NL","Chocolade"', '"Nace2025","10820","EN","Chocolate"'
        )
        self.company(1)

    def add(self, file: str, *lines: str) -> Extract:
        """Further lines of a file."""
        self.lines[file] += lines
        return self

    def company(self, index: int, *, activities: bool = True) -> Extract:
        """A legal person with one place in Antwerp that makes chocolate."""
        self.add("enterprise", f'"{enterprise(index)}","AC","000","2","610",,01-02-2003')
        self.add("denomination", f'"{enterprise(index)}","2","001","Choco {index}"')
        self.add("establishment", f'"{place(index)}",04-05-2006,"{enterprise(index)}"')
        self.add(
            "address",
            f'"{place(index)}","BAET",,,"2000","Antwerpen","Anvers","Kerkstraat","Kerkstraat",'
            f'"{index}",,,',
        )
        if activities:
            self.add("activity", f'"{place(index)}","001","2025","10820","MAIN"')
        return self

    def drop(self, file: str, beginning: str) -> Extract:
        """Take away the lines that start with this printed number."""
        self.lines[file] = [
            line for line in self.lines[file] if not line.startswith(f'"{beginning}"')
        ]
        return self

    def bytes_of(self, file: str) -> bytes:
        """The file as it is written."""
        return ("\n".join(self.lines[file]) + "\n").encode()

    def folder(self, path: Path) -> Path:
        """Written as a folder."""
        path.mkdir(parents=True, exist_ok=True)
        for file in self.lines:
            (path / f"{file}.csv").write_bytes(self.bytes_of(file))
        return path

    def zip(self, path: Path) -> Path:
        """Written as a ZIP."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in self.lines:
                archive.writestr(f"{file}.csv", self.bytes_of(file))
        return path
