"""How people become members, and which texts they accepted."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.profiles.enums import JoinStatus, LegalText, MemberRole
from companies.profiles.models.company import Company
from portal.common.audit import audited
from portal.common.constraints import both_or_neither, one_of

ANSWERED = (JoinStatus.ACCEPTED, JoinStatus.REFUSED, JoinStatus.WITHDRAWN)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads over invitations."""

    def waiting(self) -> InvitationQuerySet:
        """Neither accepted nor withdrawn; expired ones included, they can be sent again."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def open(self, now: datetime) -> InvitationQuerySet:
        """Invitations that can be accepted at ``now``."""
        return self.waiting().filter(expires_at__gt=now)


# Whoever reads the history must not be able to compare secrets.
@audited(exclude=("token_hash",))
class Invitation(models.Model):
    """A person is invited by e-mail; only the holder of that address can accept."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=6, choices=MemberRole)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("company", "email", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "email"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once",
                violation_error_message=_("This person is already invited."),
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="invitation_email_lower",
                violation_error_message=_("An address is kept in small letters."),
            ),
            one_of(
                "role",
                MemberRole,
                name="invitation_role_known",
                message=_("Choose owner, editor or reader."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")),
                name="invitation_expires_later",
                violation_error_message=_("An invitation expires after it was sent."),
            ),
            both_or_neither(
                at="accepted_at",
                by="accepted_by",
                name="invitation_accepted_whole",
                message=_("An acceptance needs a moment and a person."),
            ),
            both_or_neither(
                at="withdrawn_at",
                by="withdrawn_by",
                name="invitation_withdrawn_whole",
                message=_("A withdrawal needs a moment and a person."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_one_end",
                violation_error_message=_("An invitation is either accepted or withdrawn."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} @ {self.company_id}"

    @property
    def is_expired(self) -> bool:
        """The link in the mail no longer works."""
        return self.expires_at <= timezone.now()


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    """Reads over requests to join."""

    def open(self, now: datetime) -> JoinRequestQuerySet:
        """Requests that somebody can still decide on at ``now``."""
        return self.filter(status=JoinStatus.OPEN, expires_at__gt=now)


@audited()
class JoinRequest(models.Model):
    """A person asks to act for a company that is signed up already."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests"
    )
    role = models.CharField(_("role wished"), max_length=6, choices=MemberRole)
    message = models.CharField(_("message"), max_length=500, blank=True)
    status = models.CharField(
        _("status"), max_length=9, choices=JoinStatus, default=JoinStatus.OPEN
    )
    requested_at = models.DateTimeField(_("asked at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ("company", "requested_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "user"),
                condition=Q(status=JoinStatus.OPEN),
                name="join_request_open_once",
                violation_error_message=_("This person already asked to join this company."),
            ),
            one_of(
                "role",
                MemberRole,
                name="join_request_role_known",
                message=_("Choose owner, editor or reader."),
            ),
            one_of(
                "status",
                JoinStatus,
                name="join_request_status_known",
                message=_("This is not a known status."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("requested_at")),
                name="join_request_expires_later",
                violation_error_message=_("A request expires after it was made."),
            ),
            both_or_neither(
                at="decided_at",
                by="decided_by",
                name="join_request_decided_whole",
                message=_("A decision needs a moment and a person."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=ANSWERED, decided_at__isnull=False)
                | Q(status__in=(JoinStatus.OPEN, JoinStatus.EXPIRED), decided_at__isnull=True),
                name="join_request_answer_recorded",
                violation_error_message=_("An answered request has a decision."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} → {self.company_id}: {self.status}"

    @property
    def shown_status(self) -> JoinStatus:
        """As a person sees it: nobody decides any more on an open request that expired."""
        if self.status == JoinStatus.OPEN and self.expires_at <= timezone.now():
            return JoinStatus.EXPIRED
        return JoinStatus(self.status)


@audited()
class Acceptance(models.Model):
    """Somebody accepted a version: of the terms for a company, of the privacy text personally."""

    text = models.CharField(_("text"), max_length=7, choices=LegalText)
    version = models.CharField(_("version"), max_length=20)
    company = models.ForeignKey(
        Company, null=True, blank=True, on_delete=models.CASCADE, related_name="acceptances"
    )
    accepted_at = models.DateTimeField(_("accepted at"), default=timezone.now)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        on_delete=models.CASCADE,
        related_name="acceptances",
    )

    class Meta:
        verbose_name = _("acceptance of a text")
        verbose_name_plural = _("acceptances of texts")
        ordering = ("accepted_at", "pk")
        constraints = (
            one_of(
                "text",
                LegalText,
                name="acceptance_text_known",
                message=_("This is not a known text."),
            ),
            models.CheckConstraint(
                condition=Q(text=LegalText.TERMS, company__isnull=False)
                | Q(text=LegalText.PRIVACY, company__isnull=True),
                name="acceptance_for_whom",
                violation_error_message=_(
                    "Terms are accepted for a company, the privacy statement by a person."
                ),
            ),
            models.UniqueConstraint(
                fields=("company", "version"),
                condition=Q(text=LegalText.TERMS),
                name="acceptance_of_terms_once",
                violation_error_message=_("This version is accepted already."),
            ),
            models.UniqueConstraint(
                fields=("accepted_by", "version"),
                condition=Q(text=LegalText.PRIVACY),
                name="acceptance_of_privacy_once",
                violation_error_message=_("This version is accepted already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.text} {self.version}: {self.accepted_by_id}"
