"""Asks for board reports, makes them, and lets old ones go. The row is the queue."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import translation

from assessments.dashboards.board_report.gather import gather
from assessments.dashboards.board_report.making import made
from assessments.dashboards.models import BoardReport, BoardReportContent
from portal.accounts.models import User
from portal.accounts.services import log_export
from portal.common import runs
from portal.common.runs import Keeper, RunLostError, keeping

logger = logging.getLogger(__name__)

READ, PRINTED, STORED = 0, 1, 2  # what is done, of three steps
STEPS = 3
MOST_A_DAY = 40  # of one company


class EnoughReportsError(Exception):
    """The company had so many reports made in a day that more of them help nobody."""


@transaction.atomic
def queue_report(*, company_id: int, language: str, by: User, now: datetime) -> BoardReport:
    """A report in ``language``; the one that is being made already, when there is one.

    EnoughReportsError when ``MOST_A_DAY`` were asked in the last 24 hours.
    """
    under_way = BoardReport.objects.open().filter(company=company_id, language=language)
    found = under_way.first()
    if found is not None:
        return found
    since = now - timedelta(days=1)
    if BoardReport.objects.filter(company=company_id, queued_at__gt=since).count() >= MOST_A_DAY:
        raise EnoughReportsError
    try:
        with transaction.atomic():
            return BoardReport.objects.create(
                company_id=company_id, language=language, requested_by=by
            )
    except IntegrityError:  # somebody else was first
        return under_way.get()


def make_report(*, report_id: int, now: datetime) -> bool:
    """Make a queued report; False when it was not there to be claimed, or did not finish."""
    token = runs.claim(BoardReport, report_id)
    if token is None:
        return False
    try:
        with keeping(BoardReport, report_id, token) as keeper:
            _make(report_id, token, keeper, now)
    except RunLostError:
        logger.info("Report %s was taken over", report_id)
        return False
    except Exception as error:
        logger.exception("Report %s failed", report_id)
        runs.fail(BoardReport, report_id, token, error=f"{type(error).__name__}: {error}")
        return False
    return True


def _make(report_id: int, token: uuid.UUID, keeper: Keeper, now: datetime) -> None:
    """Read, print, store; row and bytes are written in one transaction at the end."""
    report = BoardReport.objects.select_related("company", "requested_by").get(pk=report_id)
    keeper.progress(READ, STEPS)
    with translation.override(report.language):
        material = gather(
            report.company,
            language=report.language,
            asked_by=report.requested_by.full_name if report.requested_by else "",
            now=now,
        )
        keeper.progress(PRINTED, STEPS)
        printed = made(material)
    keeper.progress(STORED, STEPS)
    with transaction.atomic():
        BoardReportContent.objects.create(report_id=report_id, data=printed.data)
        runs.finish(
            BoardReport,
            report_id,
            token,
            facts_version=report.company.facts_version,
            scan_id=material.scanned.scan.pk if material.scanned else None,
            rule_set_id=material.rule_set.pk if material.rule_set else None,
            match_run_id=material.run.pk if material.run else None,
            page_count=printed.pages,
            size=len(printed.data),
            sha256=printed.sha256,
        )


def sweep_reports() -> list[int]:
    """Put reports of dead workers back in the queue; the ones to announce (again)."""
    return runs.sweep(BoardReport)


@transaction.atomic
def delete_old_reports(*, now: datetime) -> int:
    """Delete reports whose time is over, with their files; how many."""
    old = BoardReport.objects.past_keeping(now)
    count = old.count()
    old.delete()
    return count


@transaction.atomic
def taken_out(*, report: BoardReport, by: User, now: datetime) -> bytes:
    """The bytes of a finished report, after writing down who takes them along."""
    log_export(
        by=by,
        what="board_report",
        subject=f"{report.company.name} ({report.company.enterprise_number})",
        contents={"report": report.pk, "language": report.language, "pages": report.page_count},
        sha256=report.sha256,
        now=now,
    )
    content = BoardReportContent.objects.get(report=report)
    return bytes(content.data)
