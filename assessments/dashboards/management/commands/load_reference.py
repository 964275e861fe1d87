"""Load the reference data of every room, from the lowest floor up."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand

ROOMS = (
    "portal.accounts",
    "companies.register",
    "companies.profiles",
    "companies.partners",
    "assessments.readiness",
    "assessments.opportunities",
    "assessments.matching",
)


class Command(BaseCommand):
    """Can be run again at any time: what is there already stays as it is."""

    help = "Load postal points, code lists, questionnaire, rule set and matching policy."

    def handle(self, *args: Any, **options: Any) -> None:
        """Call each room's ``services.load_reference``."""
        for room in ROOMS:
            if find_spec(f"{room}.services") is None:
                continue
            load = getattr(import_module(f"{room}.services"), "load_reference", None)
            if load is None:
                continue
            load()
            if options["verbosity"] > 1:
                self.stdout.write(f"{room}: reference data loaded")
