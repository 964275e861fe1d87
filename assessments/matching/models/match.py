"""Matches that runs found, and what matching last saw of each company."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.matching.models.run import MatchRun
from companies.profiles.models import Company
from companies.register.models import Establishment
from portal.common.choices import OPPORTUNITY_CHOICES
from portal.common.constraints import one_of
from portal.common.vocabulary import Opportunity


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
    equal_others = models.PositiveIntegerField(
        _("other candidates with the same score and distance"), default=0
    )
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
            models.CheckConstraint(
                condition=Q(is_stale=False) | Q(proposed=False),
                name="match_stale_not_proposed",
                violation_error_message=_("A match that is not found any more is no proposal."),
            ),
            models.CheckConstraint(
                condition=Q(distance_m__lte=models.F("radius_m")),
                name="match_within_radius",
                violation_error_message=_("A match lies within its radius."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.company_id} {self.opportunity} {self.establishment_id}"


class CompanyState(models.Model):
    """What matching last saw of a company, to find out who is behind (pull, not push)."""

    company = models.OneToOneField(
        Company, on_delete=models.CASCADE, primary_key=True, related_name="matching_state"
    )
    facts_version = models.PositiveIntegerField(_("version of the facts"))
    assessments_hash = models.CharField(_("hash of the assessments"), max_length=64)
    history_hash = models.CharField(
        _("hash of introductions and refusals"), max_length=64, blank=True, default=""
    )
    run = models.ForeignKey(MatchRun, verbose_name=_("run"), on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("state of a company in matching")
        verbose_name_plural = _("states of companies in matching")
        ordering = ("company",)

    def __str__(self) -> str:
        return f"{self.company_id}: {self.facts_version}"
