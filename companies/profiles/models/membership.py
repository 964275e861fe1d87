"""Who may act for a company."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from companies.profiles.enums import MemberRole
from companies.profiles.models.company import Company
from companies.profiles.models.rules import owner_stays
from portal.common.audit import audited
from portal.common.constraints import one_of


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads over memberships."""

    def active_owners(self) -> MembershipQuerySet:
        """Owners whose account is not blocked: a company is run by one of them."""
        return self.filter(role=MemberRole.OWNER, user__is_active=True)


@audited()
class Membership(models.Model):
    """A person acts for a company as owner, editor or reader."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=6, choices=MemberRole)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    rule_messages: ClassVar[dict[str, Any]] = {
        "company_has_owner": _("A company always has an owner.")
    }

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("company", "user", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "user"),
                name="membership_once",
                violation_error_message=_("This person is already a member of this company."),
            ),
            one_of(
                "role",
                MemberRole,
                name="membership_role_known",
                message=_("Choose owner, editor or reader."),
            ),
        )
        triggers = (owner_stays(),)

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.company_id}: {self.role}"
