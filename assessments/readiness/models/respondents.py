"""Several people look at one scan; their views stand beside the company's answer."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.readiness.domain.answers import AnswerKind, Entry, Response
from assessments.readiness.domain.parts import RespondentFunction
from assessments.readiness.models.freezing import frozen_with_scan
from assessments.readiness.models.questionnaire import Statement
from assessments.readiness.models.scan import ANSWER_KIND_LABELS, Scan
from portal.common.choices import choices
from portal.common.constraints import one_of
from portal.common.freezing import refuse

RESPONDENT_FUNCTION_LABELS: dict[RespondentFunction, Any] = {
    RespondentFunction.DIRECTOR: _("Director or management"),
    RespondentFunction.PRODUCTION: _("Production"),
    RespondentFunction.GUIDE: _("Guide"),
    RespondentFunction.OTHER: pgettext_lazy("function of a respondent", "Another function"),
}

_REFUSED = refuse(
    constraint="respondent_answer_of_questionnaire",
    message="This statement is in another questionnaire",
)
OF_QUESTIONNAIRE = pgtrigger.Trigger(
    name="of_questionnaire",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""
        IF NOT EXISTS (
            SELECT 1 FROM readiness_respondent p
            JOIN readiness_scan s ON s.id = p.scan_id
            JOIN readiness_transition r ON r.questionnaire_id = s.questionnaire_id
            JOIN readiness_statement t ON t.transition_id = r.id
            WHERE p.id = NEW.respondent_id AND t.id = NEW.statement_id
        ) THEN
            {_REFUSED}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - constants only
)


class Respondent(models.Model):
    """A member who gives a view of their own on an open scan; never a target-group worker."""

    scan = models.ForeignKey(
        Scan, verbose_name=_("scan"), on_delete=models.CASCADE, related_name="respondents"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    function = models.CharField(
        _("function"), max_length=10, choices=choices(RESPONDENT_FUNCTION_LABELS)
    )
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now)

    class Meta:
        verbose_name = _("respondent")
        verbose_name_plural = _("respondents")
        ordering = ("scan", "joined_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("scan", "user"),
                name="respondent_once",
                violation_error_message=_("This person already takes part in the scan."),
            ),
            one_of(
                "function",
                RespondentFunction,
                name="respondent_function_known",
                message=_("Unknown function."),
            ),
        )
        triggers = frozen_with_scan(of_old="s.id = OLD.scan_id", of_new="s.id = NEW.scan_id")

    def __str__(self) -> str:
        return f"{self.scan_id}: {self.function}"


class RespondentAnswer(models.Model):
    """How one respondent sees one statement."""

    respondent = models.ForeignKey(
        Respondent,
        verbose_name=_("respondent"),
        on_delete=models.CASCADE,
        related_name="answers",
    )
    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=7, choices=choices(ANSWER_KIND_LABELS))
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), auto_now=True)

    class Meta:
        verbose_name = _("answer of a respondent")
        verbose_name_plural = _("answers of respondents")
        ordering = ("respondent", "statement", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("respondent", "statement"),
                name="respondent_answer_once",
                violation_error_message=_("This respondent already answered this statement."),
            ),
            one_of(
                "kind",
                AnswerKind,
                name="respondent_answer_kind_known",
                message=_("Unknown kind of answer."),
            ),
            models.CheckConstraint(
                condition=Q(kind="level", level__isnull=False, level__gte=1, level__lte=5)
                | (~Q(kind="level") & Q(level__isnull=True)),
                name="respondent_answer_level_fits_kind",
                violation_error_message=_("A level lies between 1 and 5."),
            ),
        )
        triggers = (
            *frozen_with_scan(
                of_old="s.id = (SELECT p.scan_id FROM readiness_respondent p"
                " WHERE p.id = OLD.respondent_id)",
                of_new="s.id = (SELECT p.scan_id FROM readiness_respondent p"
                " WHERE p.id = NEW.respondent_id)",
            ),
            OF_QUESTIONNAIRE,
        )

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.response.code}"

    @property
    def response(self) -> Response:
        """The answer as a plain value."""
        return Response(AnswerKind(self.kind), self.level)

    @property
    def entry(self) -> Entry:
        """The answer and its note as a plain value; a view needs no evidence."""
        return Entry(self.response, self.note)
