"""Steps of the roadmap that a company takes on, with an owner and a date."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.readiness.models.questionnaire import Statement
from assessments.readiness.models.scan import Scan
from companies.profiles.models import Company
from portal.common.audit import audited
from portal.common.constraints import between, both_or_neither


@audited(listed_by="company")
class PlannedStep(models.Model):
    """One step: which statement to which level, who sees to it, by when.

    It outlives the scan from which it came: a later moment shows what became of it.
    """

    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.CASCADE, related_name="planned_steps"
    )
    scan = models.ForeignKey(
        Scan, verbose_name=_("scan"), on_delete=models.CASCADE, related_name="planned_steps"
    )
    statement = models.ForeignKey(
        Statement,
        verbose_name=_("statement"),
        on_delete=models.PROTECT,
        related_name="planned_steps",
    )
    target_level = models.PositiveSmallIntegerField(_("target level"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who sees to it"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    due_on = models.DateField(_("by when"))
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    planned_at = models.DateTimeField(_("planned at"), default=timezone.now)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("planned by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("done by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    dropped_at = models.DateTimeField(_("dropped at"), null=True, blank=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dropped by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("planned step")
        verbose_name_plural = _("planned steps")
        ordering = ("company", "due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "statement"),
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
                name="planned_step_once",
                violation_error_message=_("This step is already planned."),
            ),
            between(
                "target_level",
                2,
                5,
                name="planned_step_level_range",
                message=_("A step leads to a level between 2 and 5."),
            ),
            both_or_neither(
                at="done_at",
                by="done_by",
                name="planned_step_done_whole",
                message=_("A step that is done needs a moment and a person."),
            ),
            both_or_neither(
                at="dropped_at",
                by="dropped_by",
                name="planned_step_dropped_whole",
                message=_("A step that is dropped needs a moment and a person."),
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(dropped_at__isnull=True),
                name="planned_step_one_end",
                violation_error_message=_("A step is done or dropped, not both."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.target_level}"
