"""What the cellar itself stores."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CspReport(models.Model):
    """Something that the content security policy stopped in a browser; equal ones are counted."""

    key = models.CharField(_("key"), max_length=32, editable=False)
    page = models.CharField(_("page"), max_length=300, blank=True)
    directive = models.CharField(_("rule"), max_length=300, blank=True)
    blocked = models.CharField(_("stopped"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    line = models.PositiveIntegerField(_("line"), default=0)
    times = models.PositiveIntegerField(_("times"), default=1)
    first_seen_at = models.DateTimeField(_("first seen"))
    last_seen_at = models.DateTimeField(_("last seen"))

    class Meta:
        verbose_name = _("CSP report")
        verbose_name_plural = _("CSP reports")
        ordering = ("-last_seen_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("key",),
                name="csp_report_counted_once",
                violation_error_message=_("This report is already there; it is counted."),
            ),
            models.CheckConstraint(
                condition=Q(times__gte=1),
                name="csp_report_seen",
                violation_error_message=_("A report was seen at least once."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.directive}: {self.blocked}"
