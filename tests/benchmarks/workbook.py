"""What reading an uploaded workbook costs: time and peak memory, against the bare library.

Run: ``python -m tests.benchmarks.workbook``. It writes no database.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import django

ROUNDS = 7


def bare(data: bytes) -> None:
    """Open the file with openpyxl, as it comes, and look at every cell."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data))
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            len(row)


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Median seconds of some rounds, then the peak of one more in MiB."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return statistics.median(times), peak / 2**20


def main() -> None:
    """Three sizes of profile, then the worst files that are still looked at."""
    from companies.profiles.domain.workbook.package import RefusedError
    from companies.profiles.models import Activity, Company, Customer, Equipment
    from companies.profiles.selectors import StoredFacts
    from companies.profiles.workbook.lists import EquipmentRows
    from companies.profiles.workbook.parts import Activities, Customers, Offers, Workforce
    from companies.profiles.workbook.read import read
    from companies.profiles.workbook.write import workbook_of
    from tests.profiles.workbook import files

    company = Company(name="Meting vzw", enterprise_number="0400000005")
    write = sys.stdout.write
    write("size          KiB    read s  peak MiB   bare s  peak MiB   time ratio\n")
    for label, count in (("empty", 0), ("average", 12), ("full", 50)):
        facts = StoredFacts(
            1,
            tuple(
                Activity(description=f"Werk {n}", turnover_share=1) for n in range(min(count, 40))
            ),
            tuple(
                Customer(name=f"Klant {n}", nace_division="10", turnover_share=1)
                for n in range(count)
            ),
            (),
            (),
            equipment=tuple(
                Equipment(kind="other", description=f"Machine {n}") for n in range(count)
            ),
        )
        parts = [
            Activities(facts),
            Customers(company, facts),
            Workforce(facts, this_year=2026),
            Offers(facts),
            EquipmentRows(facts.equipment),
        ]
        data = workbook_of(company, parts, version=1)
        ours, our_peak = measured(lambda data=data, parts=parts: read(data, parts))
        plain, plain_peak = measured(lambda data=data: bare(data))
        write(
            f"{label:10s} {len(data) / 1024:6.0f} {ours:9.3f} {our_peak:9.1f}"
            f" {plain:8.3f} {plain_peak:9.1f} {ours / plain:12.2f}\n"
        )
    write("\nrefused         KiB        s  peak MiB\n")
    bad = {
        "bomb 200 MB": files.bomb(200 * 1024 * 1024),
        "entities": files.laughing(),
        "150 000 cells": files.many_elements(150_000),
        "45 000 cells": files.many_elements(45_000),
    }
    for label, data in bad.items():

        def refuse(data: bytes = data) -> None:
            with suppress(RefusedError):
                read(data, [])

        seconds, peak = measured(refuse)
        write(f"{label:14s} {len(data) / 1024:5.0f} {seconds:9.3f} {peak:9.1f}\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    main()
