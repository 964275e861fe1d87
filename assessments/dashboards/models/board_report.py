"""Board reports: asked on a page, made by the worker, kept for some weeks.

The bytes lie in a table of their own, in the same transaction as the row (decision 8).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.dashboards.models.report_rules import (
    report_as_stated,
    report_never_changes,
    report_stays,
)
from assessments.matching.models import MatchRun
from assessments.opportunities.models import RuleSet
from assessments.readiness.models import Scan
from companies.profiles.models import Company
from portal.common.constraints import between, one_of
from portal.common.run_rows import RunRow, RunStatus


class ReportLanguage(models.TextChoices):
    """Languages of a report, in their own words."""

    NL = "nl", "Nederlands"
    EN = "en", "English"


def keeping_time() -> timedelta:
    """How long a report is kept."""
    return timedelta(days=settings.BOARD_REPORT_DAYS)


class BoardReportQuerySet(models.QuerySet["BoardReport"]):
    """Reads over reports."""

    def open(self) -> BoardReportQuerySet:
        """Waiting for the worker, or being made."""
        return self.filter(status__in=(RunStatus.QUEUED, RunStatus.RUNNING))

    def past_keeping(self, now: datetime) -> BoardReportQuerySet:
        """Asked so long before ``now`` that they go, whatever became of them."""
        return self.filter(queued_at__lte=now - keeping_time())


class BoardReport(RunRow):
    """A report of one company in one language, with the versions that it was made from."""

    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.CASCADE, related_name="board_reports"
    )
    language = models.CharField(_("language"), max_length=2, choices=ReportLanguage)
    facts_version = models.PositiveIntegerField(_("version of the facts"), null=True, blank=True)
    scan = models.ForeignKey(
        Scan,
        verbose_name=_("scan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    rule_set = models.ForeignKey(
        RuleSet,
        verbose_name=_("rule set"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    match_run = models.ForeignKey(
        MatchRun,
        verbose_name=_("matching run"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    page_count = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    size = models.PositiveIntegerField(_("size (bytes)"), null=True, blank=True)
    sha256 = models.CharField(_("fingerprint (SHA-256)"), max_length=64, blank=True)

    objects = BoardReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("board report")
        verbose_name_plural = _("board reports")
        ordering = ("-queued_at", "-pk")
        constraints = (
            one_of(
                "language",
                ReportLanguage,
                name="board_report_language_known",
                message=_("A report is in Dutch or in English."),
            ),
            models.UniqueConstraint(
                fields=("company", "language"),
                condition=Q(status__in=(RunStatus.QUEUED, RunStatus.RUNNING)),
                name="board_report_one_open",
                violation_error_message=_("This report is being made already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    status=RunStatus.FINISHED,
                    facts_version__isnull=False,
                    page_count__isnull=False,
                    size__isnull=False,
                    sha256__regex=r"^[0-9a-f]{64}$",
                )
                | ~Q(status=RunStatus.FINISHED)
                & Q(page_count__isnull=True, size__isnull=True, sha256=""),
                name="board_report_finished_whole",
                violation_error_message=_("A report is finished when its file is there."),
            ),
            between(
                "page_count",
                2,
                4,
                name="board_report_pages_range",
                message=_("A report has two to four pages."),
            ),
        )
        triggers = (report_as_stated(),)

    def __str__(self) -> str:
        return f"{self.company_id} {self.language} #{self.pk}"

    @property
    def is_ready(self) -> bool:
        """It can be downloaded."""
        return self.status == RunStatus.FINISHED

    @property
    def gone_at(self) -> datetime:
        """From when on the nightly task deletes it."""
        return self.queued_at + keeping_time()


class BoardReportContent(models.Model):
    """The PDF of one report; written once."""

    report = models.OneToOneField(
        BoardReport, primary_key=True, on_delete=models.CASCADE, related_name="content"
    )
    data = models.BinaryField()

    class Meta:
        verbose_name = _("file of a board report")
        verbose_name_plural = _("files of board reports")
        ordering = ("pk",)
        triggers = (report_never_changes(), report_stays())

    def __str__(self) -> str:
        return str(self.report_id)
