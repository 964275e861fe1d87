"""Mirror of the part of the Belgian business register (KBO) that the portal needs.

Columns follow the KBO Open Data cookbook. Coordinates are whole metres in
Belgian Lambert 2008 (EPSG:3812), of the postal point, projected once at import.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.register.contact_models import ContactChannel, ContactKind
from companies.register.import_models import (
    DIFFERENCE_FIELDS,
    DifferenceKind,
    IncompleteReason,
    RegisterDifference,
    RegisterImport,
)
from companies.register.search_models import SearchEntry
from portal.common.choices import NACE_VERSION_CHOICES, OPPORTUNITY_CHOICES, PROVINCE_CHOICES
from portal.common.constraints import one_of
from portal.common.vocabulary import NaceVersion, Opportunity

__all__ = (
    "DIFFERENCE_FIELDS",
    "Classification",
    "ContactChannel",
    "ContactKind",
    "DifferenceKind",
    "Enterprise",
    "EnterpriseActivity",
    "Establishment",
    "EstablishmentActivity",
    "IncompleteReason",
    "KnownNumber",
    "NaceCode",
    "PostalPoint",
    "RegisterDifference",
    "RegisterImport",
    "SearchEntry",
    "WatchedNace",
)


class PostalPoint(models.Model):
    """A Belgian postcode with its province and the point that stands for it."""

    postcode = models.CharField(_("postcode"), max_length=4, primary_key=True)
    name = models.CharField(_("place"), max_length=120)
    province = models.CharField(_("province"), max_length=20, choices=PROVINCE_CHOICES)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    x_m = models.IntegerField(_("x in metres (Lambert 2008)"))
    y_m = models.IntegerField(_("y in metres (Lambert 2008)"))

    class Meta:
        verbose_name = _("postal point")
        verbose_name_plural = _("postal points")
        ordering = ("postcode",)

    def __str__(self) -> str:
        return f"{self.postcode} {self.name}"


class NaceCode(models.Model):
    """An activity code of one version, with its labels from ``code.csv``."""

    version = models.CharField(_("version"), max_length=4, choices=NACE_VERSION_CHOICES)
    code = models.CharField(_("code"), max_length=7)
    label_nl = models.CharField(_("Dutch label"), max_length=400, blank=True)
    label_fr = models.CharField(_("French label"), max_length=400, blank=True)
    label_en = models.CharField(_("English label"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("NACE code")
        verbose_name_plural = _("NACE codes")
        ordering = ("version", "code", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "code"),
                name="nace_code_once_per_version",
                violation_error_message=_("This code already exists in this version."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} ({self.version})"


class WatchedNace(models.Model):
    """A code prefix that makes an establishment a possible partner for an opportunity."""

    version = models.CharField(_("version"), max_length=4, choices=NACE_VERSION_CHOICES)
    prefix = models.CharField(_("code or its beginning"), max_length=7)
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)

    class Meta:
        verbose_name = _("watched NACE code")
        verbose_name_plural = _("watched NACE codes")
        ordering = ("version", "prefix", "opportunity", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "prefix", "opportunity"),
                name="watched_nace_once",
                violation_error_message=_("This code is already watched for this opportunity."),
            ),
            one_of(
                "opportunity",
                Opportunity,
                name="watched_nace_opportunity_known",
                message=_("This is not one of the five opportunities."),
            ),
            one_of(
                "version",
                NaceVersion,
                name="watched_nace_version_known",
                message=_("This is not a known version of the code list."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.prefix} ({self.version}): {self.opportunity}"


class Enterprise(models.Model):
    """A registered entity. Numbers are ten digits without dots.

    ``trade_name`` is kept of natural persons only: the best name that is no person's, which
    their places go by; or empty.
    """

    number = models.CharField(_("enterprise number"), max_length=10, primary_key=True)
    name = models.CharField(_("name"), max_length=320)
    name_key = models.CharField(max_length=320, editable=False)
    trade_name = models.CharField(_("trade name"), max_length=320, blank=True)
    is_natural_person = models.BooleanField(_("natural person"), default=False)
    legal_form = models.CharField(_("legal form (KBO code)"), max_length=3, blank=True)
    legal_situation = models.CharField(_("legal situation (KBO code)"), max_length=3, blank=True)
    started_on = models.DateField(_("start date"), null=True, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    house_number = models.CharField(_("number"), max_length=30, blank=True)
    box = models.CharField(_("box"), max_length=30, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    municipality = models.CharField(_("municipality"), max_length=120, blank=True)
    country = models.CharField(_("country, empty for Belgium"), max_length=100, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")
        ordering = ("name_key", "number")
        indexes = (
            models.Index(fields=("name_key", "number"), name="enterprise_name_key"),
            # For the search by the beginning of a name, whatever the database's collation.
            models.Index(
                fields=("name_key",),
                name="enterprise_name_prefix",
                opclasses=["varchar_pattern_ops"],
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(number__regex=r"^[01]\d{9}$"),
                name="enterprise_number_form",
                violation_error_message=_("An enterprise number has ten digits, the first 0 or 1."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Establishment(models.Model):
    """A place where an enterprise works: the unit that partners are made of.

    ``name`` is the one to show: ``own_name``, which the place's own denominations give, or
    with none one derived from its enterprise. Both are kept, so that an update that brings
    only the enterprise can derive it again. For a place of a natural person ``own_name``
    is a trade name or empty.
    """

    number = models.CharField(_("establishment number"), max_length=10, primary_key=True)
    enterprise = models.ForeignKey(
        Enterprise,
        verbose_name=_("enterprise"),
        on_delete=models.PROTECT,
        related_name="establishments",
    )
    name = models.CharField(_("name"), max_length=320)
    name_key = models.CharField(max_length=320, editable=False)
    own_name = models.CharField(_("own name"), max_length=320, blank=True)
    started_on = models.DateField(_("start date"), null=True, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    house_number = models.CharField(_("number"), max_length=30, blank=True)
    box = models.CharField(_("box"), max_length=30, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    municipality = models.CharField(_("municipality"), max_length=120, blank=True)
    province = models.CharField(_("province"), max_length=20, choices=PROVINCE_CHOICES, blank=True)
    x_m = models.IntegerField(_("x in metres (Lambert 2008)"), null=True, blank=True)
    y_m = models.IntegerField(_("y in metres (Lambert 2008)"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("establishment")
        verbose_name_plural = _("establishments")
        ordering = ("name_key", "number")
        indexes = (
            models.Index(fields=("name_key", "number"), name="establishment_name_key"),
            models.Index(
                fields=("name_key",),
                name="establishment_name_prefix",
                opclasses=["varchar_pattern_ops"],
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(number__regex=r"^[2-8]\d{9}$"),
                name="establishment_number_form",
                violation_error_message=_(
                    "An establishment number has ten digits, the first from 2 to 8."
                ),
            ),
            models.CheckConstraint(
                condition=Q(x_m__isnull=True, y_m__isnull=True)
                | Q(x_m__isnull=False, y_m__isnull=False),
                name="establishment_point_whole",
                violation_error_message=_("A point needs both coordinates."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class KnownNumber(models.Model):
    """An enterprise that imports keep whatever its activities: somebody here deals with it."""

    number = models.CharField(_("enterprise number"), max_length=10, primary_key=True)
    since = models.DateTimeField(_("known since"), auto_now_add=True)

    class Meta:
        verbose_name = _("known number")
        verbose_name_plural = _("known numbers")
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                condition=Q(number__regex=r"^[01]\d{9}$"),
                name="known_number_form",
                violation_error_message=_("An enterprise number has ten digits, the first 0 or 1."),
            ),
        )

    def __str__(self) -> str:
        return self.number


class Classification(models.TextChoices):
    """How important an activity is for the entity (KBO code ``Classification``)."""

    MAIN = "MAIN", _("Main")
    SECONDARY = "SECO", _("Secondary")
    ANCILLARY = "ANCI", _("Ancillary")


class EstablishmentActivity(models.Model):
    """An activity of an establishment: its own, or its enterprise's when it has none.

    Only one NACE version per establishment is kept: 2025, else 2008, else 2003. An
    establishment has either own activities or inherited ones, never both.
    """

    establishment = models.ForeignKey(
        Establishment, on_delete=models.CASCADE, related_name="activities"
    )
    version = models.CharField(_("version"), max_length=4, choices=NACE_VERSION_CHOICES)
    code = models.CharField(_("code"), max_length=7)
    classification = models.CharField(_("classification"), max_length=4, choices=Classification)
    is_inherited = models.BooleanField(_("taken from the enterprise"), default=False)

    class Meta:
        verbose_name = _("activity of an establishment")
        verbose_name_plural = _("activities of establishments")
        ordering = ("establishment", "classification", "code", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("establishment", "version", "code"),
                name="establishment_activity_once",
                violation_error_message=_("This activity is already listed."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} ({self.version}, {self.classification})"


class EnterpriseActivity(models.Model):
    """An activity of an enterprise, kept for known numbers to pre-fill a sign-up."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="activities")
    version = models.CharField(_("version"), max_length=4, choices=NACE_VERSION_CHOICES)
    code = models.CharField(_("code"), max_length=7)
    classification = models.CharField(_("classification"), max_length=4, choices=Classification)

    class Meta:
        verbose_name = _("activity of an enterprise")
        verbose_name_plural = _("activities of enterprises")
        ordering = ("enterprise", "classification", "code", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("enterprise", "version", "code"),
                name="enterprise_activity_once",
                violation_error_message=_("This activity is already listed."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} ({self.version}, {self.classification})"
