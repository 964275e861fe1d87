"""What printing a board report costs, against typst's own time for an empty document.

Run: ``python -m tests.benchmarks.board_report [rounds]``. It fills a throw-away database with a
company that has everything and one that has nothing, and prints for each in ms of processor time
(of all threads together, so that other work on the machine counts little):

- gather: reading it all from the database;
- ours: writing, laying out and printing, as the worker does (every attempt to fit), in a
  process that remembers nothing of the report;
- again: the same for the report under another name, right after it;
- once: the form that fits, laid out and printed once, with nothing remembered;
- words: a document that holds the same words and charts as plain paragraphs, without our layout;
- empty: an empty document of as many pages with the same charts.

Compilers are made in the same way, with the same fonts and PDF standard; but for ``again`` typst
is made to forget before each turn. Rounds are taken in turn, so that a busy moment of the machine
hits all of them. ``memory`` is how much the process grew over ``REPORTS`` more reports, in MiB,
after the first ones that fill caches.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

ROUNDS = 15
REPORTS = 200
FORGOTTEN_AFTER = 11  # documents of others
EMPTY = b"""
#let data = json("data.json")
#set document(title: data.title)
#set text(font: "Atkinson Hyperlegible Next", lang: "nl", size: 9.5pt)
#for chart in data.charts { image(bytes(chart.svg), format: "svg", width: 8cm, alt: chart.alt) }
#for words in data.words { par(words) }
#for _ in range(data.breaks) { pagebreak() }
"""


def resident() -> float:
    """Memory of this process in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def texts_in(value: Any) -> list[str]:
    """Every text in the data of a report, the pictures aside."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for one in value for text in texts_in(one)]
    if isinstance(value, dict):
        left_out = {"svg", "alt", "kind", "tone", "colour"}
        return [text for key, one in value.items() if key not in left_out for text in texts_in(one)]
    return []


class Measured:
    """One company, and the documents that are made of it."""

    def __init__(self, company: Any) -> None:
        from assessments.dashboards.board_report.making import made
        from assessments.dashboards.board_report.printing import as_data

        self.company = company
        self.material = self.gathered()
        self.pages = made(self.material).pages
        self.report = self.last_report()
        self.data: dict[str, Any] = as_data(self.report)

    def gathered(self) -> Any:
        """Read it from the database."""
        from django.utils import timezone

        from assessments.dashboards.board_report.gather import gather

        return gather(self.company, language="nl", asked_by="Meting", now=timezone.now())

    def last_report(self) -> Any:
        """The form that fits."""
        from assessments.dashboards.board_report.limits import LIMITS
        from assessments.dashboards.board_report.printing import LaidOut
        from assessments.dashboards.board_report.writing import written

        reports = (written(self.material, limits) for limits in LIMITS)
        return next(report for report in reports if LaidOut(report).pages <= 4)

    @property
    def charts(self) -> list[dict[str, Any]]:
        """The charts of the report."""
        blocks = [block for section in self.data["sections"] for block in section["blocks"]]
        return [one for block in blocks if block["kind"] == "SideBySide" for one in block["left"]]

    def ours(self, name: str) -> None:
        """As the worker does."""
        from assessments.dashboards.board_report.making import made

        self.material.company.name = name
        made(replace(self.material))

    def once(self, name: str) -> None:
        """The template once."""
        from assessments.dashboards.board_report.printing import print_report

        print_report(replace(self.report, company=name), made_at=self.material.made_at)

    def other(self, name: str, words: list[str], breaks: int) -> None:
        """A document without our layout."""
        charts = [
            one | {"svg": one["svg"].replace("<title", f"<!--{name}--><title")}
            for one in self.charts
        ]
        compiled({"title": name, "charts": charts, "words": words, "breaks": breaks})

    def works(self) -> dict[str, Callable[[str], object]]:
        """What is timed, by name."""
        words = texts_in(self.data)
        return {
            "gather": lambda name: self.gathered(),
            "ours": self.ours,
            "again": self.ours,
            "once": self.once,
            "words": lambda name: self.other(name, [*words, name], 0),
            "empty": lambda name: self.other(name, [], self.pages - 1),
        }


def compiled(data: dict[str, Any] | None = None) -> None:
    """Print it with our fonts as PDF/UA; without data a short one."""
    import typst

    from assessments.dashboards.board_report.printing import FOLDER, STANDARD, fonts

    text = json.dumps(data or {"title": "x", "charts": [], "words": [], "breaks": 0})
    files: Any = {"main": EMPTY, "data.json": text.encode()}
    compiler = typst.Compiler(files, root=FOLDER, font_paths=fonts(), ignore_system_fonts=True)
    compiler.compile(format="pdf", pdf_standards=STANDARD)


def forget() -> None:
    """Print so many other documents that typst remembers nothing else."""
    for _ in range(FORGOTTEN_AFTER):
        compiled()


def measure(label: str, company: Any, rounds: int) -> None:
    """One line of the table."""
    measured = Measured(company)
    works = measured.works()
    times: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
            if name != "again":
                forget()
            start = time.process_time()
            work(f"Meting {turn} {name}")
            if turn:  # the first round reads files and fills caches
                times[name].append(1000 * (time.process_time() - start))
    middle = {name: statistics.median(found) for name, found in times.items()}
    best = {name: min(found) for name, found in times.items()}
    for index in range(REPORTS + 20):
        if index == 20:
            gc.collect()
            before = resident()
        measured.ours(f"Geheugen {index}")
    gc.collect()
    numbers = "".join(f"{middle[name]:8.1f}" for name in works)
    ratios = [
        middle["ours"] / middle["empty"],
        middle["again"] / middle["empty"],
        middle["once"] / middle["empty"],
        middle["words"] / middle["empty"],
    ]
    sys.stdout.write(
        f"{label:8s}{measured.pages:6d}{numbers}"
        + "".join(f"{ratio:9.1f}" for ratio in ratios)
        + f"{resident() - before:9.1f}\n"
        + f"{'  best':14s}"
        + "".join(f"{best[name]:8.1f}" for name in works)
        + "\n"
    )


def main(rounds: int) -> None:
    """The fullest and the emptiest company."""
    from django.core.management import call_command
    from django.db import transaction
    from django.utils import timezone, translation

    from assessments.opportunities import services as opportunities
    from tests.dashboards.board_report.companies import bare_company, whole_company

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    with transaction.atomic():
        whole, bare = whole_company(name="Meting Vol vzw"), bare_company(name="Meting Leeg vzw")
        opportunities.assess_behind(now=timezone.now())
    sys.stdout.write(
        f"median and best of {rounds} rounds, in ms of processor time\n"
        "company  pages  gather    ours   again    once   words   empty"
        "   ours/e  again/e   once/e  words/e   memory\n"
    )
    with translation.override("nl"):
        measure("full", whole, rounds)
        measure("bare", bare, rounds)


if __name__ == "__main__":
    from tests.benchmarks.peer_benchmark import throw_away_database

    with throw_away_database():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
