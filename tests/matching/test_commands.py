"""``manage.py match``."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessments.matching.management.commands import match as command
from assessments.matching.models import MatchRun
from portal.common.run_rows import RunStatus
from tests.matching.factories import chocolate_maker, matched_company

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("match", *arguments, stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def sent(monkeypatch: Any) -> list[int]:
    """Keys of the runs that were announced to workers."""
    found: list[int] = []
    monkeypatch.setattr(command.run_matching, "delay", found.append)
    return found


def test_a_run_is_queued_and_its_number_printed(sent: list[int]) -> None:
    printed = run("--queue")
    waiting = MatchRun.objects.get()
    assert printed == str(waiting.pk)
    assert sent == [waiting.pk]
    assert waiting.status == RunStatus.QUEUED


def test_a_run_is_done_here_and_summed_up(sent: list[int]) -> None:
    matched_company()
    chocolate_maker()
    # Four opportunities fit, and a partner gets three proposals at most.
    assert "1 companies, 1 partners, 4 matches, 3 proposals" in run("--now")
    assert sent == []


def test_one_company_is_matched_on_demand() -> None:
    company = matched_company()
    assert "1 companies" in run("--now", "--company", str(company.pk))
    assert MatchRun.objects.get().company == company
    with pytest.raises(CommandError, match="no verified company"):
        run("--now", "--company", "0")


def test_a_run_that_cannot_start_says_so() -> None:
    MatchRun.objects.create(status=RunStatus.RUNNING)
    with pytest.raises(CommandError, match="another run goes on"):
        run("--now")
