"""Who wants no proposals, by register number: no row of the register is needed."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.common.constraints import one_of
from portal.common.freezing import refuse

MOST_REASON = 500
KEPT = "opt_out_kept"
# Printed numbers start with 0 or 1 for an enterprise, with 2 to 8 for an establishment.
ENTERPRISE_STARTS = ("0", "1")


class Way(models.TextChoices):
    """How an opt-out, or its withdrawal, reached the portal."""

    LINK = "link", _("the signed link")
    PARTNER = "partner", _("a contact of the partner, logged in")
    ADVISER = "adviser", _("an adviser, after a conversation")
    ADMINISTRATOR = "administrator", _("an administrator")
    MERGE = "merge", _("carried along from an entry that was merged")
    EARLIER = "earlier", _("recorded before the way was kept")


# Somebody writes these down for the partner; ending one then takes a reason.
BY_STAFF = (Way.ADVISER, Way.ADMINISTRATOR)
BY_A_PERSON = (Way.PARTNER, *BY_STAFF)


class OptOutQuerySet(models.QuerySet["OptOut"]):
    """Reads over opt-outs."""

    def in_force(self) -> OptOutQuerySet:
        """Those that nobody withdrew."""
        return self.filter(withdrawn_at__isnull=True)


class OptOut(models.Model):
    """A number that wants no proposals: an establishment, or an enterprise with all its places.

    Numbers are ten digits without dots. Rows are added and withdrawn once; nothing else
    ever changes in them, so together they are the history. Imports know nothing of them.
    """

    number = models.CharField(_("establishment or enterprise number"), max_length=10)
    opted_out_at = models.DateTimeField(_("opted out at"))
    opted_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("opted out by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    way = models.CharField(_("through"), max_length=13, choices=Way)
    reason = models.CharField(_("reason"), max_length=MOST_REASON, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_way = models.CharField(_("withdrawn through"), max_length=13, choices=Way, blank=True)
    withdrawn_reason = models.CharField(
        _("reason of the withdrawal"), max_length=MOST_REASON, blank=True
    )

    objects = OptOutQuerySet.as_manager()

    rule_messages: ClassVar[dict[str, Any]] = {
        KEPT: _("An opt-out is kept as it was recorded; it can only be withdrawn.")
    }

    class Meta:
        verbose_name = _("opt-out")
        verbose_name_plural = _("opt-outs")
        ordering = ("-opted_out_at", "-pk")
        triggers = (
            pgtrigger.Trigger(
                name="only_withdrawn",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF TG_OP = 'UPDATE' THEN
                        IF OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL THEN
                            OLD.withdrawn_at := NEW.withdrawn_at;
                            OLD.withdrawn_by_id := NEW.withdrawn_by_id;
                            OLD.withdrawn_way := NEW.withdrawn_way;
                            OLD.withdrawn_reason := NEW.withdrawn_reason;
                        END IF;
                        IF OLD IS NOT DISTINCT FROM NEW THEN
                            RETURN NEW;
                        END IF;
                    END IF;
                    {refuse(constraint=KEPT, message="An opt-out can only be withdrawn")}
                """,
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-8]\d{9}$"),
                name="opt_out_number_form",
                violation_error_message=_(
                    "The number of an establishment or enterprise has ten digits."
                ),
            ),
            models.UniqueConstraint(
                fields=("number",),
                condition=Q(withdrawn_at__isnull=True),
                name="opt_out_once",
                violation_error_message=_("This number is opted out already."),
            ),
            one_of(
                "way",
                Way,
                name="opt_out_way_known",
                message=_("This is not a known way to opt out."),
            ),
            models.CheckConstraint(
                condition=Q(way__in=BY_A_PERSON, opted_out_by__isnull=False)
                | (~Q(way__in=BY_A_PERSON) & ~Q(way=Way.LINK))
                | Q(way=Way.LINK, opted_out_by__isnull=True),
                name="opt_out_person_named",
                violation_error_message=_(
                    "Who recorded an opt-out is named; through the link nobody is."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_at__isnull=True,
                    withdrawn_by__isnull=True,
                    withdrawn_way="",
                    withdrawn_reason="",
                )
                | Q(
                    withdrawn_at__gte=F("opted_out_at"),
                    withdrawn_by__isnull=True,
                    withdrawn_way=Way.LINK,
                )
                | Q(
                    withdrawn_at__gte=F("opted_out_at"),
                    withdrawn_by__isnull=False,
                    withdrawn_way__in=BY_A_PERSON,
                ),
                name="opt_out_withdrawal_whole",
                violation_error_message=_(
                    "A withdrawal comes later, and says through which way and by whom."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(withdrawn_way__in=BY_STAFF) | ~Q(withdrawn_reason=""),
                name="opt_out_withdrawal_has_reason",
                violation_error_message=_(
                    "Who withdraws an opt-out for a partner writes down why."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_whole_enterprise(self) -> bool:
        """It holds for every place of the enterprise, those that are still to come too."""
        return self.number.startswith(ENTERPRISE_STARTS)

    @property
    def is_in_force(self) -> bool:
        """Nobody withdrew it."""
        return self.withdrawn_at is None
