"""Partners in the regular economy: register entries that said what they seek."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.partners.merging.models import EstablishmentMerge
from companies.partners.opt_out.models import OptOut
from companies.profiles.enums import OfferUnit
from companies.profiles.models import Competence
from companies.register.models import Establishment
from portal.common.audit import audited
from portal.common.choices import OPPORTUNITY_CHOICES
from portal.common.constraints import between, both_or_neither, one_of
from portal.common.vocabulary import Opportunity

__all__ = [
    "EstablishmentMerge",
    "NeedCompetence",
    "OptOut",
    "Partner",
    "PartnerContact",
    "PartnerNeed",
]


@audited()
class Partner(models.Model):
    """A REC establishment that signed up or was recorded by an adviser."""

    establishment = models.OneToOneField(
        Establishment,
        verbose_name=_("establishment"),
        on_delete=models.PROTECT,
        related_name="partner",
    )
    description = models.TextField(_("what the partner does and seeks"), blank=True)
    consented_at = models.DateTimeField(_("agreed to be shown at"), null=True, blank=True)
    consented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("agreed to be shown by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_demo = models.BooleanField(_("demo partner"), default=False)
    created_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ("establishment__name_key", "pk")
        constraints = (
            both_or_neither(
                at="consented_at",
                by="consented_by",
                name="partner_consent_whole",
                message=_("Consent needs a moment and a person."),
            ),
        )

    def __str__(self) -> str:
        return str(self.establishment)


@audited()
class PartnerNeed(models.Model):
    """What a partner seeks for one opportunity."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="needs")
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    amount = models.PositiveIntegerField(_("amount sought"), null=True, blank=True)
    unit = models.CharField(_("counted in"), max_length=6, choices=OfferUnit, blank=True)
    radius_km = models.PositiveSmallIntegerField(_("radius (km)"), null=True, blank=True)
    competences = models.ManyToManyField(
        Competence,
        verbose_name=_("competences asked"),
        blank=True,
        related_name="+",
        help_text=_("A certificate in this list is required; a competence is a wish."),
    )

    class Meta:
        verbose_name = _("need of a partner")
        verbose_name_plural = _("needs of partners")
        ordering = ("partner", "opportunity", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("partner", "opportunity"),
                name="need_once",
                violation_error_message=_("There is already a need for this opportunity."),
            ),
            one_of(
                "opportunity",
                Opportunity,
                name="need_opportunity_known",
                message=_("This is not one of the five opportunities."),
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
        )

    def __str__(self) -> str:
        return f"{self.opportunity}: {self.amount} {self.unit}"


@audited()
class PartnerContact(models.Model):
    """A person who acts for a partner."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="contacts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="partner_contacts"
    )

    class Meta:
        verbose_name = _("contact of a partner")
        verbose_name_plural = _("contacts of partners")
        ordering = ("partner", "user", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("partner", "user"),
                name="partner_contact_once",
                violation_error_message=_("This person is already a contact of this partner."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.partner_id}"


# The rows between needs and competences have no model of their own to decorate.
@audited(of_link=True)
class NeedCompetence(PartnerNeed.competences.through):  # type: ignore[name-defined,misc]
    """A competence that a partner asks, kept in the history too."""

    class Meta:
        proxy = True
        ordering = ("pk",)
        verbose_name = _("competence asked by a partner")
        verbose_name_plural = _("competences asked by partners")
