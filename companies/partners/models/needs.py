"""What a partner seeks: one open need per opportunity, closed ones kept."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from companies.partners.enums import NEED_LABELS, Sourcing
from companies.partners.models.partner import Partner
from companies.profiles.enums import OfferUnit
from companies.profiles.models import Competence
from companies.profiles.models.facts import EARLIEST, LATEST
from portal.common.audit import audited
from portal.common.choices import OPPORTUNITY_CHOICES
from portal.common.constraints import between, both_or_neither, one_of
from portal.common.vocabulary import Opportunity

MOST_AMOUNT = 1_000_000


def _day_range(field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": EARLIEST, f"{field}__lte": LATEST}),
        name=name,
        violation_error_message=_("A date lies between 2000 and 2100."),
    )


class PartnerNeedQuerySet(models.QuerySet["PartnerNeed"]):
    """Reads over needs."""

    def open(self) -> PartnerNeedQuerySet:
        """Needs that nobody closed, expired ones included."""
        return self.filter(closed_at__isnull=True)

    def current(self, today: date) -> PartnerNeedQuerySet:
        """Open needs that did not end before ``today``; those still to start too."""
        return self.open().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))


@audited()
class PartnerNeed(models.Model):
    """What a partner seeks for one opportunity, and whom to talk to about it.

    The contact person is personal data: companies see it only with the consent for that.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="needs")
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    sourcing = models.CharField(
        _("where the work is done today"), max_length=10, choices=Sourcing, blank=True
    )
    amount = models.PositiveIntegerField(_("amount sought"), null=True, blank=True)
    unit = models.CharField(_("counted in"), max_length=6, choices=OfferUnit, blank=True)
    radius_km = models.PositiveSmallIntegerField(_("radius (km)"), null=True, blank=True)
    starts_on = models.DateField(_("sought from"), null=True, blank=True)
    ends_on = models.DateField(_("sought until"), null=True, blank=True)
    description = models.CharField(_("short description"), max_length=1000, blank=True)
    competences = models.ManyToManyField(
        Competence,
        verbose_name=_("competences asked"),
        blank=True,
        related_name="+",
        help_text=_("A certificate in this list is required; a competence is a wish."),
    )
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_function = models.CharField(_("function"), max_length=120, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    stated_at = models.DateTimeField(_("last stated at"), null=True, blank=True)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("last stated by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_from_adviser = models.BooleanField(_("recorded by an adviser"), default=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = PartnerNeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need of a partner")
        verbose_name_plural = _("needs of partners")
        ordering = ("partner", "opportunity", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("partner", "opportunity"),
                condition=Q(closed_at__isnull=True),
                name="need_once",
                violation_error_message=_("There is already an open need for this opportunity."),
            ),
            one_of(
                "opportunity",
                Opportunity,
                name="need_opportunity_known",
                message=_("This is not one of the five opportunities."),
            ),
            models.CheckConstraint(
                condition=Q(sourcing="")
                | Q(sourcing__in=Sourcing.values, opportunity=Opportunity.RESHORING.value),
                name="need_sourcing_of_reshoring",
                violation_error_message=_("Only work can be outsourced or brought back."),
            ),
            between(
                "radius_km",
                1,
                500,
                name="need_radius_range",
                message=_("A radius lies between 1 and 500 km."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | ~Q(unit=""),
                name="need_amount_has_unit",
                violation_error_message=_("Say in what the amount is counted."),
            ),
            between(
                "amount",
                1,
                MOST_AMOUNT,
                name="need_amount_range",
                message=_("An amount lies between 1 and 1,000,000."),
            ),
            _day_range("starts_on", "need_start_range"),
            _day_range("ends_on", "need_end_range"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="need_period_forward",
                violation_error_message=_("A period ends after it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(contact_name="")
                | Q(contact_function="", contact_phone="", contact_email=""),
                name="need_contact_named",
                violation_error_message=_("Say whose function, telephone or address this is."),
            ),
            both_or_neither(
                at="stated_at",
                by="stated_by",
                name="need_stated_whole",
                message=_("Stating a need takes a moment and a person."),
            ),
            both_or_neither(
                at="closed_at",
                by="closed_by",
                name="need_closed_whole",
                message=_("Closing needs a moment and a person."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.opportunity}: {self.amount} {self.unit}"

    @property
    def is_open(self) -> bool:
        """Nobody closed it."""
        return self.closed_at is None

    @property
    def label(self) -> str:
        """What is sought, in words."""
        return str(NEED_LABELS[Opportunity(self.opportunity)])

    def is_over(self, today: date) -> bool:
        """It was sought until a day before ``today``: it no longer counts."""
        return self.ends_on is not None and self.ends_on < today

    def is_current(self, today: date) -> bool:
        """Open, and not over."""
        return self.is_open and not self.is_over(today)


# The rows between needs and competences have no model of their own to decorate.
@audited(of_link=True)
class NeedCompetence(PartnerNeed.competences.through):  # type: ignore[name-defined,misc]
    """A competence that a partner asks, kept in the history too."""

    class Meta:
        proxy = True
        ordering = ("pk",)
        verbose_name = _("competence asked by a partner")
        verbose_name_plural = _("competences asked by partners")
