"""Matching policies as versioned data, runs, and the matches that they found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.opportunities.models import RuleSet
from companies.profiles.models import Company
from companies.register.models import Establishment, RegisterImport
from portal.common.choices import (
    CELL_CHOICES,
    NACE_VERSION_CHOICES,
    OPPORTUNITY_CHOICES,
)
from portal.common.constraints import between, one_of
from portal.common.run_rows import RunRow, RunStatus
from portal.common.versioned import Versioned
from portal.common.vocabulary import Opportunity

MILLION = 1_000_000


class Policy(Versioned):
    """One version of weights, radii and caps. All fractions are whole millionths."""

    top_k = models.PositiveSmallIntegerField(_("matches stored per opportunity"), default=50)
    proposals_per_opportunity = models.PositiveSmallIntegerField(
        _("proposals per company and opportunity"), default=5
    )
    proposals_per_partner = models.PositiveSmallIntegerField(_("proposals per partner"), default=3)
    cooling_off_days = models.PositiveSmallIntegerField(
        _("days of rest after a refusal"), default=365
    )
    potential_high = models.PositiveIntegerField(_("potential at verdict high"), default=MILLION)
    potential_medium = models.PositiveIntegerField(
        _("potential at verdict medium"), default=700_000
    )
    potential_low = models.PositiveIntegerField(_("potential at verdict low"), default=300_000)

    class Meta(Versioned.Meta):
        verbose_name = _("matching policy")
        verbose_name_plural = _("matching policies")


class PolicyOpportunity(models.Model):
    """Radius and weights of one opportunity; the six weights sum to one million."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="opportunities")
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    radius_km = models.PositiveSmallIntegerField(_("default radius (km)"))
    weight_activity = models.PositiveIntegerField(_("weight of activity"), default=350_000)
    weight_proximity = models.PositiveIntegerField(_("weight of proximity"), default=200_000)
    weight_capacity = models.PositiveIntegerField(_("weight of capacity"), default=150_000)
    weight_competence = models.PositiveIntegerField(_("weight of competence"), default=100_000)
    weight_diversification = models.PositiveIntegerField(
        _("weight of diversification"), default=150_000
    )
    weight_contact = models.PositiveIntegerField(_("weight of contact"), default=50_000)

    class Meta:
        verbose_name = _("policy for an opportunity")
        verbose_name_plural = _("policies for opportunities")
        ordering = ("policy", "opportunity", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("policy", "opportunity"),
                name="policy_opportunity_once",
                violation_error_message=_("This opportunity is already in the policy."),
            ),
            one_of(
                "opportunity",
                Opportunity,
                name="policy_opportunity_known",
                message=_("Unknown opportunity."),
            ),
            models.CheckConstraint(
                condition=Q(
                    weight_activity=MILLION
                    - models.F("weight_proximity")
                    - models.F("weight_capacity")
                    - models.F("weight_competence")
                    - models.F("weight_diversification")
                    - models.F("weight_contact")
                ),
                name="policy_weights_sum",
                violation_error_message=_("The six weights sum to 1 000 000."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.policy_id}: {self.opportunity}"


class Affinity(models.Model):
    """How well work of a cell fits a partner with a NACE code, in millionths.

    The longest prefix that fits the partner's code wins.
    """

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="affinities")
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    cell = models.CharField(_("activity"), max_length=30, choices=CELL_CHOICES)
    nace_version = models.CharField(_("NACE version"), max_length=4, choices=NACE_VERSION_CHOICES)
    nace_prefix = models.CharField(_("code or its beginning"), max_length=7)
    value = models.PositiveIntegerField(_("affinity in millionths"))

    class Meta:
        verbose_name = _("affinity")
        verbose_name_plural = _("affinities")
        ordering = ("policy", "opportunity", "cell", "nace_version", "nace_prefix", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("policy", "opportunity", "cell", "nace_version", "nace_prefix"),
                name="affinity_once",
                violation_error_message=_("This affinity is already given."),
            ),
            between(
                "value",
                0,
                MILLION,
                name="affinity_range",
                message=_("An affinity lies between 0 and 1 000 000."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.opportunity} {self.cell} {self.nace_prefix}: {self.value}"


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
        )

    def __str__(self) -> str:
        return f"#{self.pk}"


class Match(models.Model):
    """A proposal: company, partner, opportunity, because of the stored components."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="matches")
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    establishment = models.ForeignKey(
        Establishment, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="matches"
    )
    run = models.ForeignKey(
        MatchRun, verbose_name=_("last run that found it"), on_delete=models.PROTECT
    )
    rank = models.PositiveSmallIntegerField(_("rank"))
    score = models.PositiveIntegerField(_("score in millionths"))
    potential = models.PositiveIntegerField(_("potential in millionths"))
    distance_m = models.PositiveIntegerField(_("distance in metres"))
    radius_m = models.PositiveIntegerField(_("radius in metres"))
    components = models.JSONField(_("components, weights, contributions"))
    evidence = models.JSONField(_("activities and codes that met"))
    proposed = models.BooleanField(_("proposed"), default=False)
    is_stale = models.BooleanField(_("not found any more"), default=False)
    found_at = models.DateTimeField(_("first found at"))

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        ordering = ("company", "opportunity", "is_stale", "rank", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "opportunity", "establishment"),
                name="match_once",
                violation_error_message=_("This match already exists."),
            ),
            one_of(
                "opportunity",
                Opportunity,
                name="match_opportunity_known",
                message=_("Unknown opportunity."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.company_id} {self.opportunity} {self.establishment_id}"
