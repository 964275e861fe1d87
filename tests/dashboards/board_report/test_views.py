"""Pages of board reports: ask, wait, take along; in both languages and without JavaScript."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.dashboards import tasks
from assessments.dashboards.board_report import services
from assessments.dashboards.models import BoardReport
from companies.profiles.enums import MemberRole
from companies.profiles.models import Company
from portal.accounts.models import ExportLog
from portal.accounts.roles import Role
from portal.common.run_rows import RunStatus
from tests.dashboards.board_report.stored import PDF, stored_report
from tests.factories import CompanyFactory, MembershipFactory, UserFactory, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    made: Company = CompanyFactory(name="De Kade vzw")
    return made


@pytest.fixture(params=[MemberRole.OWNER, MemberRole.READER])
def member(request: Any, client: Client, company: Company) -> Client:
    user = UserFactory(language="en", full_name="Els Lezer")
    client.force_login(MembershipFactory(company=company, user=user, role=request.param).user)
    return client


@pytest.fixture
def sent(monkeypatch: Any) -> list[int]:
    found: list[int] = []
    monkeypatch.setattr(tasks.make_report, "delay_on_commit", found.append)
    return found


def url(name: str, company: Company, report: BoardReport | None = None) -> str:
    arguments = [company.pk] if report is None else [company.pk, report.pk]
    return reverse(f"dashboards:{name}", args=arguments)


def test_from_asking_to_the_file(member: Client, company: Company, sent: list[int]) -> None:
    page = member.get(url("reports", company)).content.decode()
    assert "No reports yet" in page
    asked = member.post(url("reports", company), {"language": "en"})
    report = BoardReport.objects.get()
    assert sent == [report.pk]
    assert asked.url == url("report", company, report)  # type: ignore[attr-defined]

    waiting = member.get(asked.url).content.decode()  # type: ignore[attr-defined]
    assert "Waiting for a worker." in waiting
    assert 'hx-trigger="every 1s"' in waiting
    assert "Load again" in waiting  # the same without JavaScript
    assert member.get(url("report_file", company, report)).status_code == 404

    services.make_report(report_id=report.pk, now=timezone.now())
    ready = member.get(asked.url, headers={"hx-request": "true"}).content.decode()  # type: ignore[attr-defined]
    assert "<html" not in ready
    assert "hx-get" not in ready
    assert url("report_file", company, report) in ready
    assert "Els Lezer" in ready

    file = member.get(url("report_file", company, report))
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"].startswith('attachment; filename="board_report_De_Kade_vzw_')
    assert file["Cache-Control"] == "private, no-store"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert b"".join(file.streaming_content).startswith(b"%PDF-1.7")  # type: ignore[attr-defined]
    assert ExportLog.objects.get().what == "board_report"
    assert "English" in member.get(url("reports", company)).content.decode()


def test_progress_is_shown_in_steps(member: Client, company: Company) -> None:
    report = BoardReport.objects.create(
        company=company, language="nl", status=RunStatus.RUNNING, progress_done=1, progress_total=3
    )
    page = " ".join(member.get(url("report", company, report)).content.decode().split())
    assert "Steps done: read, print, keep" in page
    assert "1 of 3" in page


def test_a_failure_says_what_to_do(member: Client, company: Company) -> None:
    report = BoardReport.objects.create(
        company=company, language="nl", status=RunStatus.FAILED, error="ValueError: <b>"
    )
    page = member.get(url("report", company, report)).content.decode()
    assert "Ask for it once more." in page
    assert "ValueError: &lt;b&gt;" in page
    assert "hx-get" not in page


@pytest.mark.parametrize("language", ["fr", "", "nl' or 1=1"])
def test_another_language_is_refused_with_a_message(
    member: Client, company: Company, sent: list[int], language: str
) -> None:
    answer = member.post(url("reports", company), {"language": language})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "A report is in Dutch or in English." in text or "Choose a language." in text
    assert not BoardReport.objects.exists()
    assert sent == []


def test_too_many_in_a_day(
    member: Client, company: Company, sent: list[int], monkeypatch: Any
) -> None:
    monkeypatch.setattr(services, "MOST_A_DAY", 1)
    stored_report(company)
    answer = member.post(url("reports", company), {"language": "nl"}, follow=True)
    assert "Many reports were made today already." in answer.content.decode()
    assert sent == []


def test_a_closed_company_is_only_read(client: Client, sent: list[int]) -> None:
    company = CompanyFactory()
    report = stored_report(company)
    Company.objects.filter(pk=company.pk).update(
        closed_at=timezone.now(), closed_by=company.created_by, close_reason="Fusie"
    )
    client.force_login(company.created_by)
    page = client.get(url("reports", company))
    assert page.status_code == 200
    assert "<form" not in page.content.decode().split("<main")[1].split("</main>")[0]
    assert client.post(url("reports", company), {"language": "nl"}).status_code == 403
    assert client.get(url("report_file", company, report)).status_code == 200
    assert sent == []


def test_an_adviser_makes_one_and_an_analyst_does_not_know_of_it(
    client: Client, company: Company, sent: list[int]
) -> None:
    report = stored_report(company)
    client.force_login(staff(Role.COORDINATOR))
    assert client.post(url("reports", company), {"language": "nl"}).status_code == 302
    assert len(sent) == 1
    client.force_login(staff(Role.ANALYST))
    for name, *arguments in (("reports",), ("report", report), ("report_file", report)):
        assert client.get(url(name, company, *arguments)).status_code == 404


def test_a_report_is_found_under_its_own_company_only(member: Client, company: Company) -> None:
    mine = stored_report(company)
    elsewhere = stored_report(CompanyFactory())
    assert member.get(url("report", company, mine)).status_code == 200
    assert member.get(url("report", company, elsewhere)).status_code == 404
    assert member.get(url("report_file", company, elsewhere)).status_code == 404


def test_a_name_that_no_file_can_have(client: Client) -> None:
    company = CompanyFactory(name='../"Kade"\r\n; é/zonen' + "x" * 200)
    report = stored_report(company, language="en", queued_at=timezone.now() - timedelta(days=1))
    client.force_login(company.created_by)
    header = client.get(url("report_file", company, report))["Content-Disposition"]
    assert "/" not in header.split("filename")[1].replace("filename*=utf-8''", "")
    assert "\n" not in header
    assert len(header) < 300


def test_part_of_a_file(member: Client, company: Company) -> None:
    report = stored_report(company)
    answer = member.get(url("report_file", company, report), headers={"range": "bytes=0-3"})
    assert answer.status_code == 206
    assert b"".join(answer.streaming_content) == PDF[:4]  # type: ignore[attr-defined]


def test_pages_read_with_a_fixed_number_of_queries(
    client: Client, company: Company, django_assert_num_queries: Any
) -> None:
    client.force_login(company.created_by)
    for _ in range(3):
        report = stored_report(company, requested_by=company.created_by)
    client.get(url("reports", company))
    with django_assert_num_queries(7):
        client.get(url("reports", company))
    with django_assert_num_queries(7):
        client.get(url("report", company, report))


def test_links_lead_to_it(client: Client, company: Company) -> None:
    client.force_login(company.created_by)
    for page in (reverse("dashboards:home"), reverse("opportunities:overview", args=[company.pk])):
        assert url("reports", company) in client.get(page).content.decode()
