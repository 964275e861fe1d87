"""Import a KBO Open Data extract, from a ZIP or a folder."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from companies.register import services
from companies.register.domain.numbers import format_number
from companies.register.models import RegisterImport
from portal.common import runs
from portal.common.run_rows import RunStatus

# A process that was killed holds its place until its lease runs out.
PATIENCE_SECONDS = runs.LEASE.total_seconds() + 15


class Command(BaseCommand):
    """The same import that a worker does, in this process."""

    help = "Import a KBO Open Data extract, full or update, from a ZIP or a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the extract is."""
        parser.add_argument("path", type=Path, help="a ZIP, or a folder with the CSV files")
        parser.add_argument(
            "--dry-run", action="store_true", help="report what would change, and change nothing"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Queue the import, do it here, and say what came in."""
        started = time.perf_counter()
        row = services.request_import(
            source=str(options["path"].resolve()), is_dry_run=options["dry_run"]
        )
        try:
            self._run(row.pk)
        except KeyboardInterrupt:
            services.cancel_import(pk=row.pk)
            raise CommandError("Stopped; the register is as it was.") from None
        row.refresh_from_db()
        if row.status != RunStatus.FINISHED:
            raise CommandError(row.error or "The import was stopped; the register is as it was.")
        self._report(row, time.perf_counter() - started)

    def _run(self, pk: int) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not services.run_import(pk=pk):
            if time.monotonic() > deadline:
                services.cancel_import(pk=pk)
                raise CommandError("Another import is going on; try again when it has ended.")
            self.stderr.write("Another import is going on; waiting for it.")
            time.sleep(2)
            runs.sweep(RegisterImport)
            services.supersede_imports(pk=pk)

    def _report(self, row: RegisterImport, seconds: float) -> None:
        counts = row.counts
        if row.is_dry_run:
            self.stdout.write("Trial run: the register is as it was. It would become:")
        self.stdout.write(
            f"Extract {row.extract_number} ({row.extract_type}): "
            f"{counts['establishments']} establishments of {counts['enterprises']} enterprises, "
            f"{counts['establishments_new']} new, {counts['establishments_changed']} changed, "
            f"{counts['establishments_gone']} gone, "
            f"{counts.get('establishments_returned', 0)} came back, "
            f"{counts['rejected']} rows refused ({seconds:.1f} s)"
        )
        for reject in row.rejects[:10]:
            self.stdout.write(f"  {reject['file']}, line {reject['line']}: {reject['reason']}")
        if counts.get("incomplete"):
            self.stdout.write(
                f"{counts['incomplete']} entities wait for the next full extract "
                "(the update has not all of their data):"
            )
        for entry in row.incomplete[:10]:
            self.stdout.write(f"  {format_number(entry['number'])}: {entry['reason']}")
        if row.is_dry_run:
            for difference in row.differences.order_by("kind", "number", "pk")[:20]:
                self.stdout.write(
                    f"  {difference.kind} {format_number(difference.number)} {difference.name}"
                    + "".join(f"; {field}" for field in difference.changes)
                )
