"""Demo data: a register extract, imported like a real one, and companies upon it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from assessments.dashboards import services
from assessments.dashboards.content.demo_companies import COMPANIES
from assessments.opportunities import services as opportunities
from companies.register.demo.extract import ExtractPlan, write_extract
from companies.register.demo.known import KnownEnterprise, KnownPlace, known_enterprise_number
from portal.common.audit import source

ESTABLISHMENTS = 20_000


class Command(BaseCommand):
    """Made-up companies and people; can be run again: what is there already stays as it is."""

    help = "Load demo data: a register extract of fictional establishments, companies, accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        """How large the register is, and from which seed it is drawn."""
        parser.add_argument("--establishments", type=int, default=ESTABLISHMENTS, metavar="N")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write an extract, import it, then sign the demo companies up on it."""
        if services.demo_is_loaded():
            self.stdout.write("Demo data are there already.")
            return
        with tempfile.TemporaryDirectory(prefix="portal-demo-") as folder:
            plan = ExtractPlan(
                establishments=options["establishments"], seed=options["seed"], known=_known()
            )
            extract = write_extract(plan, Path(folder) / "kbo-demo.zip")
            call_command("import_kbo", str(extract), stdout=self.stdout)
        numbers = {
            company.name: known_enterprise_number(position)
            for position, company in enumerate(COMPANIES)
        }
        with source("load_demo"):
            count = services.load_demo_people_and_companies(numbers=numbers)
        opportunities.assess_behind(now=timezone.now(), limit=count)
        self.stdout.write(f"{count} demo companies signed up and assessed.")


def _known() -> tuple[KnownEnterprise, ...]:
    """The demo companies as the register knows them; the last one is not in the register."""
    return tuple(
        KnownEnterprise(
            name=company.name,
            places=tuple(
                KnownPlace(postcode=postcode)
                for postcode in (company.postcode, company.second_place)
                if postcode
            ),
        )
        for company in COMPANIES
    )
