"""The catalogue of support measures in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models as db

from assessments.readiness.admin.base import TickedLists
from assessments.readiness.models import SupportMeasure


@admin.register(SupportMeasure)
class SupportMeasureAdmin(TickedLists, admin.ModelAdmin[Any]):
    """The catalogue: what is past its last day disappears from roadmaps by itself."""

    list_display = ("name_nl", "kind", "provider", "valid_from", "valid_until")
    list_filter = ("kind", "valid_until")
    search_fields = ("name_nl", "name_en", "provider")
    prepopulated_fields = {"slug": ("name_nl",)}
    formfield_overrides = {db.URLField: {"assume_scheme": "https"}}
