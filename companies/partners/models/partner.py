"""Partners in the regular economy: register entries that said what they seek."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from companies.profiles.enums import VerificationStatus
from companies.register.models import Establishment
from portal.common.audit import audited
from portal.common.constraints import both_or_neither, one_of


class PartnerQuerySet(models.QuerySet["Partner"]):
    """Reads over partners."""

    def verified(self) -> PartnerQuerySet:
        """Partners whose needs count: recorded by an adviser, or signed up and accepted."""
        return self.filter(status=VerificationStatus.VERIFIED)


@audited()
class Partner(models.Model):
    """A REC establishment that signed up or was recorded by an adviser.

    ``consented_at`` and ``consented_by`` repeat the open consent to be shown, for lists;
    whether it counts is asked of ``PartnerConsent``.
    """

    establishment = models.OneToOneField(
        Establishment,
        verbose_name=_("establishment"),
        on_delete=models.PROTECT,
        related_name="partner",
    )
    description = models.TextField(_("what the partner does and seeks"), blank=True)
    status = models.CharField(
        _("verification"),
        max_length=10,
        choices=VerificationStatus,
        default=VerificationStatus.VERIFIED,
    )
    signed_up_at = models.DateTimeField(_("signed up at"), null=True, blank=True)
    signed_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signed up by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    consented_at = models.DateTimeField(
        _("agreed to be shown at"), null=True, blank=True, editable=False
    )
    consented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("agreed to be shown by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_demo = models.BooleanField(_("demo partner"), default=False)
    created_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = PartnerQuerySet.as_manager()

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
            one_of(
                "status",
                VerificationStatus,
                name="partner_status_known",
                message=_("This is not a known status."),
            ),
            both_or_neither(
                at="signed_up_at",
                by="signed_up_by",
                name="partner_signed_up_whole",
                message=_("A sign-up needs a moment and a person."),
            ),
            models.CheckConstraint(
                condition=models.Q(status=VerificationStatus.VERIFIED)
                | models.Q(signed_up_at__isnull=False),
                name="partner_waits_when_signed_up",
                violation_error_message=_("Only a sign-up waits for verification."),
            ),
        )

    def __str__(self) -> str:
        return str(self.establishment)

    @property
    def is_verified(self) -> bool:
        """Its needs count, and companies may see them as far as it agreed."""
        return self.status == VerificationStatus.VERIFIED

    @property
    def is_pending(self) -> bool:
        """Signed up, and an adviser has yet to look at it."""
        return self.status == VerificationStatus.PENDING


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
