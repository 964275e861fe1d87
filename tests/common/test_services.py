"""CSP reports are counted, limited and forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.common import services
from portal.common.domain.csp import Report
from portal.common.models import CspReport

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def report(line: int = 0) -> Report:
    return Report("https://p/", "style-src", "inline", "", line)


def test_the_same_report_is_counted_not_stored_again():
    services.keep_csp_reports(reports=[report(), report()], now=NOON)
    services.keep_csp_reports(reports=[report()], now=NOON + timedelta(hours=1))
    (row,) = CspReport.objects.all()
    assert row.times == 3
    assert row.first_seen_at == NOON
    assert row.last_seen_at == NOON + timedelta(hours=1)
    assert str(row) == "style-src: inline"


def test_a_flood_of_made_up_reports_is_not_stored():
    flood = [report(line) for line in range(services.NEW_PER_MINUTE + 5)]
    assert services.keep_csp_reports(reports=flood, now=NOON) == services.NEW_PER_MINUTE
    assert CspReport.objects.count() == services.NEW_PER_MINUTE


def test_the_oldest_reports_go(monkeypatch):
    monkeypatch.setattr(services, "KEPT", 3)
    for minute in range(5):
        services.keep_csp_reports(
            reports=[report(minute)], now=NOON + timedelta(minutes=2 * minute)
        )
    assert sorted(CspReport.objects.values_list("line", flat=True)) == [2, 3, 4]


def test_an_ordinary_report_costs_few_queries(django_assert_num_queries):
    # Savepoint in and out, rate, count, insert, surplus, delete nothing.
    with django_assert_num_queries(6):
        services.keep_csp_reports(reports=[report()], now=NOON)


def stored(**changes):
    values = {
        "key": "0" * 32,
        "page": "https://p/",
        "directive": "style-src",
        "blocked": "inline",
        "first_seen_at": NOON,
        "last_seen_at": NOON,
    }
    return CspReport.objects.create(**values | changes)


def test_the_database_refuses_a_second_row_for_the_same_report():
    stored()
    with pytest.raises(IntegrityError, match="csp_report_counted_once"), transaction.atomic():
        stored()


def test_the_database_refuses_a_report_that_nobody_saw():
    with pytest.raises(IntegrityError, match="csp_report_seen"), transaction.atomic():
        stored(times=0)
