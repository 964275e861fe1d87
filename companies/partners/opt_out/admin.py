"""Opt-outs in the Django admin: to look at and search, never to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from companies.partners.opt_out.models import OptOut

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Any]
else:
    Admin = admin.ModelAdmin


@admin.register(OptOut)
class OptOutAdmin(Admin):
    """Who wanted no proposals, since when and how; recording goes through its page."""

    list_display = ("number", "way", "opted_out_at", "opted_out_by", "withdrawn_at")
    list_filter = (("withdrawn_at", admin.EmptyFieldListFilter), "way")
    search_fields = ("number",)
    list_select_related = ("opted_out_by",)
    date_hierarchy = "opted_out_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is a page for it, which also tells the contacts."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An opt-out is kept as it was recorded."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """It would be forgotten at the next import."""
        return False
