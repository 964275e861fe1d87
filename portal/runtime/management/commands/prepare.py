"""The part of ``up`` that fills the database; can be run alone on a server."""

from __future__ import annotations

import logging
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.runtime import preparation
from portal.runtime.preparation import Events, Wishes

logger = logging.getLogger(__name__)
EXIT_LOST_CONNECTION = 75  # a passing failure: worth another try


class Command(BaseCommand):
    """Migrations, reference data, and the demo with its first matching run."""

    help = "Apply migrations, load reference data and, with --demo, the demo data."
    requires_system_checks = ()  # `check` is its own command; here it would cost a second
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """What to prepare, and where to send events."""
        parser.add_argument("--demo", action="store_true", help="load demo data the first time")
        parser.add_argument("--events", type=int, default=None, metavar="FD")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare; a failure is one line here and in full in the log."""
        events = Events(options["events"])
        try:
            preparation.prepare(Wishes(demo=options["demo"]), events, say=self.stdout.write)
        except Exception as error:
            line, lost = preparation.explain(error)
            if options["events"] is None:
                raise CommandError(line) from error
            logger.exception("prepare failed")
            events.send("failed", line=line)
            sys.exit(EXIT_LOST_CONNECTION if lost else 1)
