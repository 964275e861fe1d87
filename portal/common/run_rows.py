"""The row is the queue: abstract base of everything that a worker does on request.

A run row outlives the process that works on it. A worker *claims* it (lease),
keeps it (heartbeat) and ends it; the sweeper puts rows whose lease ran out
back in the queue, so that a ``kill -9`` costs at most one lease.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RunStatus(models.TextChoices):
    """Life of a run row; the last three are final."""

    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    FINISHED = "finished", _("Finished")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


FINAL_STATUSES = (RunStatus.FINISHED, RunStatus.FAILED, RunStatus.CANCELLED)


class RunRow(models.Model):
    """One requested piece of background work with lease, heartbeat and progress."""

    status = models.CharField(
        _("status"), max_length=10, choices=RunStatus, default=RunStatus.QUEUED
    )
    queued_at = models.DateTimeField(_("queued at"), auto_now_add=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("requested by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last heartbeat"), null=True, blank=True)
    lease_expires_at = models.DateTimeField(_("lease expires at"), null=True, blank=True)
    claim_token = models.UUIDField(_("claim"), null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    progress_done = models.PositiveIntegerField(_("progress"), default=0)
    progress_total = models.PositiveIntegerField(_("progress total"), default=0)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        abstract = True

    FINAL: ClassVar[tuple[RunStatus, ...]] = FINAL_STATUSES

    @property
    def is_final(self) -> bool:
        """Nothing will happen to this run any more."""
        return self.status in FINAL_STATUSES
