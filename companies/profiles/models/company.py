"""The company itself, its places and the adviser who follows it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.profiles.content.consents import versions_in_force
from companies.profiles.enums import (
    ConsentPurpose,
    DeclineReason,
    PointSource,
    VerificationStatus,
)
from companies.profiles.models.reference import Competence
from companies.profiles.models.rules import (
    establishment_stays,
    own_facts_version,
    owner_from_start,
    raises_facts_version,
)
from portal.common.audit import audited
from portal.common.choices import PROVINCE_CHOICES
from portal.common.constraints import both_or_neither

# What rooms above read of the company itself; the rest is bookkeeping.
FACT_COLUMNS = (
    "enterprise_number",
    "name",
    "legal_form",
    "street",
    "house_number",
    "postcode",
    "municipality",
    "province",
    "status",
    "is_demo",
)

# Whole metres of a frame around Belgium in Lambert 2008.
PLANE_WEST_M, PLANE_EAST_M = 500_000, 810_000
PLANE_SOUTH_M, PLANE_NORTH_M = 510_000, 760_000


class CompanyQuerySet(models.QuerySet["Company"]):
    """Reads over companies."""

    def verified(self) -> CompanyQuerySet:
        """Companies that count in dashboards and matching."""
        return self.not_closed().filter(status=VerificationStatus.VERIFIED)

    def not_closed(self) -> CompanyQuerySet:
        """Companies whose account is open, verified or not."""
        return self.filter(closed_at__isnull=True)

    def consenting(self, purpose: ConsentPurpose) -> CompanyQuerySet:
        """Companies that agree to this purpose at this moment."""
        return self.filter(
            consents__purpose=purpose,
            consents__version__in=versions_in_force(purpose),
            consents__withdrawn_at__isnull=True,
        )


# The version of the facts moves with every other change, so it is left out.
@audited(exclude=("facts_version", "name_key"))
class Company(models.Model):
    """A maatwerk company that signed up."""

    enterprise_number = models.CharField(_("enterprise number"), max_length=10, unique=True)
    in_register = models.BooleanField(_("found in the register"), default=False)
    name = models.CharField(_("name"), max_length=320)
    name_key = models.CharField(max_length=320, editable=False)
    legal_form = models.CharField(_("legal form (KBO code)"), max_length=3, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    house_number = models.CharField(_("number"), max_length=30, blank=True)
    postcode = models.CharField(_("postcode"), max_length=4)
    municipality = models.CharField(_("municipality"), max_length=120, blank=True)
    province = models.CharField(_("province"), max_length=20, choices=PROVINCE_CHOICES)
    status = models.CharField(
        _("verification"),
        max_length=10,
        choices=VerificationStatus,
        default=VerificationStatus.PENDING,
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decline_reason = models.CharField(
        _("reason for declining"), max_length=20, choices=DeclineReason, blank=True
    )
    decline_note = models.TextField(_("explanation"), blank=True)
    appealed_at = models.DateTimeField(_("asked again at"), null=True, blank=True)
    appealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked again by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    appeal_note = models.TextField(_("explanation of the company"), blank=True)
    competences = models.ManyToManyField(
        Competence, verbose_name=_("competences and certificates"), blank=True
    )
    is_demo = models.BooleanField(_("demo company"), default=False)
    facts_version = models.PositiveIntegerField(
        _("version of the facts"), default=1, editable=False
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    close_reason = models.CharField(_("reason for closing"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("signed up at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signed up by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    terms_version = models.CharField(_("version of the terms accepted"), max_length=20)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ("name_key", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(enterprise_number__regex=r"^[01]\d{9}$"),
                name="company_number_form",
                violation_error_message=_("An enterprise number has ten digits, the first 0 or 1."),
            ),
            both_or_neither(
                at="decided_at",
                by="decided_by",
                name="company_decided_whole",
                message=_("A decision needs a moment and a person."),
            ),
            models.CheckConstraint(
                condition=Q(status=VerificationStatus.PENDING, decided_at__isnull=True)
                | Q(decided_at__isnull=False),
                name="company_decision_recorded",
                violation_error_message=_("A verified or declined company has a decision."),
            ),
            models.CheckConstraint(
                condition=~Q(status=VerificationStatus.DECLINED) | ~Q(decline_reason=""),
                name="company_decline_has_reason",
                violation_error_message=_("Choose why the sign-up is declined."),
            ),
            both_or_neither(
                at="closed_at",
                by="closed_by",
                name="company_closed_whole",
                message=_("Closing needs a moment and a person."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, close_reason="")
                | (Q(closed_at__isnull=False) & ~Q(close_reason="")),
                name="company_closed_with_reason",
                violation_error_message=_("A closed company has a reason, an open one has none."),
            ),
            both_or_neither(
                at="appealed_at",
                by="appealed_by",
                name="company_appeal_whole",
                message=_("Asking again needs a moment and a person."),
            ),
        )
        triggers = (owner_from_start(), own_facts_version(*FACT_COLUMNS))

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        """Its members only read it, and after a time everything is deleted."""
        return self.closed_at is not None


@audited()
class CompanyEstablishment(models.Model):
    """A place where the company works; distances count from the nearest one."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="establishments")
    number = models.CharField(_("establishment number"), max_length=10, blank=True)
    name = models.CharField(_("name"), max_length=320, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    house_number = models.CharField(_("number"), max_length=30, blank=True)
    postcode = models.CharField(_("postcode"), max_length=4)
    municipality = models.CharField(_("municipality"), max_length=120, blank=True)
    x_m = models.IntegerField(_("x in metres (Lambert 2008)"), null=True, blank=True)
    y_m = models.IntegerField(_("y in metres (Lambert 2008)"), null=True, blank=True)
    point_source = models.CharField(
        _("source of the point"), max_length=8, choices=PointSource, default=PointSource.POSTAL
    )

    class Meta:
        verbose_name = _("establishment of a company")
        verbose_name_plural = _("establishments of companies")
        ordering = ("company", "postcode", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(x_m__isnull=True, y_m__isnull=True)
                | Q(x_m__isnull=False, y_m__isnull=False),
                name="company_establishment_point_whole",
                violation_error_message=_("A point needs both coordinates."),
            ),
            models.UniqueConstraint(
                fields=("company", "number"),
                condition=~Q(number=""),
                name="company_establishment_once",
                violation_error_message=_("This establishment is already listed."),
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^([2-8]\d{9})?$"),
                name="company_establishment_number_form",
                violation_error_message=_(
                    "An establishment number has ten digits, the first from 2 to 8."
                ),
            ),
            models.CheckConstraint(
                condition=Q(point_source__in=PointSource.values),
                name="company_establishment_source_known",
                violation_error_message=_("Choose a source from the list."),
            ),
            models.CheckConstraint(
                condition=Q(point_source=PointSource.POSTAL) | Q(x_m__isnull=False),
                name="company_establishment_source_has_point",
                violation_error_message=_("A point needs both coordinates."),
            ),
            models.CheckConstraint(
                condition=Q(
                    x_m__gte=PLANE_WEST_M,
                    x_m__lte=PLANE_EAST_M,
                    y_m__gte=PLANE_SOUTH_M,
                    y_m__lte=PLANE_NORTH_M,
                ),
                name="company_establishment_in_belgium",
                violation_error_message=_("This point does not lie in Belgium."),
            ),
        )
        triggers = (establishment_stays(), *raises_facts_version())

    def __str__(self) -> str:
        return self.name or f"{self.postcode} {self.municipality}"


@audited()
class CompanyAdviser(models.Model):
    """An adviser who follows this company whatever its province."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="advisers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="advised_companies"
    )

    class Meta:
        verbose_name = _("adviser of a company")
        verbose_name_plural = _("advisers of companies")
        ordering = ("company", "user", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "user"),
                name="company_adviser_once",
                violation_error_message=_("This adviser already follows this company."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.company_id}: {self.user_id}"


# The rows between companies and competences have no model of their own to decorate.
@audited(of_link=True)
class CompanyCompetence(Company.competences.through):  # type: ignore[name-defined,misc]
    """A competence that a company says it has, kept in the history too."""

    class Meta:
        proxy = True
        ordering = ("pk",)
        triggers = raises_facts_version()
        verbose_name = _("competence of a company")
        verbose_name_plural = _("competences of companies")
