"""What people did for a company, in the Django admin: to look at.

Invitations, requests to join, acceptances and confirmations of parts of the profile.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from companies.profiles.admin.base import Admin
from companies.profiles.models import Acceptance, Invitation, JoinRequest, PartConfirmation
from portal.common.admin import ReadOnlyMixin
from portal.common.admin_guard import RuleMessagesMixin


class RecordAdmin(RuleMessagesMixin, Admin):
    """Rows that the pages of the portal write: to look at, and to delete when asked."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds one by hand: a mail or a person's own act belongs to it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes what somebody did."""
        return False


@admin.register(Invitation)
class InvitationAdmin(RecordAdmin):
    """Invitations by e-mail."""

    list_display = ("company", "email", "role", "invited_at", "expires_at", "accepted_at")
    list_filter = ("role",)
    search_fields = ("company__name", "email")
    list_select_related = ("company",)
    exclude = ("token_hash",)


@admin.register(JoinRequest)
class JoinRequestAdmin(RecordAdmin):
    """Requests to join a company."""

    list_display = ("company", "user", "role", "status", "requested_at", "decided_at")
    list_filter = ("status", "role")
    search_fields = ("company__name", "user__email")
    list_select_related = ("company", "user")


@admin.register(Acceptance)
class AcceptanceAdmin(RecordAdmin):
    """Which version of which text somebody accepted."""

    list_display = ("accepted_by", "text", "version", "company", "accepted_at")
    list_filter = ("text", "version")
    search_fields = ("company__name", "accepted_by__email")
    list_select_related = ("company", "accepted_by")


# PartDraft has no page here: it holds what one person typed and did not save, which is
# nobody else's to read.
@admin.register(PartConfirmation)
class PartConfirmationAdmin(ReadOnlyMixin, Admin):
    """Who last saved a part of a profile, or said that it is still right."""

    list_display = ("company", "part", "confirmed_at", "confirmed_by")
    list_filter = ("part",)
    search_fields = ("company__name",)
    list_select_related = ("company", "confirmed_by")
    date_hierarchy = "confirmed_at"
