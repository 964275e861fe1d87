"""What a company tells: customers, offers.

Every write to a row of this module, whoever makes it, raises the company's
``facts_version`` in the same transaction: ``raises_facts_version`` is a trigger.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from companies.profiles.enums import LEAST_OF_BAND, OfferUnit, VolumeBand
from companies.profiles.models.company import Company
from companies.profiles.models.rules import (
    SHARES_MESSAGE,
    raises_facts_version,
    shares_at_most_100,
)
from portal.common.audit import audited
from portal.common.choices import (
    OPPORTUNITY_CHOICES,
)
from portal.common.constraints import between, one_of
from portal.common.vocabulary import Opportunity

# Days that an offer may name.
EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 12, 31)


@audited()
class Customer(models.Model):
    """A customer with its share of turnover; the number when it is known."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="customers")
    name = models.CharField(_("name of the organisation"), max_length=200)
    enterprise_number = models.CharField(_("enterprise number"), max_length=10, blank=True)
    nace_division = models.CharField(_("sector (first two digits of NACE 2025)"), max_length=2)
    turnover_share = models.PositiveSmallIntegerField(
        _("share of turnover (%)"), validators=[MinValueValidator(0), MaxValueValidator(100)]
    )

    rule_messages: ClassVar[dict[str, Any]] = {"customer_shares_at_most_100": SHARES_MESSAGE}

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering = ("company", "-turnover_share", "pk")
        constraints = (
            between(
                "turnover_share",
                0,
                100,
                name="customer_share_range",
                message=_("A share lies between 0 and 100 %."),
            ),
            models.UniqueConstraint(
                fields=("company", "enterprise_number"),
                condition=~Q(enterprise_number=""),
                name="customer_once",
                violation_error_message=_("This customer is already listed."),
            ),
            models.CheckConstraint(
                condition=Q(enterprise_number__regex=r"^([01]\d{9})?$"),
                name="customer_number_form",
                violation_error_message=_("An enterprise number has ten digits, the first 0 or 1."),
            ),
            models.CheckConstraint(
                condition=Q(nace_division__regex=r"^\d{2}$"),
                name="customer_sector_form",
                violation_error_message=_("Choose a sector from the list."),
            ),
        )
        triggers = (
            shares_at_most_100(name="customer_shares", constraint="customer_shares_at_most_100"),
            *raises_facts_version(),
        )

    def __str__(self) -> str:
        return self.name


@audited()
class OpportunityOffer(models.Model):
    """What the company offers for an opportunity, and how far it will go."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="offers")
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    radius_km = models.PositiveSmallIntegerField(_("radius (km)"), null=True, blank=True)
    amount = models.PositiveIntegerField(_("amount offered"), null=True, blank=True)
    unit = models.CharField(_("counted in"), max_length=6, choices=OfferUnit, blank=True)
    volume_band = models.CharField(
        _("volume offered"), max_length=7, choices=VolumeBand, blank=True
    )
    starts_on = models.DateField(_("offered from"), null=True, blank=True)
    ends_on = models.DateField(_("offered until"), null=True, blank=True)

    class Meta:
        verbose_name = _("offer for an opportunity")
        verbose_name_plural = _("offers for opportunities")
        ordering = ("company", "opportunity", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "opportunity"),
                name="offer_once",
                violation_error_message=_("There is already an offer for this opportunity."),
            ),
            one_of(
                "opportunity",
                Opportunity,
                name="offer_opportunity_known",
                message=_("This is not one of the five opportunities."),
            ),
            between(
                "radius_km",
                1,
                500,
                name="offer_radius_range",
                message=_("A radius lies between 1 and 500 km."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | ~Q(unit=""),
                name="offer_amount_has_unit",
                violation_error_message=_("Say in what the amount is counted."),
            ),
            between(
                "amount",
                1,
                1_000_000,
                name="offer_amount_range",
                message=_("An amount lies between 1 and 1,000,000."),
            ),
            one_of(
                "unit",
                OfferUnit,
                blank=True,
                name="offer_unit_known",
                message=_("This is not a known unit."),
            ),
            one_of(
                "volume_band",
                VolumeBand,
                blank=True,
                name="offer_volume_band_known",
                message=_("This is not a known volume band."),
            ),
            models.CheckConstraint(
                condition=Q(unit=OfferUnit.VOLUME, amount__isnull=True) & ~Q(volume_band="")
                | ~Q(unit=OfferUnit.VOLUME) & Q(volume_band=""),
                name="offer_volume_in_band",
                violation_error_message=_("A volume is a band, never an amount."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__gte=EARLIEST, starts_on__lte=LATEST),
                name="offer_start_range",
                violation_error_message=_("A date lies between 2000 and 2100."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=EARLIEST, ends_on__lte=LATEST),
                name="offer_end_range",
                violation_error_message=_("A date lies between 2000 and 2100."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="offer_period_order",
                violation_error_message=_("The offer ends before it starts."),
            ),
        )
        triggers = raises_facts_version()

    def __str__(self) -> str:
        return f"{self.opportunity}: {self.volume_band or self.amount} {self.unit}"

    @property
    def least_amount(self) -> int | None:
        """What is offered at least, in its unit; None when that is not told."""
        if self.volume_band:
            return LEAST_OF_BAND[VolumeBand(self.volume_band)]
        return self.amount

    def is_over(self, today: date) -> bool:
        """The period lies in the past; an offer without an end goes on."""
        return self.ends_on is not None and self.ends_on < today
