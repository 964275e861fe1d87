"""What the peer benchmark costs: one query, held against a plain aggregate over the same rows.

Run: ``python -m tests.benchmarks.peer_benchmark [rounds]``. It fills a throw-away database with
250, 500 and 1000 companies that each submitted three scans, and prints for each size the
median time of three statements, the round trip included:

- benchmark: what the result page asks, for every step of widening at once;
- plain: mean level and number of answers per transition over the answers of the scans that
  count (the latest of each company), with the same joins to scans and statements;
- all moments: the same over the answers of all three scans of every company.

Rounds of the three are taken in turn, so that a busy moment of the machine hits all of them.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import django

SIZES = (250, 500, 1000)
MOMENTS = 3
ROUNDS = 31
SEED = 20261125
PLAIN = """
SELECT t.transition_id, avg(a.level), count(*)
FROM readiness_scan s
JOIN readiness_answer a ON a.scan_id = s.id
JOIN readiness_statement t ON t.id = a.statement_id
WHERE s.questionnaire_id = %(questionnaire)s AND s.submitted_at IS NOT NULL
  AND a.level IS NOT NULL {latest}
GROUP BY t.transition_id
"""
LATEST = "AND s.moment = %(moment)s"


@contextmanager
def throw_away_database() -> Iterator[None]:
    """A server of its own unless ``DATABASE_URL`` names one; a new database in it either way."""
    from tests.browser.site import own_database
    from tests.database import EmbeddedDatabase

    server = EmbeddedDatabase()
    os.environ.setdefault("SECRET_KEY", "benchmark-only")
    if not os.environ.get("DATABASE_URL"):
        server.start()
    try:
        with own_database() as address:
            os.environ["DATABASE_URL"] = address
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
            django.setup()
            yield
            from django.db import connection

            connection.close()
    finally:
        server.stop()


@dataclass
class Filling:
    """Adds companies with their scans, in bulk, through the triggers of the real tables."""

    random: random.Random
    user: Any
    questionnaire: Any
    statements: list[int]
    made: int = 0

    def grow_to(self, companies: int) -> None:
        """Until there are so many."""
        from django.db import connection, transaction

        with transaction.atomic():
            new = self._companies(companies - self.made)
        for moment in range(MOMENTS):
            with transaction.atomic():
                self._scans(new, moment)
        self.made = companies
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def _companies(self, count: int) -> list[Any]:
        from companies.profiles.content.consents import current_text
        from companies.profiles.enums import ConsentPurpose, MemberRole, VerificationStatus
        from companies.profiles.models import (
            Activity,
            Company,
            Consent,
            Membership,
            WorkforceCell,
            WorkforceYear,
        )
        from portal.common.vocabulary import FLEMISH_PROVINCES, Cell
        from tests.factories import checked

        now = datetime.now(UTC)
        companies = Company.objects.bulk_create(
            Company(
                enterprise_number=checked(4_000_000 + self.made + n),
                name=f"Meting {self.made + n}",
                name_key=f"meting {self.made + n}",
                postcode="2000",
                province=self.random.choice(FLEMISH_PROVINCES).value,
                status=VerificationStatus.VERIFIED,
                decided_at=now,
                decided_by=self.user,
                created_by=self.user,
                terms_version="2026-11",
            )
            for n in range(count)
        )
        Membership.objects.bulk_create(
            Membership(company=company, user=self.user, role=MemberRole.OWNER)
            for company in companies
        )
        Consent.objects.bulk_create(
            Consent(
                company=company,
                purpose=ConsentPurpose.BENCHMARK,
                version=current_text(ConsentPurpose.BENCHMARK).version,
                given_by=self.user,
            )
            for company in companies
        )
        Activity.objects.bulk_create(
            Activity(company=company, cell=cell.value, turnover_share=share)
            for company in companies
            for cell, share in zip(self.random.sample(list(Cell), 3), (50, 30, 20), strict=True)
        )
        years = WorkforceYear.objects.bulk_create(
            WorkforceYear(company=company, year=year, guides_fte=5)
            for company in companies
            for year in (2024, 2025)
        )
        WorkforceCell.objects.bulk_create(
            WorkforceCell(
                workforce_year=year,
                target_group=group,
                guidance_level="midden",
                heads=400,
                fte=self.random.randint(5, 150),
            )
            for year in years
            for group in ("arbeidshandicap", "psychosociaal")
        )
        return companies

    def _scans(self, companies: list[Any], moment: int) -> None:
        from assessments.readiness.models import Answer, Scan

        scans = Scan.objects.bulk_create(
            Scan(
                company=company,
                questionnaire=self.questionnaire,
                moment=moment,
                started_by=self.user,
            )
            for company in companies
        )
        Answer.objects.bulk_create(
            (self._answer(scan, statement) for scan in scans for statement in self.statements),
            batch_size=5000,
        )
        Scan.objects.filter(pk__in=[scan.pk for scan in scans]).update(
            submitted_at=datetime.now(UTC), submitted_by=self.user
        )

    def _answer(self, scan: Any, statement: int) -> Any:
        from assessments.readiness.models import Answer, AnswerKind

        kind = self.random.choices(list(AnswerKind), weights=(90, 5, 5))[0]
        return Answer(
            scan=scan,
            statement_id=statement,
            kind=kind.value,
            level=self.random.randint(1, 5) if kind is AnswerKind.LEVEL else None,
            note="Een nota zoals mensen die schrijven." if self.random.random() < 0.2 else "",
            answered_by=self.user,
        )


def _timed(statement: str, values: dict[str, Any]) -> float:
    from django.db import connection

    start = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.fetchall()
    return 1000 * (time.perf_counter() - start)


def _plan(statement: str, values: dict[str, Any]) -> list[str]:
    """Where the time goes, in a few lines."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) {statement}", values)
        lines = [line for (line,) in cursor.fetchall()]
    words = ("Scan", "Join", "Aggregate", "Nested Loop", "Sort", "Execution Time")
    return [line for line in lines if any(word in line for word in words)]


def measure(companies: int, rounds: int) -> None:
    """One line of figures for this size."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from assessments.readiness.models import Scan
    from assessments.readiness.selectors import published_questionnaire
    from assessments.readiness.selectors.benchmark import PEERS, benchmark_of, parameters
    from assessments.readiness.selectors.parts import parts_of
    from assessments.readiness.selectors.values import Units

    questionnaire = published_questionnaire()
    scan = Scan.objects.order_by("pk").first()
    if questionnaire is None or scan is None:
        raise SystemExit("Nothing to measure")
    parts = parts_of(questionnaire)
    ours = parameters(scan.company_id, questionnaire.pk, parts, Units.of(parts))
    values = {"questionnaire": questionnaire.pk, "moment": MOMENTS - 1}
    work = {
        "benchmark": (PEERS, ours),
        "plain": (PLAIN.format(latest=LATEST), values),
        "all moments": (PLAIN.format(latest=""), values),
    }
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, (statement, given) in work.items():
            times[name].append(_timed(statement, given))
    best = {name: statistics.median(found) for name, found in times.items()}
    with CaptureQueriesContext(connection) as queries:
        found = benchmark_of(company_id=scan.company_id, questionnaire=questionnaire, minimum=5)
    sys.stdout.write(
        f"{companies:9d} {best['benchmark']:9.1f} {best['plain']:9.1f} {best['all moments']:11.1f}"
        f" {best['benchmark'] / best['plain']:9.2f} {best['benchmark'] / best['all moments']:11.2f}"
        f" {len(queries):7d} {found.companies:6d}\n"
    )
    if companies == SIZES[-1]:
        for name, (statement, given) in work.items():
            sys.stdout.write(f"\n{name}\n" + "\n".join(_plan(statement, given)) + "\n")


def main(rounds: int) -> None:
    """Fill and measure, the smallest size first."""
    from django.core.management import call_command

    from assessments.readiness.models import Statement
    from assessments.readiness.selectors import published_questionnaire
    from portal.accounts.services import create_person

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    questionnaire = published_questionnaire()
    filling = Filling(
        random.Random(SEED),
        create_person(email="meting@voorbeeld.test"),
        questionnaire,
        list(
            Statement.objects.filter(transition__questionnaire=questionnaire)
            .order_by("pk")
            .values_list("pk", flat=True)
        ),
    )
    sys.stdout.write(
        f"{MOMENTS} scans a company, {len(filling.statements)} answers a scan; median of {rounds}"
        " rounds in ms\n"
        "companies benchmark     plain all moments   : plain : all moments queries  peers\n"
    )
    for size in SIZES:
        filling.grow_to(size)
        measure(size, rounds)


if __name__ == "__main__":
    with throw_away_database():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
