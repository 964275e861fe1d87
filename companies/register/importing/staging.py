"""Temporary tables that the kept rows of an extract are copied into.

They belong to one connection and vanish with it, so an import that is killed leaves
nothing. The object-relational mapper is never used while a COPY is going on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

CHUNK = 20_000
WORK_MEMORY = "64MB"
TABLES: dict[str, str] = {
    "st_enterprise": (
        "line integer, number varchar(10), printed varchar(12), is_natural boolean,"
        " legal_form text, legal_situation text, started_on date, is_known boolean"
    ),
    "st_establishment": (
        "line integer, number varchar(10), enterprise varchar(10), started_on date"
    ),
    # trade_rank is empty for a name that may be a person's.
    "st_name": (
        "line integer, number varchar(10), rank smallint, trade_rank smallint,"
        " name text, name_key text"
    ),
    "st_address": (
        "line integer, number varchar(10), rank smallint, street text, house_number text,"
        " box text, postcode text, municipality text, municipality_key text, country text,"
        " province text, x_m integer, y_m integer"
    ),
    "st_activity": ("number varchar(10), version varchar(4), code varchar(7), rank smallint"),
    "st_contact": "line integer, number varchar(10), kind varchar(5), value text",
    # Of an update: which of the files touch the entity, as bits.
    "st_touched": "number varchar(10), is_place boolean, files smallint",
    "st_nace": "version varchar(4), code varchar(7), language varchar(2), label text",
}


class Staging:
    """Buffers rows per table and copies them chunk by chunk."""

    def __init__(self) -> None:
        self._buffers: dict[str, list[tuple[Any, ...]]] = {table: [] for table in TABLES}

    def create(self) -> None:
        """Make the tables anew; call it inside the transaction of the import."""
        with connection.cursor() as cursor:
            # Joins and sorts of a whole register fit in memory with this; until the commit.
            cursor.execute(f"SET LOCAL work_mem = '{WORK_MEMORY}'")
            for table, columns in TABLES.items():
                cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
                cursor.execute(f"CREATE TEMPORARY TABLE {table} ({columns}) ON COMMIT DROP")

    def add(self, table: str, row: tuple[Any, ...]) -> None:
        """Keep a row for the next COPY."""
        buffer = self._buffers[table]
        buffer.append(row)
        if len(buffer) >= CHUNK:
            self._copy(table, buffer)
            buffer.clear()

    @staticmethod
    def add_lines(table: str, lines: Iterable[bytes]) -> None:
        """Copy rows that are written in COPY's text format already."""
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for part in lines:
                copy.write(part)

    def flush(self) -> None:
        """Copy what is left, and let the planner know the tables."""
        for table, buffer in self._buffers.items():
            if buffer:
                self._copy(table, buffer)
                buffer.clear()
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"ANALYZE {table}")

    def _copy(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        self.add_lines(table, ["".join(map(copy_line, rows)).encode()])


def copy_line(row: tuple[Any, ...]) -> str:
    """A row in COPY's text format; takes text, numbers, dates, truth values and None."""
    line = "\t".join(["\\N" if value is None else str(value) for value in row])
    is_plain = (
        line.count("\\") == row.count(None)
        and line.count("\t") == len(row) - 1
        and "\n" not in line
        and "\r" not in line
    )
    if not is_plain:
        line = "\t".join("\\N" if value is None else _escaped(str(value)) for value in row)
    return f"{line}\n"


def _escaped(text: str) -> str:
    for sign, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(sign, written)
    return text
