"""``manage.py match``: match all companies, or one, through the worker or here."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.matching import services
from assessments.matching.models import MatchRun
from assessments.matching.tasks import run_matching
from companies.profiles.models import Company
from portal.common.run_rows import RunStatus


class Command(BaseCommand):
    """Queue a run and print its number (the default), or do it in this process."""

    help = "Match companies with partners."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where it runs, and over what."""
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--queue", action="store_true", help="leave it to a worker (default)")
        where.add_argument("--now", action="store_true", help="do it in this process and wait")
        parser.add_argument("--company", type=int, metavar="ID", help="only this company")

    def handle(self, *args: Any, **options: Any) -> None:
        """Queue, and execute with ``--now``."""
        run = self._queue(options["company"])
        if not options["now"]:
            run_matching.delay(run.pk)
            self.stdout.write(str(run.pk))
            return
        services.execute(run_id=run.pk)
        run.refresh_from_db()
        if run.status != RunStatus.FINISHED:
            raise CommandError(f"Run {run.pk} {run.status}: {run.error or 'another run goes on'}")
        self.stdout.write(
            f"Run {run.pk}: {run.companies_count} companies, {run.partners_count} partners, "
            f"{run.matches_count} matches, {run.proposals_count} proposals, "
            f"{run.seconds or 0:.1f} s"
        )

    def _queue(self, company_id: int | None) -> MatchRun:
        if company_id is None:
            return services.queue_full_run()
        if not Company.objects.verified().filter(pk=company_id).exists():
            raise CommandError(f"There is no verified company {company_id}.")
        return services.queue_company_run(company_id=company_id)
