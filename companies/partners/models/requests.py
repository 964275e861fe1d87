"""Who asks to act for a partner: by signing it up, or by joining its contacts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.partners.enums import Capacity, RefusalReason
from companies.partners.models.partner import Partner
from companies.profiles.enums import JoinStatus
from portal.common.audit import audited
from portal.common.constraints import both_or_neither, one_of

ANSWERED = (JoinStatus.ACCEPTED, JoinStatus.REFUSED, JoinStatus.WITHDRAWN)


class ContactRequestQuerySet(models.QuerySet["ContactRequest"]):
    """Reads over requests."""

    def open(self) -> ContactRequestQuerySet:
        """Nobody answered or withdrew them."""
        return self.filter(status=JoinStatus.OPEN)

    def sign_ups(self) -> ContactRequestQuerySet:
        """Requests that only staff answer."""
        return self.filter(is_sign_up=True)


@audited()
class ContactRequest(models.Model):
    """A person asks to act for a partner, in a function, having accepted the terms.

    A sign-up is answered by staff; a request to join by the contacts, or by staff.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="requests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="partner_requests"
    )
    is_sign_up = models.BooleanField(_("sign-up"))
    capacity = models.CharField(_("acts as"), max_length=14, choices=Capacity)
    message = models.CharField(_("message"), max_length=500, blank=True)
    terms_version = models.CharField(_("version of the terms accepted"), max_length=20)
    status = models.CharField(
        _("status"), max_length=9, choices=JoinStatus, default=JoinStatus.OPEN
    )
    requested_at = models.DateTimeField(_("asked at"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    refusal_reason = models.CharField(
        _("reason for declining"), max_length=12, choices=RefusalReason, blank=True
    )
    refusal_note = models.CharField(_("explanation"), max_length=2000, blank=True)

    objects = ContactRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to act for a partner")
        verbose_name_plural = _("requests to act for partners")
        ordering = ("partner", "requested_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("partner", "user"),
                condition=Q(status=JoinStatus.OPEN),
                name="contact_request_open_once",
                violation_error_message=_("This person already asked to act for this partner."),
            ),
            models.UniqueConstraint(
                fields=("partner",),
                condition=Q(status=JoinStatus.OPEN, is_sign_up=True),
                name="contact_request_one_sign_up",
                violation_error_message=_("Somebody else is signing this partner up."),
            ),
            one_of(
                "capacity",
                Capacity,
                name="contact_request_capacity_known",
                message=_("Choose a function from the list."),
            ),
            models.CheckConstraint(
                condition=Q(status=JoinStatus.OPEN, decided_at__isnull=True)
                | Q(status__in=ANSWERED, decided_at__isnull=False),
                name="contact_request_answer_recorded",
                violation_error_message=_("An answered request has a decision."),
            ),
            both_or_neither(
                at="decided_at",
                by="decided_by",
                name="contact_request_decided_whole",
                message=_("A decision needs a moment and a person."),
            ),
            models.CheckConstraint(
                condition=Q(status=JoinStatus.REFUSED, refusal_reason__in=RefusalReason.values)
                | (~Q(status=JoinStatus.REFUSED) & Q(refusal_reason="", refusal_note="")),
                name="contact_request_refusal_has_reason",
                violation_error_message=_("Choose why the request is declined."),
            ),
            models.CheckConstraint(
                condition=~Q(terms_version=""),
                name="contact_request_terms_accepted",
                violation_error_message=_("Who asks accepted a version of the terms."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} → {self.partner_id}: {self.status}"
