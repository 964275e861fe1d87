"""What a partner agreed to show, and the conversations in which an adviser heard it."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.partners.content.consents import versions_in_force
from companies.partners.enums import SharePurpose
from companies.partners.models.partner import Partner
from portal.common.audit import audited
from portal.common.constraints import both_or_neither, one_of
from portal.common.freezing import refuse


@audited()
class Conversation(models.Model):
    """An adviser talked with a partner and recorded what it seeks and agrees to.

    The partner confirms it once it has signed up itself.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="conversations")
    held_on = models.DateField(_("date of the conversation"))
    with_whom = models.CharField(_("with whom: name and function"), max_length=200)
    agreed = models.CharField(_("what was agreed"), max_length=2000)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed by the partner at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("conversation with a partner")
        verbose_name_plural = _("conversations with partners")
        ordering = ("partner", "-held_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(with_whom="") & ~Q(agreed=""),
                name="conversation_told",
                violation_error_message=_("Say with whom you talked, and what was agreed."),
            ),
            both_or_neither(
                at="confirmed_at",
                by="confirmed_by",
                name="conversation_confirmed_whole",
                message=_("A confirmation needs a moment and a person."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.held_on}"


class PartnerConsentQuerySet(models.QuerySet["PartnerConsent"]):
    """Reads over consents of partners."""

    def open(self) -> PartnerConsentQuerySet:
        """Given and not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def in_force(self, purpose: SharePurpose) -> PartnerConsentQuerySet:
        """Consents that count today for a purpose: open, and to a text that still holds."""
        return self.open().filter(purpose=purpose, version__in=versions_in_force(purpose))


def _only_ends() -> pgtrigger.Trigger:
    """A row changes once, when it is withdrawn; a merge may carry it to another partner."""
    return pgtrigger.Trigger(
        name="only_ends",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            OLD.partner_id := NEW.partner_id;
            IF OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL THEN
                OLD.withdrawn_at := NEW.withdrawn_at;
                OLD.withdrawn_by_id := NEW.withdrawn_by_id;
            END IF;
            IF OLD IS NOT DISTINCT FROM NEW THEN
                RETURN NEW;
            END IF;
            {refuse(constraint="partner_consent_only_ends", message="A consent only ends")}
        """,
    )


@audited()
class PartnerConsent(models.Model):
    """A partner agreed to one purpose, in the words of one version; withdrawing ends the row.

    Rows are never reopened or rewritten: giving again is a new row. ``conversation`` says
    that an adviser recorded it after a conversation. Without ``withdrawn_by`` it ended
    because the organisation opted out through its signed link, without log-in.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=10, choices=SharePurpose)
    version = models.CharField(_("version of the text"), max_length=20)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    conversation = models.ForeignKey(
        Conversation,
        verbose_name=_("recorded after this conversation"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="consents",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = PartnerConsentQuerySet.as_manager()

    rule_messages: ClassVar[dict[str, Any]] = {
        "partner_consent_only_ends": _("A consent is kept as it was given; it can only end.")
    }

    class Meta:
        verbose_name = _("consent of a partner")
        verbose_name_plural = _("consents of partners")
        ordering = ("partner", "purpose", "-given_at", "-pk")
        constraints = (
            one_of(
                "purpose",
                SharePurpose,
                name="partner_consent_purpose_known",
                message=_("This is not a known purpose."),
            ),
            models.CheckConstraint(
                condition=~Q(version=""),
                name="partner_consent_version_known",
                violation_error_message=_("A consent is given to a version of the text."),
            ),
            models.UniqueConstraint(
                fields=("partner", "purpose"),
                condition=Q(withdrawn_at__isnull=True),
                name="partner_consent_open_once",
                violation_error_message=_("This consent is given already."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True) | Q(withdrawn_at__isnull=False),
                name="partner_consent_withdrawn_when",
                violation_error_message=_("A withdrawal has a moment."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="partner_consent_ends_later",
                violation_error_message=_("A consent is withdrawn after it was given."),
            ),
        )
        triggers = (_only_ends(),)

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.purpose} {self.version}"
