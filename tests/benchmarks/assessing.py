"""What judging companies costs: loading their facts, and assessing five opportunities on them.

Run: ``python -m tests.benchmarks.assessing``. It starts a database of its own in a temporary
folder, fills it with the demo companies over and over, and removes it afterwards.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from io import StringIO
from itertools import count, islice
from typing import Any

import django
import pgtrigger

from tests.database import EmbeddedDatabase

SIZES = (250, 500, 1000)
ROUNDS = 5
TODAY = date(2026, 11, 25)
BATCH = 100  # companies per round of the background task


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


def copy_rows(rows: list[Any], **changed: list[Any]) -> list[Any]:
    """New rows like these, with one value per row for each changed field."""
    for position, row in enumerate(rows):
        row.pk = None
        row._state.adding = True
        for field, values in changed.items():
            setattr(row, field, values[position])
    return type(rows[0])._base_manager.bulk_create(rows) if rows else []


def copy_companies(numbers: Any) -> None:
    """Every demo company once more, with all that its facts are made of."""
    from django.db import transaction

    from assessments.readiness.models import Answer, Scan
    from companies.profiles import models as profiles

    # Copies of submitted scans are no edits of them, and no history is wanted of copies.
    with transaction.atomic(), pgtrigger.ignore():
        originals = list(profiles.Company.objects.filter(is_demo=True).order_by("pk"))
        old = [row.pk for row in originals]
        through = profiles.Company.competences.through
        children = [
            profiles.Membership,
            profiles.CompanyEstablishment,
            profiles.Activity,
            profiles.Customer,
            profiles.OpportunityOffer,
            profiles.Equipment,
            profiles.Enclave,
            profiles.OwnProduct,
            profiles.Cooperation,
            profiles.PartConfirmation,
            profiles.WorkforceYear,
            Scan,
            through,
        ]
        kept = {model: list(model._base_manager.filter(company__in=old)) for model in children}
        made = copy_rows(
            originals,
            enterprise_number=list(islice(numbers, len(old))),
            is_demo=[False] * len(old),
        )
        new = {before: after.pk for before, after in zip(old, made, strict=True)}
        below = {profiles.WorkforceYear: (profiles.WorkforceCell, "workforce_year_id")}
        below[Scan] = (Answer, "scan_id")
        for model, rows in kept.items():
            keys = [row.pk for row in rows]
            grandchild, field = below.get(model, (None, ""))
            deeper = (
                list(grandchild._base_manager.filter(**{f"{field}__in": keys})) if field else []
            )
            copies = copy_rows(rows, company_id=[new[row.company_id] for row in rows])
            if grandchild is not None:
                parent = {key: row.pk for key, row in zip(keys, copies, strict=True)}
                copy_rows(deeper, **{field: [parent[getattr(row, field)] for row in deeper]})


def fill() -> None:
    """Tables, reference data, demo, and copies of it up to the largest size."""
    from django.core.management import call_command

    from companies.profiles.models import Company
    from tests.factories import checked

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("load_demo", "--establishments", "1500", stdout=StringIO())
    numbers = (checked(19_000_000 + n) for n in count())
    while Company.objects.count() < max(SIZES):
        copy_companies(numbers)


def main() -> None:
    """Three sizes, in batches as the task takes them and all at once as the preview does."""
    from assessments.opportunities.domain.assess import assess
    from assessments.opportunities.selectors import (
        collect_facts,
        published_rule_set,
        rule_set_values,
    )
    from companies.profiles.models import Company

    published = published_rule_set()
    assert published is not None
    rules = rule_set_values(published)
    write = sys.stdout.write
    write("companies     load s  peak MiB   assess s  peak MiB   assess/load   per company ms\n")
    for size in (BATCH, *SIZES):
        ids = list(Company.objects.order_by("pk").values_list("pk", flat=True)[:size])
        facts = collect_facts(ids, today=TODAY)
        loading, load_peak = measured(lambda ids=ids: collect_facts(ids, today=TODAY))
        assessing, assess_peak = measured(
            lambda facts=facts: [assess(one, rules, TODAY) for one in facts.values()]
        )
        write(
            f"{size:9d} {loading:10.3f} {load_peak:9.1f} {assessing:10.3f} {assess_peak:9.1f}"
            f" {assessing / loading:13.2f} {1000 * assessing / size:16.3f}\n"
        )


if __name__ == "__main__":
    database = EmbeddedDatabase()
    database.start()
    try:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
        django.setup()
        fill()
        main()
    finally:
        database.stop()
