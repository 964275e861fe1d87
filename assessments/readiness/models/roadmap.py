"""Steps of the roadmap that a company takes on, with an owner and a date."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.readiness.domain.planning import StepPlan, StepState, step_fingerprint
from assessments.readiness.models.freezing import STEP_FITS_SCAN, STEP_OF_SCAN
from assessments.readiness.models.questionnaire import Statement
from assessments.readiness.models.scan import Scan
from companies.profiles.models import Company
from portal.accounts.models import User
from portal.common.audit import audited
from portal.common.constraints import between, both_or_neither

_DAY_OF_PLANNING = Cast(
    Func(
        Value("Europe/Brussels"),
        F("planned_at"),
        function="timezone",
        output_field=models.DateTimeField(),
    ),
    models.DateField(),
)


class PlannedStepQuerySet(models.QuerySet["PlannedStep"]):
    """Reads over planned steps."""

    def underway(self) -> PlannedStepQuerySet:
        """Neither done nor dropped."""
        return self.filter(done_at__isnull=True, dropped_at__isnull=True)

    def on(self, statement: Statement) -> PlannedStepQuerySet:
        """Steps on a statement; it keeps its code over the versions of the questionnaire."""
        return self.filter(
            statement__slug=statement.slug,
            statement__transition__slug=statement.transition.slug,
        )


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

    objects = PlannedStepQuerySet.as_manager()

    rule_messages: ClassVar[dict[str, Any]] = {
        STEP_OF_SCAN: _("This statement is not in the scan of this company."),
    }

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
            models.CheckConstraint(
                condition=Q(due_on__gte=_DAY_OF_PLANNING),
                name="planned_step_due_after_planning",
                violation_error_message=_("A step is not due before it was planned."),
            ),
        )
        triggers = (STEP_FITS_SCAN,)

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.target_level}"

    @property
    def state(self) -> StepState:
        """Planned, done or dropped."""
        if self.done_at is not None:
            return StepState.DONE
        return StepState.PLANNED if self.dropped_at is None else StepState.DROPPED

    @property
    def ended_at(self) -> datetime | None:
        """When it was done or dropped; None while it is planned."""
        return self.done_at or self.dropped_at

    @property
    def ended_by(self) -> User | None:
        """Who did or dropped it."""
        return self.done_by if self.done_at is not None else self.dropped_by

    @property
    def plan(self) -> StepPlan:
        """What is agreed, as a plain value."""
        return StepPlan(
            owner_id=self.owner_id,
            due_on=self.due_on,
            target_level=self.target_level,
            remark=self.remark,
        )

    @property
    def fingerprint(self) -> str:
        """Changes when the plan or its state changes."""
        return step_fingerprint(self.plan, self.state)
