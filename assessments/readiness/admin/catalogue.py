"""What a step of the roadmap leans on: support measures and examples from practice."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models as db
from django.utils.translation import gettext_lazy as _

from assessments.readiness.admin.base import TickedLists
from assessments.readiness.models import PracticeExample, SupportMeasure


@admin.register(SupportMeasure)
class SupportMeasureAdmin(TickedLists, admin.ModelAdmin[Any]):
    """The catalogue: what is past its last day disappears from roadmaps by itself."""

    list_display = ("name_nl", "kind", "provider", "valid_from", "valid_until")
    list_filter = ("kind", "valid_until")
    search_fields = ("name_nl", "name_en", "provider")
    prepopulated_fields = {"slug": ("name_nl",)}
    formfield_overrides = {db.URLField: {"assume_scheme": "https"}}
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name_nl", "name_en"),
                    "slug",
                    "kind",
                    "provider",
                    ("text_nl", "text_en"),
                    "url",
                    "topics",
                )
            },
        ),
        (
            _("Period"),
            {
                "fields": (("valid_from", "valid_until"),),
                "description": _(
                    "A call or subsidy counts for the investment that factories of the future "
                    "ask as soon as it has a date. Without dates it is shown, but does not "
                    "count as open."
                ),
            },
        ),
    )


@admin.register(PracticeExample)
class PracticeExampleAdmin(TickedLists, admin.ModelAdmin[Any]):
    """Examples that roadmaps point to, each with its source and year."""

    list_display = ("organisation", "title_nl", "source", "year")
    list_filter = ("year",)
    search_fields = ("organisation", "title_nl", "title_en", "text_nl", "text_en", "source")
    prepopulated_fields = {"slug": ("organisation", "title_nl")}
