"""Runs: when matching ran, over what, with which versions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.matching.models.policy import Policy
from assessments.opportunities.models import RuleSet
from companies.profiles.models import Company
from companies.register.models import RegisterImport
from portal.common.run_rows import RunRow, RunStatus


class MatchRun(RunRow):
    """One run over all companies, or over one company (``company`` set)."""

    company = models.ForeignKey(
        Company,
        verbose_name=_("only this company"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="match_runs",
    )
    policy = models.ForeignKey(
        Policy, verbose_name=_("policy"), null=True, blank=True, on_delete=models.PROTECT
    )
    rule_set = models.ForeignKey(
        RuleSet, verbose_name=_("rule set"), null=True, blank=True, on_delete=models.PROTECT
    )
    register_import = models.ForeignKey(
        RegisterImport, verbose_name=_("register"), null=True, blank=True, on_delete=models.PROTECT
    )
    input_hash = models.CharField(_("hash of the input"), max_length=64, blank=True)
    companies_count = models.PositiveIntegerField(_("companies"), default=0)
    partners_count = models.PositiveIntegerField(_("partners"), default=0)
    pairs_count = models.PositiveBigIntegerField(_("pairs looked at"), default=0)
    matches_count = models.PositiveIntegerField(_("matches"), default=0)
    proposals_count = models.PositiveIntegerField(_("proposals"), default=0)
    place_unknown_count = models.PositiveIntegerField(_("place unknown"), default=0)

    class Meta:
        verbose_name = _("matching run")
        verbose_name_plural = _("matching runs")
        ordering = ("-queued_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("status",),
                condition=Q(company__isnull=True, status=RunStatus.RUNNING),
                name="match_run_one_full_running",
                violation_error_message=_("A full run is already going on."),
            ),
            models.UniqueConstraint(
                fields=("status",),
                condition=Q(company__isnull=True, status=RunStatus.QUEUED),
                name="match_run_one_full_queued",
                violation_error_message=_("A full run is already waiting."),
            ),
            models.UniqueConstraint(
                fields=("company", "status"),
                condition=Q(status__in=(RunStatus.QUEUED, RunStatus.RUNNING)),
                name="match_run_one_per_company",
                violation_error_message=_("This company is already being matched."),
            ),
        )

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_full(self) -> bool:
        """A run over all companies."""
        return self.company_id is None

    @property
    def seconds(self) -> float | None:
        """How long the last attempt took; None while it has not ended."""
        if self.started_at is None or self.finished_at is None:
            return None
        return (self.finished_at - self.started_at).total_seconds()
