"""What a daily update costs, held against a bare delete and COPY of its kept rows.

Run: ``python -m tests.benchmarks.register_update [scale [touched]]`` (1 is a register of full
size; the default is a quarter, and 11,000 touched entities). A full extract comes in first;
then updates one after the other: one to warm up, a quarter and a half of that size, and five
that count. For each of them, in the same run:

- update: the whole import in this process, so start-up apart: unpack, read, decide, complete,
  merge, differences, rows of the search, commit;
- bare: in one transaction on copies of the tables with the same indexes and checks, without
  foreign keys: COPY the list of touched numbers, delete their rows, COPY the rows that the
  register has of them afterwards. Those of the search likewise.

Compared are the medians; the limit is five times.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from tests.benchmarks.peer_benchmark import throw_away_database
from tests.benchmarks.register_extract import Plan, write_full, write_update

LIMIT, UPDATES = 5.0, 5
# Table -> the column with the number that it is deleted and copied by; children first.
TABLES = {
    "searchentry": "establishment_id",
    "contactchannel": "coalesce(enterprise_id, establishment_id)",
    "establishmentactivity": "establishment_id",
    "enterpriseactivity": "enterprise_id",
    "establishment": "number",
    "enterprise": "number",
}
OWNERS = ("enterprise_id", "establishment_id")


def touched_numbers(path: Path) -> list[str]:
    """Whatever the update names, ten digits each."""
    found: set[str] = set()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.lower().partition("_")[2] in ("delete.csv", "insert.csv"):
                with io.TextIOWrapper(archive.open(name), encoding="utf-8") as lines:
                    next(lines)
                    found.update(line[1:13].replace(".", "") for line in lines)
    return sorted(found)


def imported(path: Path) -> tuple[float, dict[str, int]]:
    """Seconds and counts of an import in this process."""
    from companies.register import services
    from companies.register.models import RegisterImport

    row = services.request_import(source=str(path))
    start = time.perf_counter()
    services.run_import(pk=row.pk)
    seconds = time.perf_counter() - start
    row = RegisterImport.objects.get(pk=row.pk)
    if row.status != "finished":
        raise SystemExit(f"The import failed: {row.error}")
    return seconds, row.counts


def make_bare(cursor: Any) -> None:
    """Copies of the tables as they are now."""
    for table in TABLES:
        cursor.execute(f"CREATE TABLE bare_{table} (LIKE register_{table} INCLUDING ALL)")
        cursor.execute(f"INSERT INTO bare_{table} SELECT * FROM register_{table}")
        cursor.execute(f"ANALYZE bare_{table}")


def bare(cursor: Any, numbers: list[str]) -> tuple[float, int]:
    """Seconds of the delete and COPY, and how many rows it copied."""
    listed: dict[str, bytes] = {}
    for table, column in TABLES.items():
        query = f"COPY (SELECT * FROM register_{table} WHERE {column} = ANY(%s)) TO STDOUT"
        with cursor.copy(query, (numbers,)) as out:
            listed[table] = b"".join(bytes(block) for block in out)
    rows = 0
    start = time.perf_counter()
    cursor.execute("BEGIN")
    cursor.execute("CREATE TEMPORARY TABLE touched (number varchar(10)) ON COMMIT DROP")
    with cursor.copy("COPY touched FROM STDIN") as copy:
        copy.write("".join(f"{number}\n" for number in numbers).encode())
    cursor.execute("ANALYZE touched")
    for table, column in TABLES.items():
        for owner in OWNERS if "coalesce" in column else (column,):
            cursor.execute(f"DELETE FROM bare_{table} b USING touched t WHERE b.{owner} = t.number")
    for table in reversed(TABLES):
        with cursor.copy(f"COPY bare_{table} FROM STDIN") as copy:
            copy.write(listed[table])
        rows += cursor.rowcount
    cursor.execute("COMMIT")
    return time.perf_counter() - start, rows


def main(scale: float, touched: int) -> int:
    """Measure; 1 when the limit is broken."""
    from django.core.management import call_command
    from django.db import connection

    for command in ("migrate", "load_reference"):
        call_command(command, verbosity=0)
    sys.stdout.write(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    plan, updates, bares = Plan(scale=scale), [], []
    with tempfile.TemporaryDirectory() as name, connection.cursor() as cursor:
        folder = Path(name)
        write_full(plan, folder / "full.zip")
        seconds, counts = imported(folder / "full.zip")
        sys.stdout.write(f"full: {counts['establishments']:,d} places in {seconds:.1f} s\n")
        make_bare(cursor)
        # The first one warms up; a quarter and a half show that the cost is linear.
        sizes = (touched, touched // 4, touched // 2, *[touched] * UPDATES)
        for number, size in enumerate(sizes, plan.number + 1):
            path = folder / "update.zip"
            read = sum(write_update(plan, path, touched=size, number=number).values())
            numbers = touched_numbers(path)
            seconds, counts = imported(path)
            apart, rows = bare(cursor, numbers)
            if number > plan.number + len(sizes) - UPDATES:
                updates.append(seconds)
                bares.append(apart)
            sys.stdout.write(
                f"update {number}: {read:,d} rows of {counts['touched']:,d} entities, {rows:,d}"
                f" kept; {counts.get('establishments_changed', 0):,d} places changed,"
                f" {counts['incomplete']:,d} left open:"
                f" {seconds:.2f} s, bare {apart:.2f} s\n"
            )
    ratio = statistics.median(updates) / statistics.median(bares)
    sys.stdout.write(f"update / bare delete and COPY = {ratio:.2f} (limit {LIMIT:g})\n")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    given = sys.argv[1:]
    with throw_away_database():
        code = main(float(given[0]) if given else 0.25, int(given[1]) if len(given) > 1 else 11_000)
    raise SystemExit(code)
