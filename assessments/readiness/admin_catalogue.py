"""The catalogue of examples from practice in the admin; ``admin`` loads this module."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from assessments.readiness.admin import TickedLists
from assessments.readiness.models import PracticeExample


@admin.register(PracticeExample)
class PracticeExampleAdmin(TickedLists, admin.ModelAdmin[Any]):
    """Examples that roadmaps point to, each with its source and year."""

    list_display = ("organisation", "title_nl", "source", "year")
    list_filter = ("year",)
    search_fields = ("organisation", "title_nl", "title_en", "text_nl", "text_en", "source")
    prepopulated_fields = {"slug": ("organisation", "title_nl")}
