"""A workbook between its preview and its confirmation."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from companies.profiles.models.company import Company
from portal.common.audit import audited
from portal.common.constraints import both_or_neither

KEPT_FOR = timedelta(hours=24)


# What was typed is shown and written once; it is no part of the history.
@audited(exclude=("content",))
class WorkbookUpload(models.Model):
    """Rows of an uploaded workbook that passed every check; the file itself is not kept.

    ``content`` holds texts by sheet, row and column, and is emptied when it is written.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="workbook_uploads")
    content = models.JSONField(_("rows"), default=dict, blank=True, editable=False)
    facts_version = models.PositiveIntegerField(
        _("version of the facts at the upload"), editable=False
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("uploaded workbook")
        verbose_name_plural = _("uploaded workbooks")
        ordering = ("-uploaded_at", "pk")
        constraints = (
            both_or_neither(
                at="confirmed_at",
                by="confirmed_by",
                name="workbook_confirmed_whole",
                message=_("A confirmation needs a moment and a person."),
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | models.Q(content={}),
                name="workbook_emptied_when_confirmed",
                violation_error_message=_("What was written is no longer kept in the upload."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.company_id}: {self.uploaded_at:%Y-%m-%d %H:%M}"
