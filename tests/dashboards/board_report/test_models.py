"""Rules of the database on board reports, each broken once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from assessments.dashboards.models import BoardReport, BoardReportContent
from companies.profiles.models import Company
from portal.common.run_rows import RunStatus
from tests.dashboards.board_report.stored import PDF, stored_report
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    made: Company = CompanyFactory()
    return made


def check_now() -> None:
    """What the database checks at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(rule: str, write: Callable[[], object]) -> None:
    """The write is not kept at the end of its transaction, for this reason."""

    def whole() -> None:
        with transaction.atomic():
            write()
            check_now()

    with pytest.raises(IntegrityError, match=rule):
        whole()


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("board_report_language_known", {"language": "fr"}),
        ("board_report_finished_whole", {"page_count": None}),
        ("board_report_finished_whole", {"size": None}),
        ("board_report_finished_whole", {"sha256": "A" * 64}),
        ("board_report_finished_whole", {"facts_version": None}),
        ("board_report_finished_whole", {"status": RunStatus.RUNNING}),
        ("board_report_pages_range", {"page_count": 1}),
        ("board_report_pages_range", {"page_count": 5}),
    ],
)
def test_a_rule_on_a_row(company: Company, rule: str, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        stored_report(company, **fields)


def test_one_open_report_for_each_language(company: Company) -> None:
    BoardReport.objects.create(company=company, language="nl")
    BoardReport.objects.create(company=company, language="en")
    with pytest.raises(IntegrityError, match="board_report_one_open"), transaction.atomic():
        BoardReport.objects.create(company=company, language="nl", status=RunStatus.RUNNING)


def test_a_finished_report_has_the_bytes_that_it_states(company: Company) -> None:
    report = stored_report(company)
    check_now()
    for fields in ({"size": len(PDF) + 1}, {"sha256": "0" * 64}):
        refused("bytes differ", lambda fields=fields: stored_report(company, **fields))
    rows = BoardReport.objects.filter(pk=report.pk)
    refused("bytes differ", lambda: rows.update(sha256="0" * 64))


def test_the_bytes_never_change_and_go_only_with_their_report(company: Company) -> None:
    report = stored_report(company)
    check_now()
    contents = BoardReportContent.objects.all()
    refused("bytes of a report stay", lambda: contents.update(data=b"ander"))
    refused("A report has its bytes", contents.delete)
    report.delete()
    check_now()
    assert not BoardReportContent.objects.exists()
