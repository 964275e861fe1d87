"""Matching policies as versioned data: weights, radii, caps and affinities."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.matching.models.freezing import FROZEN_CONTENT, FROZEN_POLICY
from portal.common.choices import (
    CELL_CHOICES,
    NACE_VERSION_CHOICES,
    OPPORTUNITY_CHOICES,
    VERDICT_CHOICES,
)
from portal.common.constraints import at_least, between, one_of
from portal.common.versioned import Versioned, VersionStatus
from portal.common.vocabulary import Cell, NaceVersion, Opportunity, Verdict

MILLION = 1_000_000
# An incomplete assessment counts as the lowest verdict still possible, so it is no floor.
FLOOR_CHOICES = [choice for choice in VERDICT_CHOICES if choice[0] != Verdict.ONVOLLEDIG.value]


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
    class_main = models.PositiveIntegerField(_("weight of a main activity"), default=MILLION)
    class_secondary = models.PositiveIntegerField(
        _("weight of a secondary activity"), default=700_000
    )
    class_ancillary = models.PositiveIntegerField(
        _("weight of an ancillary activity"), default=400_000
    )

    class Meta(Versioned.Meta):
        verbose_name = _("matching policy")
        verbose_name_plural = _("matching policies")
        constraints = (  # type: ignore[assignment]
            *Versioned.Meta.constraints,
            at_least("top_k", 1, name="policy_top_k", message=_("Store at least one match.")),
            *(
                between(
                    field,
                    0,
                    MILLION,
                    name=f"policy_{field}_range",
                    message=_("A fraction lies between 0 and 1 000 000 millionths."),
                )
                for field in (
                    "potential_high",
                    "potential_medium",
                    "potential_low",
                    "class_main",
                    "class_secondary",
                    "class_ancillary",
                )
            ),
        )
        triggers = (FROZEN_POLICY,)

    @property
    def is_draft(self) -> bool:
        """Only a draft can be changed."""
        return self.status == VersionStatus.DRAFT


class PolicyOpportunity(models.Model):
    """Radius and weights of one opportunity; the six weights sum to one million."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="opportunities")
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    radius_km = models.PositiveSmallIntegerField(_("default radius (km)"))
    verdict_floor = models.CharField(
        _("lowest verdict that is matched"),
        max_length=10,
        choices=FLOOR_CHOICES,
        blank=True,
        help_text=_("Empty: no floor."),
    )
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
        triggers = (FROZEN_CONTENT,)
        constraints = (
            between(
                "radius_km",
                1,
                500,
                name="policy_radius_range",
                message=_("A radius lies between 1 and 500 km."),
            ),
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

    def clean(self) -> None:
        """Say which sum is wrong before the database refuses it."""
        total = sum(self.weights)
        if total != MILLION:
            raise ValidationError(
                _("The six weights sum to %(total)s instead of 1 000 000."),
                params={"total": total},
                code="weights_sum",
            )

    @property
    def weights(self) -> tuple[int, ...]:
        """The six weights in the order of the components."""
        return (
            self.weight_activity,
            self.weight_proximity,
            self.weight_capacity,
            self.weight_competence,
            self.weight_diversification,
            self.weight_contact,
        )


class Affinity(models.Model):
    """How well work fits a partner with a NACE code, in millionths.

    The work is a cell of the study, or (for work outside the ten cells) the beginning
    of the company's own code. The longest prefix that fits wins.
    """

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="affinities")
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    cell = models.CharField(_("activity"), max_length=30, choices=CELL_CHOICES, blank=True)
    own_version = models.CharField(
        _("NACE version of work outside the study"),
        max_length=4,
        choices=NACE_VERSION_CHOICES,
        blank=True,
    )
    own_prefix = models.CharField(
        _("own code or its beginning, for work outside the study"), max_length=7, blank=True
    )
    nace_version = models.CharField(
        _("NACE version of the partner"), max_length=4, choices=NACE_VERSION_CHOICES
    )
    nace_prefix = models.CharField(_("partner's code or its beginning"), max_length=7)
    value = models.PositiveIntegerField(_("affinity in millionths"))

    class Meta:
        verbose_name = _("affinity")
        verbose_name_plural = _("affinities")
        ordering = (
            "policy",
            "opportunity",
            "cell",
            "own_version",
            "own_prefix",
            "nace_version",
            "nace_prefix",
            "pk",
        )
        triggers = (FROZEN_CONTENT,)
        constraints = (
            models.UniqueConstraint(
                fields=(
                    "policy",
                    "opportunity",
                    "cell",
                    "own_version",
                    "own_prefix",
                    "nace_version",
                    "nace_prefix",
                ),
                name="affinity_once",
                violation_error_message=_("This affinity is already given."),
            ),
            models.CheckConstraint(
                condition=Q(~Q(cell=""), own_version="", own_prefix="")
                | Q(~Q(own_version=""), ~Q(own_prefix=""), cell=""),
                name="affinity_of_cell_or_code",
                violation_error_message=_("Give an activity, or an own code with its version."),
            ),
            models.CheckConstraint(
                condition=Q(nace_prefix__regex=r"^\d+$") & Q(own_prefix__regex=r"^\d*$"),
                name="affinity_prefix_digits",
                violation_error_message=_("A code consists of digits only."),
            ),
            models.CheckConstraint(
                condition=Q(cell__in=["", *(cell.value for cell in Cell)]),
                name="affinity_cell_known",
                violation_error_message=_("Unknown activity."),
            ),
            one_of(
                "nace_version",
                NaceVersion,
                name="affinity_version_known",
                message=_("This is not a known version of the code list."),
            ),
            one_of(
                "opportunity",
                Opportunity,
                name="affinity_opportunity_known",
                message=_("Unknown opportunity."),
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
        return f"{self.opportunity} {self.activity_key} {self.nace_prefix}: {self.value}"

    @property
    def activity_key(self) -> str:
        """How the domain names the work: the cell, or ``version:prefix``."""
        return self.cell or f"{self.own_version}:{self.own_prefix}"
