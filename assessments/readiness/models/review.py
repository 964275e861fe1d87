"""What advisers add to a submitted scan: comments, and reopening it with a reason."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.readiness.models.freezing import (
    COMMENT_ON_SUBMITTED_SCAN,
    REOPENED_SCAN_OPENS,
    REOPENS_A_SUBMISSION,
    appended_only,
)
from assessments.readiness.models.questionnaire import Statement
from assessments.readiness.models.scan import Scan


class StatementComment(models.Model):
    """What an adviser remarks on the company's answer to one statement; only added."""

    scan = models.ForeignKey(
        Scan, verbose_name=_("scan"), on_delete=models.CASCADE, related_name="comments"
    )
    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("comment"), max_length=2000)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("comment on a statement")
        verbose_name_plural = _("comments on statements")
        ordering = ("scan", "statement", "written_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(text=""),
                name="comment_says_something",
                violation_error_message=_("A comment is not empty."),
            ),
        )
        triggers = (COMMENT_ON_SUBMITTED_SCAN, *appended_only("A comment is only added"))

    def __str__(self) -> str:
        return self.text


class Reopening(models.Model):
    """A submitted scan was opened again: by whom, why, and what stood there before.

    ``answers`` keeps what was submitted: by "part/statement" (their slugs) a mapping with
    ``code`` ("1" to "5", "na", "unknown"), ``note`` and ``evidence``. A code of a statement
    may come back in another part.
    """

    scan = models.ForeignKey(
        Scan, verbose_name=_("scan"), on_delete=models.CASCADE, related_name="reopenings"
    )
    reason = models.TextField(_("reason"), max_length=2000)
    submitted_at = models.DateTimeField(_("was submitted at"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("was submitted by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    answers = models.JSONField(_("answers as they were submitted"))
    reopened_at = models.DateTimeField(_("reopened at"), default=timezone.now)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reopened by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("reopening of a scan")
        verbose_name_plural = _("reopenings of scans")
        ordering = ("scan", "reopened_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="reopening_has_reason",
                violation_error_message=_("Reopening needs a reason."),
            ),
            models.UniqueConstraint(
                fields=("scan", "submitted_at"),
                name="reopening_once",
                violation_error_message=_("A submission is reopened once."),
            ),
        )
        triggers = (
            REOPENS_A_SUBMISSION,
            REOPENED_SCAN_OPENS,
            *appended_only("A reopening is only added"),
        )

    def __str__(self) -> str:
        return self.reason
