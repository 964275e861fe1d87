"""A real worker: what a company tells is judged again in seconds, and matches follow."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.running import BASE, RunningUp, clean_environment

pytestmark = pytest.mark.slow

JUDGED_WITHIN_S = 10
MATCHED_WITHIN_S = 15

# Runs beside the portal, on its database: writes through services, and looks at the clock.
VISITOR = """
import json, time
from django.core.management import call_command
from django.utils import timezone
from assessments.matching.models import Match
from assessments.opportunities.models import Assessment
from assessments.opportunities.services import end_override, give_override
from companies.profiles.services import ActivityInput, set_activities
from portal.common.vocabulary import Cell, Opportunity, Verdict
from tests.factories import UserFactory
from tests.matching.factories import chocolate_maker
from tests.opportunities.factories import metal_and_packing
from django.db import transaction

ENCLAVE = Opportunity.ENCLAVE

def seconds_until(condition, patience=120):
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < patience
        time.sleep(0.1)
    return time.monotonic() - began

def outcome():
    return Assessment.objects.filter(company=company, opportunity="enclave", is_current=True)

def is_judged():
    company.refresh_from_db()
    return outcome().filter(facts_version=company.facts_version).exists()

def potential():
    found = Match.objects.filter(company=company, opportunity="enclave")
    return found.values_list("potential", flat=True).first()

with transaction.atomic():
    company = metal_and_packing()
    chocolate_maker()
    adviser = UserFactory()
took = {"first": seconds_until(is_judged)}
call_command("match", now=True)
before = potential()

metal = ActivityInput(cell=Cell.MAAK_METAAL, turnover_share=70)
packing = ActivityInput(cell=Cell.HANDLING_VERPAKKING, turnover_share=30)
set_activities(company_id=company.pk, activities=[metal, packing])
took["facts"] = seconds_until(is_judged)

current = outcome().get()
other = Verdict.LAAG if current.verdict != Verdict.LAAG else Verdict.HOOG
give_override(
    company_id=company.pk, opportunity=ENCLAVE, verdict=other, reason="De gastheer stopt.",
    seen=current.pk, by=adviser, now=timezone.now(),
)
took["given"] = seconds_until(lambda: potential() != before)
end_override(
    company_id=company.pk, opportunity=ENCLAVE, reason="", by=adviser, now=timezone.now()
)
took["ended"] = seconds_until(lambda: potential() == before)
print("TOOK" + json.dumps(took))
"""


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[RunningUp]:
    up = RunningUp(tmp_path / "state", "--no-demo")
    try:
        up.wait_running()
        yield up
    finally:
        up.kill_everything()


def test_verdicts_follow_the_facts_and_matches_follow_an_adviser(portal: RunningUp) -> None:
    database = (portal.state / "database-url").read_text().strip()
    answer = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", VISITOR],
        cwd=BASE,
        env=clean_environment(portal.state, DATABASE_URL=database, SECRET_KEY="tests-only"),
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr[-3000:] + portal.logs()
    took = json.loads(answer.stdout.split("TOOK")[1])
    assert took["facts"] < JUDGED_WITHIN_S, took
    assert took["given"] < MATCHED_WITHIN_S, took
    assert took["ended"] < MATCHED_WITHIN_S, took
