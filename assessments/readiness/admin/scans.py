"""Scans and answers in the admin: looked at, written only by the company itself."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments.readiness.admin.base import shortened
from assessments.readiness.domain.answers import AnswerKind
from assessments.readiness.models import Answer, Scan


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Shown, searched and filtered; written only by the company itself."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class OpenListFilter(admin.SimpleListFilter):
    """Open or submitted."""

    title = _("status")
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The two states."""
        return [("1", _("open")), ("0", _("submitted"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Scans in the chosen state."""
        if self.value() not in {"0", "1"}:
            return queryset
        return queryset.filter(submitted_at__isnull=self.value() == "1")


@admin.register(Scan)
class ScanAdmin(ReadOnlyAdmin):
    """Scans with how far they are."""

    list_display = (
        "company",
        "label",
        "questionnaire",
        "answered",
        "started_at",
        "submitted_at",
        "submitted_by",
    )
    list_filter = (OpenListFilter, "questionnaire", "moment", "company__province")
    list_select_related = ("company", "questionnaire", "submitted_by")
    search_fields = ("company__name", "company__enterprise_number")
    date_hierarchy = "started_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the number of levels given, in one query."""
        levels = Count("answers", filter=Q(answers__kind=AnswerKind.LEVEL))
        scans: QuerySet[Any] = super().get_queryset(request).annotate(levels_given=levels)
        return scans

    @admin.display(description=_("levels given"), ordering="levels_given")
    def answered(self, scan: Any) -> str:
        """How many statements have a level."""
        return ngettext("%(count)s statement", "%(count)s statements", scan.levels_given) % {
            "count": scan.levels_given
        }


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    """Answers, to look something up."""

    list_display = ("scan_of", "short_text", "kind", "level", "answered_by", "answered_at")
    list_filter = ("kind", "level", "statement__transition__slug", "scan__questionnaire")
    list_select_related = ("scan__company", "statement", "answered_by")
    search_fields = ("scan__company__name", "statement__text_nl", "statement__text_en", "note")
    ordering = ("-answered_at", "pk")

    @admin.display(description=_("scan"))
    def scan_of(self, answer: Answer) -> str:
        """Company and moment."""
        return f"{answer.scan.company} {answer.scan.label}"

    @admin.display(description=_("statement"), ordering="statement__text_nl")
    def short_text(self, answer: Answer) -> str:
        """The beginning of the statement."""
        return shortened(answer.statement)
