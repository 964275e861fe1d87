"""What a full import costs, held against the parts that nobody can do without.

Run: ``python -m tests.benchmarks.register_import [scale ...]`` (1 is a full extract of
46.8 million rows and needs 4 GB in the temporary folder). For each scale, in one run:

- inflate: unpack every file of the ZIP and throw the bytes away;
- duckdb: the same selection from the same CSV files, unpacked on disk beforehand, in DuckDB with
  all cores: watch list per NACE version, places, enterprises, and their rows of every file. It
  must find as many establishments, enterprises and activities as the import;
- duckdb, only reading: every file read once, nothing joined and nothing kept; a harder measure;
- copy: a bare COPY of the rows that the register holds afterwards into empty tables with the
  same indexes and checks, without foreign keys;
- copy for the search: likewise for the rows that the search reads, which an import makes too;
- import: ``manage.py import_kbo`` in a process of its own, start-up and all; then once more
  on top of the full register.

Memory is the highest resident set of that process and its children together; that of the
server's process for its connection stands beside it. The import may cost 2.5 times the sum of
inflate, duckdb and both copies.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.peer_benchmark import throw_away_database
from tests.benchmarks.register_extract import Plan, write_full

ROOT = Path(__file__).resolve().parents[2]
SCALES = (0.125, 0.25, 0.5, 1.0)
LIMIT, MEMORY_LIMIT_MIB = 2.5, 1536
TABLES = (
    "nacecode", "enterprise", "establishment", "establishmentactivity", "enterpriseactivity",
    "contactchannel",
)  # fmt: skip
# Made from the others for the search; counted apart.
DERIVED = ("searchentry",)
COPY_BYTES = 1 << 20


@dataclass
class Figures:
    """Seconds per part, rows and memory (MiB) of one size."""

    scale: float
    seconds: dict[str, float] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)

    @property
    def reference(self) -> float:
        return sum(
            self.seconds[part] for part in ("inflate", "duckdb", "copy", "copy for the search")
        )

    @property
    def bare_reference(self) -> float:
        parts = ("inflate", "duckdb, only reading", "copy", "copy for the search")
        return sum(self.seconds[part] for part in parts)

    @property
    def ratio(self) -> float:
        return self.seconds["import"] / self.reference


@contextmanager
def timed(figures: Figures, part: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    figures.seconds[part] = time.perf_counter() - start


def inflate(path: Path, keep: Path | None = None) -> None:
    """Read all files of the ZIP; write them to ``keep`` or throw them away."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            target = (keep / name).open("wb") if keep else None
            with archive.open(name) as stream:
                while block := stream.read(1 << 21):
                    if target:
                        target.write(block)
            if target:
                target.close()


def filter_in_duckdb(folder: Path, watched: list[tuple[str, str]], memory: str) -> dict[str, int]:
    """The rows that an import keeps, as tables of DuckDB; how many of each."""
    import duckdb

    database = duckdb.connect()
    database.execute(f"SET memory_limit='{memory}'; SET temp_directory='{folder}/spill'")
    database.execute("SET preserve_insertion_order=false")
    prefixes: dict[str, list[str]] = {}
    for version, prefix in watched:
        prefixes.setdefault(version, []).append(prefix)
    tests = {
        version: " OR ".join(f"starts_with(NaceCode, '{prefix}')" for prefix in sorted(set(listed)))
        for version, listed in prefixes.items()
    }
    # Two bits per version, the newest highest: listed, and watched.
    bits = " ".join(
        f"WHEN '{version}' THEN CASE WHEN {tests.get(version, 'false')} THEN {3 << shift}"
        f" ELSE {2 << shift} END"
        for version, shift in (("2025", 4), ("2008", 2), ("2003", 0))
    )

    def csv(file: str) -> str:
        return f"read_csv('{folder}/{file}.csv', header=true, all_varchar=true, quote='\"')"

    database.execute(f"""
        CREATE TABLE entity AS
        SELECT number,
          CASE WHEN bits >= 32 THEN '2025' WHEN bits >= 8 THEN '2008' ELSE '2003' END AS version,
          CASE WHEN bits >= 32 THEN bits & 16 WHEN bits >= 8 THEN bits & 4 ELSE bits & 1 END > 0
            AS watched
        FROM (SELECT EntityNumber AS number, bit_or(CASE NaceVersion {bits} END) AS bits
              FROM {csv("activity")} GROUP BY ALL)
    """)
    database.execute(f"""
        CREATE TABLE place AS
        SELECT s.* FROM {csv("establishment")} s
        LEFT JOIN entity o ON o.number = s.EstablishmentNumber
        LEFT JOIN entity p ON p.number = s.EnterpriseNumber
        WHERE coalesce(o.watched, p.watched, false)
    """)
    database.execute(f"""
        CREATE TABLE firm AS
        SELECT e.* FROM {csv("enterprise")} e LEFT JOIN entity o ON o.number = e.EnterpriseNumber
        WHERE e.EnterpriseNumber IN (SELECT EnterpriseNumber FROM place)
           OR (o.watched AND e.TypeOfEnterprise <> '1')
    """)
    database.execute("""
        CREATE TABLE kept AS
        SELECT EstablishmentNumber AS number FROM place
        UNION ALL SELECT EnterpriseNumber FROM firm
    """)
    for file in ("denomination", "address", "contact"):
        database.execute(
            f"CREATE TABLE {file} AS SELECT f.* FROM {csv(file)} f"
            " SEMI JOIN kept ON kept.number = f.EntityNumber"
        )
    database.execute(f"""
        CREATE TABLE activity AS
        SELECT DISTINCT a.EntityNumber, a.NaceVersion, a.NaceCode FROM {csv("activity")} a
        JOIN entity e ON e.number = a.EntityNumber AND e.version = a.NaceVersion
        SEMI JOIN kept ON kept.number = a.EntityNumber
    """)
    counts = {
        name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # type: ignore[index]
        for name in ("place", "firm", "denomination", "address", "contact", "activity")
    }
    database.close()
    return counts


def scan_in_duckdb(folder: Path) -> int:
    """Every file read once and no more: some of its lines are counted."""
    import duckdb

    from companies.register.importing.source import COLUMNS

    database, found = duckdb.connect(), 0
    for file in ("activity", "enterprise", "establishment", "denomination", "address", "contact"):
        test = "starts_with(NaceCode, '10')" if file == "activity" else f"{COLUMNS[file][0]} <> ''"
        counted = database.execute(
            f"SELECT count(*) FROM read_csv('{folder}/{file}.csv', header=true,"
            f" all_varchar=true, quote='\"', delim=',') t WHERE {test}"
        ).fetchone()
        found += counted[0] if counted else 0
    database.close()
    return found


def import_in_a_process(path: Path, figures: Figures, part: str) -> None:
    """``manage.py import_kbo``; its time and the memory it needed at most."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "import_kbo", str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    highest = server = 0
    while process.poll() is None:
        highest = max(highest, sum(_resident(pid) for pid in _family(process.pid)))
        server = max(server, _server_memory())
        time.sleep(0.2)
    said = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise SystemExit(f"The import failed: {said}")
    figures.seconds[part] = time.perf_counter() - start
    figures.memory[part] = highest / 1024
    figures.memory[f"{part}, server"] = server / 1024


def _resident(pid: int, name: str = "VmRSS") -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found.group(1)) if found else 0


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(int(child)))]


def _server_memory() -> int:
    """The largest private memory of a process of the server."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        pids = [pid for (pid,) in cursor.fetchall()]
    return max((_resident(pid, "RssAnon") for pid in pids), default=0)


def _existing(names: tuple[str, ...]) -> list[str]:
    from django.db import connection

    present = set(connection.introspection.table_names())
    return [f"register_{name}" for name in names if f"register_{name}" in present]


def copy_bare(tables: list[str], folder: Path) -> tuple[float, dict[str, int]]:
    """Seconds of a COPY of what stands in the tables into empty ones; their rows."""
    from django.db import connection

    rows: dict[str, int] = {}
    with connection.cursor() as cursor:
        for table in tables:
            with (folder / table).open("wb") as file, cursor.copy(f"COPY {table} TO STDOUT") as out:
                for block in out:
                    file.write(block)
            cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
        cursor.execute("CHECKPOINT")
        start = time.perf_counter()
        for table in tables:
            with (
                (folder / table).open("rb") as file,
                cursor.copy(f"COPY bare_{table} FROM STDIN") as copy,
            ):
                while block := file.read(COPY_BYTES):
                    copy.write(block)
            rows[table] = cursor.rowcount
        seconds = time.perf_counter() - start
        for table in tables:
            cursor.execute(f"DROP TABLE bare_{table}")
            (folder / table).unlink()
    return seconds, rows


def measure(scale: float, folder: Path, memory: str) -> Figures:
    """All figures of one size."""
    from django.core.management import call_command

    from companies.register.models import RegisterImport, WatchedNace

    figures, path, csvs = Figures(scale), folder / "extract.zip", folder / "csv"
    with timed(figures, "generate"):
        figures.rows["extract"] = sum(write_full(Plan(scale=scale), path).values())
    figures.memory["ZIP"] = path.stat().st_size / 2**20
    call_command("flush", interactive=False, verbosity=0)
    call_command("load_reference", verbosity=0)
    watched = list(WatchedNace.objects.values_list("version", "prefix"))
    with timed(figures, "inflate"):
        inflate(path)
    csvs.mkdir()
    inflate(path, csvs)
    with timed(figures, "duckdb"):
        filtered = filter_in_duckdb(csvs, watched, memory)
    with timed(figures, "duckdb, only reading"):
        scan_in_duckdb(csvs)
    shutil.rmtree(csvs)
    import_in_a_process(path, figures, "import")
    figures.seconds["copy"], kept = copy_bare(_existing(TABLES), folder)
    figures.seconds["copy for the search"], derived = copy_bare(_existing(DERIVED), folder)
    figures.rows |= {"kept": sum(kept.values()), "derived": sum(derived.values())}
    import_in_a_process(path, figures, "again")
    _compare(filtered, RegisterImport.objects.latest("pk").counts, kept)
    path.unlink()
    return figures


def _compare(filtered: dict[str, int], counts: dict[str, int], kept: dict[str, int]) -> None:
    """DuckDB must have found what the import kept, apart from what the merge leaves out."""
    ours = kept["register_establishmentactivity"] + kept["register_enterpriseactivity"]
    sys.stdout.write(
        f"  establishments {counts['establishments']:,d} (duckdb {filtered['place']:,d}),"
        f" enterprises {counts['enterprises']:,d} ({filtered['firm']:,d}),"
        f" activities {ours:,d} ({filtered['activity']:,d} before inheritance)\n"
    )
    if counts["establishments_changed"] or counts["rejected"]:
        raise SystemExit("The second import of the same extract changed or refused something")
    if abs(filtered["place"] - counts["establishments"]) > 0.03 * counts["establishments"]:
        raise SystemExit("DuckDB selected something else than the import")


def _show(figures: Figures, write: Callable[[str], Any]) -> None:
    seconds = figures.seconds
    parts = "  ".join(f"{part} {value:.1f} s" for part, value in seconds.items())
    memory = ", ".join(f"{part} {value:.0f} MiB" for part, value in figures.memory.items())
    write(
        f"scale {figures.scale:g}: {figures.rows['extract']:,d} rows,"
        f" {figures.rows['kept']:,d} kept, {figures.rows['derived']:,d} for the search\n"
        f"  {parts}\n  {memory}\n"
        f"  import / (inflate + duckdb + copies) = {seconds['import']:.1f} /"
        f" {figures.reference:.1f} = {figures.ratio:.2f} (limit {LIMIT}); the second one"
        f" {seconds['again'] / figures.reference:.2f}\n"
        f"  with DuckDB only reading the files: {seconds['import'] / figures.bare_reference:.2f}\n"
        f"  {1e6 * seconds['import'] / figures.rows['extract']:.2f} s a million rows,"
        f" {1e6 * figures.reference / figures.rows['extract']:.2f} for the three parts\n"
    )


def main(scales: list[float]) -> int:
    """Measure, smallest first; 1 when a limit is broken."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    total = int(re.findall(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[0]) >> 20
    sys.stdout.write(
        f"{os.cpu_count()} cores, {total} GiB, load {os.getloadavg()[0]:.1f};"
        f" Python {sys.version.split()[0]}\n"
    )
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for scale in scales:
            figures = measure(scale, Path(folder), memory=f"{max(2, total // 4)}GB")
            _show(figures, sys.stdout.write)
            sys.stdout.flush()
            failed |= figures.ratio > LIMIT or figures.memory["import"] > MEMORY_LIMIT_MIB
    return int(failed)


if __name__ == "__main__":
    chosen = [float(given) for given in sys.argv[1:]] or list(SCALES)
    with throw_away_database():
        code = main(chosen)
    raise SystemExit(code)
