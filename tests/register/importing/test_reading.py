"""A full extract against the plain rules, row by row: what is staged and what is refused."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from companies.register.content.watch_list import watched
from companies.register.domain.records import CLASS_RANK, Activity, chosen_activities
from companies.register.importing.errors import Rejects
from companies.register.importing.reading import FullReader
from companies.register.importing.selection import WatchList
from companies.register.importing.source import Source, open_source
from companies.register.importing.staging import Staging
from tests.benchmarks.register_extract import Plan, write_full

WATCHED = sorted({(version.value, prefix) for version, prefix, _ in watched()})
Kept = dict[str, set[tuple[Any, ...]]]


class Collected(Staging):
    """Keeps the rows instead of copying them."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: Kept = defaultdict(set)

    def add(self, table: str, row: tuple[Any, ...]) -> None:
        self.kept[table].add(row)

    def add_lines(self, table: str, lines: Iterable[bytes]) -> None:  # type: ignore[override]
        for line in b"".join(lines).decode().splitlines():
            self.kept[table].add(tuple(line.split("\t")))

    def flush(self) -> None:
        """Nothing waits."""


def in_other_words(folder: Path, draw: random.Random) -> None:
    """The same rows, now and then in another form; some that nobody can read."""
    for path in folder.glob("*.csv"):
        head, *lines = path.read_text().splitlines(keepends=True)
        if path.stem in {"meta", "code"}:
            continue
        for at, line in enumerate(lines):
            chance = draw.random()
            if chance < 0.02:
                lines[at] = line[:-1] + "\r\n"
            elif chance < 0.04 and line.count('"') % 2 == 0 and '""' not in line[1:-2]:
                first, rest = line.split(",", 1)
                lines[at] = f"{first.strip(chr(34))},{rest}"
            elif chance < 0.045:
                lines[at] = "\n" + line
            elif chance < 0.05:
                lines[at] = draw.choice(['"x"\n', line[:-1] + ',"more"\n', f'"?",{line}'])
        path.write_text(head + "".join(lines))


def slowly(source: Source) -> tuple[Kept, int]:
    """The lines and numbers that are kept by table, and how many rows cannot be read."""
    rejects, listed = Rejects(ceiling=10**6), defaultdict(list)
    for _, (number, _, version, code, class_) in source.rows("activity", rejects):
        listed[bare(number)].append(Activity(version, code, class_))
    version = {
        number: min((row.version for row in rows), key=["2025", "2008", "2003"].index)
        for number, rows in listed.items()
    }
    chosen = {number: chosen_activities(rows) for number, rows in listed.items()}
    kept: Kept = defaultdict(set)
    entities = slow_entities(source, rejects, version, chosen, kept)
    for file, table, of_row in (
        ("denomination", "st_name", lambda _: True),
        ("contact", "st_contact", lambda row: row[2] != "FAX"),
        ("address", "st_address", lambda row: not row[12]),
    ):
        for line, row in source.rows(file, rejects):
            if bare(row[0]) in entities and of_row(row):
                kept[table].add((line, bare(row[0])))
    for number in entities & listed.keys():
        for code, class_ in chosen[number].items():
            kept["st_activity"].add((number, version[number], code, str(CLASS_RANK[class_])))
    return kept, rejects.count


def slow_entities(
    source: Source,
    rejects: Rejects,
    version: dict[str, str],
    chosen: dict[str, dict[str, str]],
    kept: Kept,
) -> set[str]:
    """The numbers of kept enterprises and establishments."""
    counts = {
        number: any(
            v == version[number] and code.startswith(prefix)
            for v, prefix in WATCHED
            for code in codes
        )
        for number, codes in chosen.items()
    }
    entities: set[str] = set()
    for line, (number, _, parent) in source.rows("establishment", rejects):
        if number != "?" and counts.get(bare(number), counts.get(bare(parent), False)):
            kept["st_establishment"].add((line, bare(number), bare(parent)))
            entities |= {bare(number), bare(parent)}
    for line, row in source.rows("enterprise", rejects):
        number = bare(row[0])
        if number in entities or (counts.get(number, False) and row[3] != "1"):
            kept["st_enterprise"].add((line, number))
            entities.add(number)
    return entities


def bare(number: str) -> str:
    return number.replace(".", "")


@pytest.mark.parametrize("seed", [1, 2])
def test_a_full_extract_is_staged_as_the_plain_rules_say(tmp_path: Path, seed: int) -> None:
    write_full(Plan(scale=0.001, seed=seed), tmp_path)
    in_other_words(tmp_path, random.Random(seed))
    staging, rejects = Collected(), Rejects(ceiling=10**6)
    with open_source(tmp_path) as source:
        FullReader(
            source,
            watched=WatchList(WATCHED),
            known=[],
            points={},
            staging=staging,
            rejects=rejects,
            told=lambda _done, _total: None,
        ).read()
        slow, unreadable = slowly(source)
    fast = staging.kept
    assert {row[:3] for row in fast["st_establishment"]} == slow["st_establishment"]
    for table in ("st_enterprise", "st_name", "st_contact", "st_address"):
        assert {row[:2] for row in fast[table]} == slow[table], table
    assert fast["st_activity"] == slow["st_activity"]
    assert len(slow["st_establishment"]) > 100
    values = [one for one in rejects.listed if "values where" in str(one["reason"])]
    assert len(rejects.listed) < rejects.count or len(values) == unreadable
    assert unreadable > 0
