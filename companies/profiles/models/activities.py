"""What a company does: cells of the study, or other work.

Every write to a row of this module, whoever makes it, raises the company's
``facts_version`` in the same transaction: ``raises_facts_version`` is a trigger.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.profiles.enums import FteBand, Seasonality, SeriesSize
from companies.profiles.models.company import Company
from companies.profiles.models.rules import (
    SHARES_MESSAGE,
    raises_facts_version,
    shares_at_most_100,
)
from portal.common.audit import audited
from portal.common.choices import CELL_CHOICES, NACE_VERSION_CHOICES
from portal.common.constraints import between, one_of
from portal.common.vocabulary import Cell, NaceVersion


@audited()
class Activity(models.Model):
    """A cell of the study (value-chain step x sector), or work outside it (``cell`` empty)."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="activities")
    cell = models.CharField(
        _("activity"), max_length=30, choices=CELL_CHOICES, null=True, blank=True
    )
    description = models.CharField(_("description"), max_length=200, blank=True)
    turnover_share = models.PositiveSmallIntegerField(
        _("share of turnover (%)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    fte_band = models.CharField(_("size"), max_length=6, choices=FteBand, blank=True)
    nace_version = models.CharField(
        _("NACE version"), max_length=4, choices=NACE_VERSION_CHOICES, default=NaceVersion.NACE_2025
    )
    nace_code = models.CharField(_("NACE code"), max_length=7, blank=True)
    custom_work = models.BooleanField(_("custom work"), null=True, blank=True)
    just_in_time = models.BooleanField(_("just-in-time delivery"), null=True, blank=True)
    manual_share = models.PositiveSmallIntegerField(
        _("share of manual work (%)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    automatable = models.BooleanField(_("likely to be automated"), null=True, blank=True)
    relocatable = models.BooleanField(_("could move to a low-wage country"), null=True, blank=True)
    series_size = models.CharField(
        _("size of a series"), max_length=6, choices=SeriesSize, blank=True
    )
    seasonality = models.CharField(
        _("spread over the year"), max_length=6, choices=Seasonality, blank=True
    )

    rule_messages: ClassVar[dict[str, Any]] = {"activity_shares_at_most_100": SHARES_MESSAGE}

    class Meta:
        verbose_name = _("activity of a company")
        verbose_name_plural = _("activities of companies")
        ordering = ("company", "-turnover_share", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "cell"),
                condition=Q(cell__isnull=False),
                name="activity_cell_once",
                violation_error_message=_("This activity is already listed."),
            ),
            one_of(
                "cell",
                Cell,
                name="activity_cell_known",
                message=_("This is not one of the ten activities of the study."),
            ),
            one_of(
                "fte_band",
                FteBand,
                blank=True,
                name="activity_fte_band_known",
                message=_("This is not a known size."),
            ),
            one_of(
                "nace_version",
                NaceVersion,
                name="activity_nace_version_known",
                message=_("This is not a known version of the code list."),
            ),
            one_of(
                "series_size",
                SeriesSize,
                blank=True,
                name="activity_series_size_known",
                message=_("This is not a known size of a series."),
            ),
            one_of(
                "seasonality",
                Seasonality,
                blank=True,
                name="activity_seasonality_known",
                message=_("This is not a known spread over the year."),
            ),
            between(
                "turnover_share",
                0,
                100,
                name="activity_share_range",
                message=_("A share lies between 0 and 100 %."),
            ),
            between(
                "manual_share",
                0,
                100,
                name="activity_manual_share_range",
                message=_("A share lies between 0 and 100 %."),
            ),
            models.CheckConstraint(
                condition=Q(cell__isnull=False) | ~Q(description=""),
                name="activity_other_described",
                violation_error_message=_("Describe an activity outside the study."),
            ),
            models.CheckConstraint(
                condition=Q(nace_code__regex=r"^(\d{2,7})?$"),
                name="activity_nace_form",
                violation_error_message=_("A NACE code has two to seven digits."),
            ),
        )
        triggers = (
            shares_at_most_100(name="activity_shares", constraint="activity_shares_at_most_100"),
            *raises_facts_version(),
        )

    def __str__(self) -> str:
        return self.get_cell_display() if self.cell else self.description
