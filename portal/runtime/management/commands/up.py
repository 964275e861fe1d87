"""Start the whole portal on this machine."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.runtime.console import Console
from portal.runtime.failures import StartError
from portal.runtime.state import State
from portal.runtime.up import Options, Up

DEFAULT_PORT = 8000


class Command(BaseCommand):
    """See ``portal.runtime.up``."""

    help = (
        "Start the portal on this machine: PostgreSQL, worker, clock and web server, with demo "
        "data the first time. DATABASE_URL and CELERY_BROKER_URL replace the embedded parts. "
        "Stops with Ctrl-C; data stay in var/ (or PORTAL_STATE_DIR)."
    )
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Port, host, demo data, fresh start."""
        parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="default: %(default)s")
        parser.add_argument(
            "--host",
            default="localhost",
            help="where to listen; default: %(default)s. Demo accounts have known passwords: "
            "use --no-demo when others can reach the host.",
        )
        parser.add_argument(
            "--no-demo", action="store_true", help="start empty: no demo companies, no accounts"
        )
        parser.add_argument(
            "--fresh",
            action="store_true",
            help="delete the embedded database first (asks, unless --yes)",
        )
        parser.add_argument("--yes", action="store_true", help="do not ask before deleting")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until stopped; a reason not to start is one line and exit code 1."""
        if options["fresh"] and not options["yes"]:
            self._confirm()
        demo = not options["no_demo"]
        if demo and settings.PRODUCTION:
            raise CommandError("Demo data are for local use only: add --no-demo.")
        wishes = Options(
            host=options["host"], port=options["port"], demo=demo, fresh=options["fresh"]
        )
        state = State(settings.STATE.root.absolute())
        try:
            Up(wishes, state, Console(self._write)).run()
        except StartError as error:
            raise CommandError(str(error)) from None

    def _write(self, text: str) -> None:
        self.stdout.write(text, ending="")
        self.stdout.flush()

    @staticmethod
    def _confirm() -> None:
        if not sys.stdin.isatty():
            raise CommandError("--fresh deletes all data; add --yes to confirm.")
        answer = input("Delete all data of the embedded database? Type yes: ")
        if answer.strip().lower() != "yes":
            raise CommandError("Nothing was deleted.")
