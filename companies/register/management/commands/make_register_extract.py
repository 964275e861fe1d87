"""Write a fictional register extract in the format of KBO Open Data."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from companies.register.demo.extract import ExtractPlan, write_extract


class Command(BaseCommand):
    """Seeded: the same options write the same files."""

    help = "Write a fictional register extract in the format of KBO Open Data."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many establishments, where to, and from which seed."""
        parser.add_argument("--establishments", type=int, required=True, metavar="N")
        parser.add_argument("--out", type=Path, required=True, help="a folder, or a name in .zip")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--extract-number", type=int, default=150)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the extract and say how long it took."""
        started = time.perf_counter()
        try:
            plan = ExtractPlan(
                establishments=options["establishments"],
                seed=options["seed"],
                number=options["extract_number"],
            )
            out = write_extract(plan, options["out"])
        except (OSError, ValueError) as error:
            raise CommandError(f"Cannot write the extract: {error}") from error
        seconds = time.perf_counter() - started
        self.stdout.write(f"{plan.establishments} establishments in {out} ({seconds:.1f} s)")
