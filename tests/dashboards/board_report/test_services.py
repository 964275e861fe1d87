"""Reports are asked once, made once, taken out with a trace, and go when their time is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from assessments.dashboards.board_report import services
from assessments.dashboards.board_report.gather import gather
from assessments.dashboards.models import BoardReport, BoardReportContent
from companies.profiles.models import Company
from portal.accounts.models import ExportLog, User
from portal.common.run_rows import RunStatus
from tests.dashboards.board_report.companies import whole_company
from tests.dashboards.board_report.pdf import TaggedPdf
from tests.dashboards.board_report.stored import PDF, stored_report
from tests.factories import CompanyFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    made: Company = CompanyFactory(name="De Kade vzw")
    return made


@pytest.fixture
def person() -> User:
    made: User = UserFactory(full_name="Els Eigenaar")
    return made


def ask(company: Company, person: User, language: str = "nl", **fields: Any) -> BoardReport:
    return services.queue_report(
        company_id=company.pk, language=language, by=person, now=timezone.now(), **fields
    )


class TestAsking:
    """One at a time in each language."""

    def test_who_asks_twice_gets_the_same_one(self, company: Company, person: User) -> None:
        first = ask(company, person)
        assert ask(company, UserFactory()) == first
        assert ask(company, person, "en") != first
        assert ask(CompanyFactory(), person) != first
        assert first.requested_by == person

    def test_also_while_it_is_made_and_a_new_one_afterwards(
        self, company: Company, person: User
    ) -> None:
        first = ask(company, person)
        BoardReport.objects.filter(pk=first.pk).update(status=RunStatus.RUNNING)
        assert ask(company, person) == first
        BoardReport.objects.filter(pk=first.pk).update(status=RunStatus.FAILED)
        assert ask(company, person) != first

    def test_enough_is_enough_for_a_day(
        self, company: Company, person: User, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(services, "MOST_A_DAY", 2)
        stored_report(company)
        stored_report(company)
        with pytest.raises(services.EnoughReportsError):
            ask(company, person)
        BoardReport.objects.update(queued_at=timezone.now() - timedelta(days=1, seconds=1))
        assert ask(company, person).status == RunStatus.QUEUED


class TestMaking:
    """The worker's part."""

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_a_report_with_the_versions_that_it_was_made_from(
        self, person: User, language: str
    ) -> None:
        company = whole_company(name="Alles Erop vzw")
        report = ask(company, person, language)
        with translation.override("nl" if language == "en" else "en"):  # not the worker's
            assert services.make_report(report_id=report.pk, now=timezone.now())
        report.refresh_from_db()
        company.refresh_from_db()
        assert report.status == RunStatus.FINISHED
        assert (report.progress_done, report.progress_total) == (services.STEPS, services.STEPS)
        assert report.facts_version == company.facts_version
        assert report.scan == company.scans.get()
        assert report.rule_set == company.assessments.filter(is_current=True)[0].rule_set
        pdf = TaggedPdf(bytes(report.content.data))
        assert str(pdf.root["/Lang"]).startswith(language)
        assert len(pdf.reader.pages) == report.page_count
        assert "Els Eigenaar" in pdf.tree.text

    def test_a_message_that_comes_twice_makes_one_report(
        self, company: Company, person: User
    ) -> None:
        report = ask(company, person)
        assert services.make_report(report_id=report.pk, now=timezone.now())
        assert not services.make_report(report_id=report.pk, now=timezone.now())
        assert BoardReportContent.objects.count() == 1

    def test_an_error_ends_it_with_its_reason(
        self, company: Company, person: User, monkeypatch: Any
    ) -> None:
        def broken(*args: object, **kwargs: object) -> None:
            raise ValueError("geen inkt")

        monkeypatch.setattr(services, "gather", broken)
        report = ask(company, person)
        assert not services.make_report(report_id=report.pk, now=timezone.now())
        report.refresh_from_db()
        assert (report.status, report.error) == (RunStatus.FAILED, "ValueError: geen inkt")
        assert not BoardReportContent.objects.exists()

    def test_what_is_taken_over_meanwhile_writes_nothing(
        self, company: Company, person: User, monkeypatch: Any
    ) -> None:
        report = ask(company, person)
        real = services.made

        def slow(material: Any) -> Any:
            BoardReport.objects.filter(pk=report.pk).update(status=RunStatus.QUEUED)
            return real(material)

        monkeypatch.setattr(services, "made", slow)
        assert not services.make_report(report_id=report.pk, now=timezone.now())
        assert not BoardReportContent.objects.exists()
        report.refresh_from_db()
        assert report.status == RunStatus.QUEUED

    def test_it_reads_with_a_fixed_number_of_queries(self) -> None:
        company = whole_company()
        with translation.override("nl"):
            gather(company, language="nl", asked_by="", now=timezone.now())
            with CaptureQueriesContext(connection) as queries:
                gather(company, language="nl", asked_by="", now=timezone.now())
        assert len(queries) == 21


class TestOpenScans:
    """Advisers do not see a scan in progress, so that no report tells of one."""

    def test_only_what_is_submitted(self, person: User) -> None:
        company = whole_company()
        submitted = company.scans.get()
        company.scans.create(
            questionnaire=submitted.questionnaire, moment=1, started_by=company.created_by
        )
        report = ask(company, person)
        services.make_report(report_id=report.pk, now=timezone.now())
        report.refresh_from_db()
        assert report.scan == submitted


class TestTakingOut:
    """Who takes a report along is written down first."""

    def test_log(self, company: Company, person: User) -> None:
        report = stored_report(company)
        now = timezone.now()
        assert services.taken_out(report=report, by=person, now=now) == PDF
        log = ExportLog.objects.get()
        assert (log.what, log.exported_by, log.exported_at) == ("board_report", person, now)
        assert log.subject == f"De Kade vzw ({company.enterprise_number})"
        assert log.sha256 == report.sha256
        assert log.contents == {"report": report.pk, "language": "nl", "pages": 3}


class TestLettingGo:
    """After some weeks, whatever became of them."""

    def test_old_ones_go_with_their_files(self, company: Company, settings: Any) -> None:
        settings.BOARD_REPORT_DAYS = 30
        now = timezone.now()
        old, young = stored_report(company), stored_report(company)
        failed = BoardReport.objects.create(
            company=company, language="nl", status=RunStatus.FAILED, error="x"
        )
        for report, days in ((old, 30), (young, 29), (failed, 31)):
            BoardReport.objects.filter(pk=report.pk).update(queued_at=now - timedelta(days=days))
        young.refresh_from_db()
        assert young.gone_at > now
        assert services.delete_old_reports(now=now) == 2
        assert list(BoardReport.objects.all()) == [young]
        assert list(BoardReportContent.objects.values_list("pk", flat=True)) == [young.pk]
