"""A scan of a company and its answers; frozen once submitted."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.readiness.domain.answers import AnswerKind, Entry, Response
from assessments.readiness.models.freezing import (
    DELETED_ANSWER,
    OWN_DOCUMENT,
    SUBMISSION_STAYS_WITH_SCAN,
    SUBMITTED_ANSWER,
)
from assessments.readiness.models.questionnaire import Questionnaire, Statement
from companies.profiles.models import Company, Document
from portal.common.choices import choices
from portal.common.constraints import both_or_neither, one_of

ANSWER_KIND_LABELS: dict[AnswerKind, Any] = {
    AnswerKind.LEVEL: _("Level"),
    AnswerKind.NOT_APPLICABLE: _("Not applicable"),
    AnswerKind.UNKNOWN: _("Don't know"),
}


class Scan(models.Model):
    """One moment (T0, T1, ...) at which a company answers a questionnaire."""

    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.CASCADE, related_name="scans"
    )
    questionnaire = models.ForeignKey(
        Questionnaire,
        verbose_name=_("questionnaire"),
        on_delete=models.PROTECT,
        related_name="scans",
    )
    moment = models.PositiveSmallIntegerField(_("moment"), default=0)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("started by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ("company", "-moment", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "moment"),
                name="scan_moment_once",
                violation_error_message=_("There is already a scan for this moment."),
            ),
            models.UniqueConstraint(
                fields=("company",),
                condition=Q(submitted_at__isnull=True),
                name="scan_one_open",
                violation_error_message=_("There is already an open scan."),
            ),
            both_or_neither(
                at="submitted_at",
                by="submitted_by",
                name="scan_submitted_whole",
                message=_("A submission needs a moment and a person."),
            ),
        )
        triggers = (SUBMISSION_STAYS_WITH_SCAN,)

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """T0, T1, ..."""
        return f"T{self.moment}"

    @property
    def is_open(self) -> bool:
        """Answers can still change."""
        return self.submitted_at is None


class Answer(models.Model):
    """The company's answer to one statement.

    ``settled_*`` is set when an owner decided after respondents had differed; from then on
    only an owner changes it.
    """

    scan = models.ForeignKey(
        Scan, verbose_name=_("scan"), on_delete=models.CASCADE, related_name="answers"
    )
    statement = models.ForeignKey(
        Statement,
        verbose_name=_("statement"),
        on_delete=models.PROTECT,
        related_name="answers",
    )
    kind = models.CharField(_("kind"), max_length=7, choices=choices(ANSWER_KIND_LABELS))
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    evidence = models.CharField(_("what shows it"), max_length=300, blank=True)
    document = models.ForeignKey(
        Document,
        verbose_name=_("document that shows it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered at"), auto_now=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ("scan", "statement", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("scan", "statement"),
                name="answer_once",
                violation_error_message=_("This statement is already answered."),
            ),
            one_of(
                "kind", AnswerKind, name="answer_kind_known", message=_("Unknown kind of answer.")
            ),
            models.CheckConstraint(
                condition=Q(kind="level", level__isnull=False, level__gte=1, level__lte=5)
                | (~Q(kind="level") & Q(level__isnull=True)),
                name="answer_level_fits_kind",
                violation_error_message=_("A level lies between 1 and 5."),
            ),
            both_or_neither(
                at="settled_at",
                by="settled_by",
                name="answer_settled_whole",
                message=_("Settling needs a moment and a person."),
            ),
        )
        triggers = (SUBMITTED_ANSWER, OWN_DOCUMENT, DELETED_ANSWER)

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.response.code}"

    @property
    def is_settled(self) -> bool:
        """An owner decided it; only an owner changes it."""
        return self.settled_at is not None

    @property
    def response(self) -> Response:
        """The answer as a plain value."""
        return Response(AnswerKind(self.kind), self.level)

    @property
    def entry(self) -> Entry:
        """The answer, its note and its evidence as a plain value."""
        return Entry(self.response, self.note, self.evidence, self.document_id)
