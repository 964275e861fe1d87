"""What is left of a company after its deletion."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CompanyDeletion(models.Model):
    """A company's data were deleted: that it happened, when, and how many rows of what.

    The enterprise number stays, readable: it is a public number of a legal person, the
    question "are our data gone?" needs an answer, and after a backup is put back the
    same deletions have to be done again. A hash would hide nothing, since ten digits
    are tried out in a moment.
    """

    enterprise_number = models.CharField(_("enterprise number"), max_length=10)
    signed_up_at = models.DateTimeField(_("signed up at"))
    closed_at = models.DateTimeField(_("closed at"))
    deleted_at = models.DateTimeField(_("deleted at"))
    rows_deleted = models.JSONField(_("rows deleted, by kind"), default=dict)

    class Meta:
        verbose_name = _("deletion of a company")
        verbose_name_plural = _("deletions of companies")
        ordering = ("-deleted_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(deleted_at__gte=models.F("closed_at")),
                name="company_deletion_after_closing",
                violation_error_message=_("A company is deleted after it was closed."),
            ),
        )

    def __str__(self) -> str:
        return self.enterprise_number
