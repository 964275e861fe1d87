"""The cellar in the Django admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from portal.common.models import CspReport

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object


class ReadOnlyMixin(Base):
    """Rows of a log: looked at, never written or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only the portal writes."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Looking is enough."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A log that can be cleared is none."""
        return False


@admin.register(CspReport)
class CspReportAdmin(admin.ModelAdmin[CspReport]):
    """Reports are read and cleared, never written by hand."""

    list_display = ("directive", "blocked", "page", "times", "last_seen_at")
    list_filter = ("directive",)
    search_fields = ("page", "blocked", "source")
    readonly_fields = (
        "page", "directive", "blocked", "source", "line", "times", "first_seen_at", "last_seen_at",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only browsers report."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Looking is enough."""
        return False
