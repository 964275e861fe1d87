"""Our engine against the same work in DuckDB and in PostgreSQL, and against the floor.

Run: ``python -m tests.benchmarks.matching [partners [companies]]`` (500,000 and 200 unless
said). All three answer the same problem in one run, and the script ends with an error unless
they give the same candidates, scores, distances and order. It prints, in seconds:

- floor: one numpy sum over each column of candidates (place and kind) per company and
  opportunity, as far as the company's radius reaches;
- engine: preparing and ranking all companies and opportunities, one process, one thread;
- DuckDB and PostgreSQL: statements of ``statements.py``, on all cores, loading apart.

Memory is the growth of the process at its highest while the engine works on a problem that is
there; growth is the engine's time at a fifth, the whole and four times the partners.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assessments.matching.domain.engine import Engine, Ranked
from assessments.matching.domain.problem import Problem
from tests.benchmarks.matching.statements import TEMPORARY, statements
from tests.benchmarks.matching.tables import TABLES, write_tables
from tests.benchmarks.matching.world import Drawing

Answer = dict[tuple[int, str], list[tuple[int, int, int]]]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came out."""
    begin = time.perf_counter()
    result = work()
    return time.perf_counter() - begin, result


def best_of(rounds: int, work: Callable[[], Any]) -> tuple[float, Any]:
    """The quickest of some rounds: what the machine can do when nobody disturbs it."""
    return min((timed(work) for _ in range(rounds)), key=lambda one: one[0])


def engine(problem: Problem) -> list[Ranked]:
    """Prepare and rank everything."""
    return Engine(problem).solve()


def floor(problem: Problem, reach: list[tuple[Any, int, int]]) -> int:
    """One sum over each column of candidates per company and opportunity."""
    return sum(
        int(columns.place[start:end].sum()) + int(columns.kind[start:end].sum())
        for columns, start, end in reach
    )


def reach_of(problem: Problem) -> list[tuple[Any, int, int]]:
    """The strips of the columns that the engine has to look at."""
    prepared = Engine(problem)._prepared
    xs = prepared.places[:, 0]
    found = []
    for company in problem.companies:
        for opportunity, columns in prepared.columns.items():
            offer = company.offers.get(opportunity)
            own = offer.radius_m if offer else None
            radius = own or problem.policy.opportunities[opportunity].radius_m
            west = min(x for x, _ in company.points) - radius
            east = max(x for x, _ in company.points) + radius
            low, high = xs.searchsorted(west), xs.searchsorted(east, side="right")
            found.append((columns, int(columns.first[low]), int(columns.first[high])))
    return found


def answer_of(problem: Problem, ranked: list[Ranked]) -> Answer:
    """Number, score and distance in order, by company and opportunity."""
    numbers = problem.partners.number
    return {
        (one.company.number, one.opportunity.value): [
            (int(numbers[row]), score, distance)
            for row, score, distance in zip(one.rows, one.scores, one.distances, strict=True)
        ]
        for one in ranked
        if one.rows
    }


class DuckDb:
    """An in-memory database with the tables."""

    name = "DuckDB"

    def __init__(self, folder: Path) -> None:
        import duckdb

        self._connection = duckdb.connect(config={"temp_directory": str(folder / "spill")})
        for table, columns in TABLES.items():
            self._connection.execute(f"CREATE TABLE {table} ({columns})")
            self._connection.execute(
                f"COPY {table} FROM '{folder}/{table}.csv' (FORMAT csv, HEADER false)"
            )

    def solve(self, problem: Problem) -> Answer:
        """All opportunities, one after the other."""
        return solve(problem, "duckdb", self._run)

    def _run(self, statement: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement).fetchall()

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()


class PostgreSql:
    """A server of its own with the tables, analysed and indexed; memory as for one big job."""

    name = "PostgreSQL"
    SETTINGS = (
        "work_mem='512MB'", "hash_mem_multiplier=2", "max_parallel_workers_per_gather=2",
        "temp_buffers='512MB'", "jit=off", "synchronous_commit=off",
    )  # fmt: skip

    def __init__(self, folder: Path) -> None:
        import psycopg

        from tests.database import EmbeddedDatabase

        self._server = EmbeddedDatabase()
        if not os.environ.get("DATABASE_URL"):
            self._server.start()
        self._connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        for setting in self.SETTINGS:
            self._connection.execute(f"SET {setting}")
        for table, columns in TABLES.items():
            self._connection.execute(f"CREATE TEMPORARY TABLE {table} ({columns})")
            with (
                self._connection.cursor() as cursor,
                (folder / f"{table}.csv").open("rb") as file,
                cursor.copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy,
            ):
                while block := file.read(1 << 20):
                    copy.write(block)
        self._connection.execute("CREATE INDEX ON partner (place)")
        for table in TABLES:
            self._connection.execute(f"ANALYZE {table}")

    def solve(self, problem: Problem) -> Answer:
        """All opportunities, one after the other."""
        return solve(problem, "postgresql", self._run)

    def _run(self, statement: str) -> list[tuple[Any, ...]]:
        cursor = self._connection.execute(statement)
        created = statement.split()[:3] == ["CREATE", "TEMPORARY", "TABLE"]
        if created:
            self._connection.execute(f"ANALYZE {statement.split()[3]}")
        return cursor.fetchall() if cursor.description and not created else []

    def close(self) -> None:
        """Stop the server."""
        self._connection.close()
        self._server.stop()


def solve(
    problem: Problem,
    dialect: str,
    run: Callable[[str], list[tuple[Any, ...]]],
) -> Answer:
    """Run the statements of every opportunity."""
    found: Answer = {}
    for opportunity in sorted(problem.policy.opportunities):
        for table in TEMPORARY:
            run(f"DROP TABLE IF EXISTS {table}")
        rows: list[tuple[Any, ...]] = []
        for statement in statements(opportunity.value, dialect):
            rows = run(statement)
        for company, number, score, distance, place in rows:
            if place <= problem.policy.top_k:
                found.setdefault((company, opportunity.value), []).append((number, score, distance))
    return found


def peak_growth(work: Callable[[], Any]) -> float:
    """MiB that a process grows at its highest, by a child that does the work."""
    reader, writer = os.pipe()
    if pid := os.fork():
        os.close(writer)
        os.waitpid(pid, 0)
        with os.fdopen(reader) as said:
            return float(said.read())
    Path("/proc/self/clear_refs").write_text("5")  # forget the high-water mark of the parent
    before = high_water()
    work()
    os.write(writer, str(high_water() - before).encode())
    os._exit(0)


def high_water() -> float:
    """The most memory that this process ever held, in MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the system tells no high-water mark")


def say(line: str) -> None:
    """One line at once, also into a file."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """The table."""
    partners = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    companies = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    problem = Drawing(companies, partners).problem()
    pairs = companies * partners * len(problem.policy.opportunities)
    say(f"{os.cpu_count()} cores; {companies} companies x {partners} partners, {pairs:,} pairs")
    reach = reach_of(problem)
    lowest, _ = best_of(5, lambda: floor(problem, reach))
    ours, ranked = best_of(3, lambda: engine(problem))
    expected = answer_of(problem, ranked)
    say(f"floor       {lowest:8.3f}")
    say(f"engine      {ours:8.3f}   {ours / lowest:6.1f} x floor, {ours / pairs * 1e9:.2f} ns/pair")
    say(f"memory      {peak_growth(lambda: engine(problem)):8.0f} MiB, {high_water():.0f} in all")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        write_tables(problem, folder)
        for kind in (DuckDb, PostgreSql):
            database = kind(folder)
            seconds, found = timed(lambda base=database: base.solve(problem))  # type: ignore[misc]
            database.close()
            say(f"{kind.name:11s} {seconds:8.3f}   {seconds / ours:6.1f} x engine")
            if found != expected:
                sys.exit(f"{kind.name} gives another answer than the engine")
    say("growth")
    for size in (partners // 5, partners, partners * 4):
        world = Drawing(companies, size).problem()
        seconds, _ = best_of(3, lambda world=world: engine(world))  # type: ignore[misc]
        say(f"  {size:9,d}  {seconds:8.3f}   {seconds / size * 1e6:6.2f} s per million partners")


if __name__ == "__main__":
    main()
