"""What a company works with and does already: equipment, enclaves, own products, cooperation.

Nothing here is about one person: an enclave counts places, never who works there.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.profiles.enums import CooperationKind, EquipmentKind
from companies.profiles.models.company import Company
from companies.profiles.models.rules import (
    SHARES_MESSAGE,
    raises_facts_version,
    shares_at_most_100,
)
from portal.common.audit import audited
from portal.common.constraints import between

FIRST_YEAR = 1950
LAST_YEAR = 2100
MOST_EQUIPMENT = 1_000
MOST_PLACES = 5_000


def _year_range(field: str, name: str) -> models.CheckConstraint:
    return between(
        field,
        FIRST_YEAR,
        LAST_YEAR,
        name=name,
        message=_("The year lies between 1950 and 2100."),
    )


def _year(label: Any) -> Any:
    return models.PositiveSmallIntegerField(
        label,
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )


def _number_form(field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__regex": r"^([01]\d{9})?$"}),
        name=name,
        violation_error_message=_("An enterprise number has ten digits, the first 0 or 1."),
    )


@audited()
class Equipment(models.Model):
    """Machines, robots, operator support or software of one kind."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="equipment")
    kind = models.CharField(_("kind of equipment"), max_length=24, choices=EquipmentKind)
    description = models.CharField(_("description"), max_length=120, blank=True)
    year_bought = _year(_("year bought"))
    quantity = models.PositiveSmallIntegerField(
        _("how many"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_EQUIPMENT)],
    )

    class Meta:
        verbose_name = _("equipment of a company")
        verbose_name_plural = _("equipment of companies")
        ordering = ("company", "kind", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=EquipmentKind.values),
                name="equipment_kind_known",
                violation_error_message=_("Choose a kind from the list."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=EquipmentKind.OTHER) | ~Q(description=""),
                name="equipment_other_described",
                violation_error_message=_("Describe equipment of another kind."),
            ),
            _year_range("year_bought", "equipment_year_range"),
            between(
                "quantity",
                1,
                MOST_EQUIPMENT,
                name="equipment_quantity_range",
                message=_("The number lies between 1 and 1000."),
            ),
        )
        triggers = raises_facts_version()

    def __str__(self) -> str:
        return self.description or str(self.get_kind_display())


@audited()
class Enclave(models.Model):
    """A team that works at a host, a regular company; places only, nobody by name."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="enclaves")
    host_number = models.CharField(_("enterprise number of the host"), max_length=10, blank=True)
    host_name = models.CharField(_("name of the host"), max_length=200)
    nace_division = models.CharField(
        _("sector (first two digits of NACE 2025)"), max_length=2, blank=True
    )
    places = models.PositiveSmallIntegerField(
        _("places"), validators=[MinValueValidator(1), MaxValueValidator(MOST_PLACES)]
    )
    since_year = _year(_("since"))

    class Meta:
        verbose_name = _("enclave of a company")
        verbose_name_plural = _("enclaves of companies")
        ordering = ("company", "-places", "pk")
        constraints = (
            _number_form("host_number", "enclave_host_number_form"),
            models.CheckConstraint(
                condition=~Q(host_name=""),
                name="enclave_host_named",
                violation_error_message=_("Type the name of the host."),
            ),
            models.CheckConstraint(
                condition=Q(nace_division__regex=r"^(\d{2})?$"),
                name="enclave_sector_form",
                violation_error_message=_("Choose a sector from the list."),
            ),
            between(
                "places",
                1,
                MOST_PLACES,
                name="enclave_places_range",
                message=_("The number of places lies between 1 and 5000."),
            ),
            _year_range("since_year", "enclave_year_range"),
        )
        triggers = raises_facts_version()

    def __str__(self) -> str:
        return self.host_name


@audited()
class OwnProduct(models.Model):
    """A product that the company makes and sells under its own name."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="own_products")
    name = models.CharField(_("name of the product"), max_length=120)
    description = models.CharField(_("description"), max_length=200, blank=True)
    since_year = _year(_("since"))
    turnover_share = models.PositiveSmallIntegerField(
        _("share of turnover (%)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    rule_messages: ClassVar[dict[str, Any]] = {"own_product_shares_at_most_100": SHARES_MESSAGE}

    class Meta:
        verbose_name = _("own product of a company")
        verbose_name_plural = _("own products of companies")
        ordering = ("company", "name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "name"),
                name="own_product_once",
                violation_error_message=_("This product is already listed."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="own_product_named",
                violation_error_message=_("Type the name of the product."),
            ),
            between(
                "turnover_share",
                0,
                100,
                name="own_product_share_range",
                message=_("A share lies between 0 and 100 %."),
            ),
            _year_range("since_year", "own_product_year_range"),
        )
        triggers = (
            shares_at_most_100(
                name="own_product_shares", constraint="own_product_shares_at_most_100"
            ),
            *raises_facts_version(),
        )

    def __str__(self) -> str:
        return self.name


@audited()
class Cooperation(models.Model):
    """What the company does together with another organisation."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="cooperations")
    kind = models.CharField(_("kind of cooperation"), max_length=16, choices=CooperationKind)
    partner_number = models.CharField(
        _("enterprise number of the partner"), max_length=10, blank=True
    )
    partner_name = models.CharField(_("name of the partner"), max_length=200)
    since_year = _year(_("since"))

    class Meta:
        verbose_name = _("cooperation of a company")
        verbose_name_plural = _("cooperations of companies")
        ordering = ("company", "kind", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=CooperationKind.values),
                name="cooperation_kind_known",
                violation_error_message=_("Choose a kind from the list."),
            ),
            _number_form("partner_number", "cooperation_partner_number_form"),
            models.CheckConstraint(
                condition=~Q(partner_name=""),
                name="cooperation_partner_named",
                violation_error_message=_("Type the name of the partner."),
            ),
            _year_range("since_year", "cooperation_year_range"),
        )
        triggers = raises_facts_version()

    def __str__(self) -> str:
        return self.partner_name
