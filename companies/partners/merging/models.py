"""Which entry of the register continues as which other one, and what moved then."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.common.freezing import refuse

KEPT = "merge_kept"
OF_SURVIVOR = "merge_survivor_stands"
ESTABLISHMENT_FORM = r"^[2-8]\d{9}$"


class EstablishmentMerge(models.Model):
    """Two establishment numbers that are the same place; ``loser`` continues as ``survivor``.

    Kept by number, so that no import touches it. ``moved`` lists, per row, what happened:
    ``relation`` (``app.Model.field``), ``pk``, ``name``, ``did`` (moved, kept, chosen) and,
    for a choice, the field with the value that stands and the one that does not.
    """

    loser = models.CharField(_("number that ends"), max_length=10, unique=True)
    survivor = models.CharField(_("number that stays"), max_length=10, db_index=True)
    merged_at = models.DateTimeField(_("merged at"))
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("merged by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.CharField(_("why they are the same place"), max_length=500)
    moved = models.JSONField(_("what moved"), default=list)

    rule_messages: ClassVar[dict[str, Any]] = {
        KEPT: _("A merge is kept as it was made."),
        OF_SURVIVOR: _("The number that stays was merged into another one itself."),
    }

    class Meta:
        verbose_name = _("merge of two establishments")
        verbose_name_plural = _("merges of establishments")
        ordering = ("-merged_at", "-pk")
        triggers = (
            pgtrigger.Trigger(
                name="never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=refuse(constraint=KEPT, message="A merge is kept as it was made"),
            ),
            pgtrigger.Trigger(
                name="survivor_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF EXISTS (
                        SELECT 1 FROM partners_establishmentmerge m WHERE m.loser = NEW.survivor
                    ) THEN
                        {refuse(constraint=OF_SURVIVOR, message="The survivor was merged itself")}
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - constants of the code
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(loser__regex=ESTABLISHMENT_FORM, survivor__regex=ESTABLISHMENT_FORM),
                name="merge_number_form",
                violation_error_message=_(
                    "An establishment number has ten digits, the first from 2 to 8."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(loser=F("survivor")),
                name="merge_of_two",
                violation_error_message=_("A place cannot be merged with itself."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.loser} → {self.survivor}"
