"""When a part of the profile was last confirmed, and what was typed but is not saved yet."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast, Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from companies.profiles.domain.completeness import Part
from companies.profiles.models.company import Company
from portal.common.audit import audited
from portal.common.autosave import LARGEST_DRAFT
from portal.common.constraints import one_of

ROOM_FOR_ESCAPES = 2  # PostgreSQL writes JSON with a little more space than Python


@audited()
class PartConfirmation(models.Model):
    """Somebody saved a part of the profile, or said that it is still right."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="confirmations")
    part = models.CharField(_("part of the profile"), max_length=20)
    confirmed_at = models.DateTimeField(_("confirmed at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("confirmation of a part of the profile")
        verbose_name_plural = _("confirmations of parts of the profile")
        ordering = ("company", "part", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "part"),
                name="part_confirmed_once",
                violation_error_message=_("This part already has a date of confirmation."),
            ),
            one_of(
                "part",
                Part,
                name="part_confirmed_known",
                message=_("This is not a part of the profile."),
            ),
        )

    def __str__(self) -> str:
        return self.part


class PartDraft(models.Model):
    """What a person typed in a part and that could not be saved yet.

    Without history on purpose: what was never saved is gone when it is thrown away.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(_("page"), max_length=40)
    token = models.CharField(_("state it started from"), max_length=40, blank=True)
    fields = models.JSONField(_("what was typed"))
    saved_at = models.DateTimeField(_("kept at"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("typed by"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta:
        verbose_name = _("draft of a part of the profile")
        verbose_name_plural = _("drafts of parts of the profile")
        ordering = ("company", "key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("saved_by", "company", "key"),
                name="part_draft_once",
                violation_error_message=_("There is already a draft of this page."),
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Length(Cast("fields", models.TextField())), LARGEST_DRAFT * ROOM_FOR_ESCAPES
                ),
                name="part_draft_size",
                violation_error_message=_("This is too much to keep as a draft."),
            ),
        )

    def __str__(self) -> str:
        return self.key
