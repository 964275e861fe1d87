"""What this room keeps, to look at."""

from __future__ import annotations

from django.contrib import admin

from assessments.dashboards.models import CompanyDeletion
from portal.common.admin import ReadOnlyMixin


@admin.register(CompanyDeletion)
class CompanyDeletionAdmin(ReadOnlyMixin, admin.ModelAdmin[CompanyDeletion]):
    """Which companies were deleted, and when."""

    list_display = ("enterprise_number", "closed_at", "deleted_at")
    search_fields = ("enterprise_number",)
    date_hierarchy = "deleted_at"
