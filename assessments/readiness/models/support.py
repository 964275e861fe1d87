"""Which kinds of support the teams need, as bands of teams; never about a person."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.readiness.domain.parts import SupportNeed, TeamShare
from assessments.readiness.models.freezing import frozen_with_scan
from assessments.readiness.models.questionnaire import SUPPORT_NEED_LABELS
from assessments.readiness.models.scan import Scan
from portal.common.choices import choices
from portal.common.constraints import one_of

TEAM_SHARE_LABELS: dict[TeamShare, Any] = {
    TeamShare.NONE: pgettext_lazy("share of teams", "in no team"),
    TeamShare.SOME: pgettext_lazy("share of teams", "in some teams (up to a third)"),
    TeamShare.MANY: pgettext_lazy("share of teams", "in many teams (one to two thirds)"),
    TeamShare.MOST: pgettext_lazy("share of teams", "in most teams (more than two thirds)"),
}


class SupportNeedShare(models.Model):
    """In how many teams of the company one kind of support is needed, at one moment."""

    scan = models.ForeignKey(
        Scan, verbose_name=_("scan"), on_delete=models.CASCADE, related_name="support_needs"
    )
    need = models.CharField(_("support need"), max_length=12, choices=choices(SUPPORT_NEED_LABELS))
    share = models.CharField(
        _("share of the teams"), max_length=4, choices=choices(TEAM_SHARE_LABELS)
    )

    class Meta:
        verbose_name = _("support need of a scan")
        verbose_name_plural = _("support needs of scans")
        ordering = ("scan", "need", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("scan", "need"),
                name="support_need_once",
                violation_error_message=_("This support need is already answered."),
            ),
            one_of(
                "need", SupportNeed, name="support_need_known", message=_("Unknown support need.")
            ),
            one_of(
                "share",
                TeamShare,
                name="support_need_share_known",
                message=_("Unknown share of the teams."),
            ),
        )
        triggers = frozen_with_scan(of_old="s.id = OLD.scan_id", of_new="s.id = NEW.scan_id")

    def __str__(self) -> str:
        return f"{self.need}: {self.share}"
