"""How to reach an enterprise or an establishment, as the register has it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from companies.register.domain.channels import channel_link
from portal.common.constraints import one_of


class ContactKind(models.TextChoices):
    """Kinds of ``contact.csv`` that are kept (fax numbers are not)."""

    TELEPHONE = "TEL", _("Telephone")
    EMAIL = "EMAIL", _("E-mail")
    WEB = "WEB", pgettext_lazy("contact channel", "Website")


class ContactChannel(models.Model):
    """A telephone number, e-mail address or website of an enterprise or an establishment.

    Only of legal persons and their establishments that are active: those of natural
    persons are personal data and never come in. ``value`` is as published, which nobody checked:
    make links with ``link``.
    """

    enterprise = models.ForeignKey(
        "register.Enterprise",
        verbose_name=_("enterprise"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="contacts",
        db_index=False,  # found by the rule below
    )
    establishment = models.ForeignKey(
        "register.Establishment",
        verbose_name=_("establishment"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="contacts",
        db_index=False,  # found by the rule below
    )
    kind = models.CharField(_("kind"), max_length=5, choices=ContactKind)
    value = models.CharField(_("number or address"), max_length=254)

    class Meta:
        verbose_name = _("contact channel")
        verbose_name_plural = _("contact channels")
        ordering = ("kind", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False, establishment__isnull=True)
                | Q(enterprise__isnull=True, establishment__isnull=False),
                name="contact_channel_one_owner",
                violation_error_message=_(
                    "A contact channel belongs to an enterprise or to an establishment."
                ),
            ),
            models.UniqueConstraint(
                fields=("enterprise", "kind", "value"),
                condition=Q(enterprise__isnull=False),
                name="contact_channel_once_per_enterprise",
                violation_error_message=_("This contact channel is already listed."),
            ),
            models.UniqueConstraint(
                fields=("establishment", "kind", "value"),
                condition=Q(establishment__isnull=False),
                name="contact_channel_once_per_establishment",
                violation_error_message=_("This contact channel is already listed."),
            ),
            one_of(
                "kind",
                ContactKind,
                name="contact_channel_kind_known",
                message=_("This is no telephone number, e-mail address or website."),
            ),
        )

    def __str__(self) -> str:
        return self.value

    @property
    def link(self) -> str:
        """A safe address to link to, or nothing when the value makes no sense as one."""
        return channel_link(self.kind, self.value)
