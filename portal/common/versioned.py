"""Versioned data: draft, then published, then retired; a published version never changes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class VersionStatus(models.TextChoices):
    """Life of a version."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class Versioned(models.Model):
    """Base of questionnaires, rule sets and matching policies.

    A subclass adds ``Meta(Versioned.Meta)``; at most one version is published.
    """

    version = models.PositiveIntegerField(_("version"), unique=True)
    status = models.CharField(
        _("status"), max_length=9, choices=VersionStatus, default=VersionStatus.DRAFT
    )
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty for the version that came with the portal."),
    )

    class Meta:
        abstract = True
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(
                fields=("status",),
                condition=Q(status="published"),
                name="%(class)s_one_published",
                violation_error_message=_("Only one version can be published."),
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.version}"
