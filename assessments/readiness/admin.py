"""Questionnaires in the admin: drafts are edited and published, the rest is read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.postgres.fields import ArrayField
from django.db import models as db
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments.readiness.domain.answers import AnswerKind
from assessments.readiness.models import (
    Answer,
    Level,
    Questionnaire,
    Scan,
    Statement,
    SupportMeasure,
    Transition,
)
from assessments.readiness.services import (
    IncompleteQuestionnaireError,
    draft_from,
    publish_questionnaire,
)
from portal.common.versioned import VersionStatus


def is_draft(part: Model) -> bool:
    """The questionnaire that a part belongs to can still be edited."""
    if isinstance(part, Level):
        part = part.statement
    if isinstance(part, Statement):
        part = part.transition
    if isinstance(part, Transition):
        part = part.questionnaire
    return isinstance(part, Questionnaire) and part.status == VersionStatus.DRAFT


def shortened(statement: Statement) -> str:
    """A statement in the width of a column."""
    return Truncator(statement.text).chars(60)


class DraftInline(admin.StackedInline[Any, Any]):
    """Parts below a draft; ``obj`` is the parent. The database guards this as well."""

    extra = 0
    show_change_link = True

    def has_add_permission(  # type: ignore[override]  # inlines are asked with their parent
        self, request: HttpRequest, obj: Any
    ) -> bool:
        """Only below a draft."""
        return obj is not None and is_draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only below a draft."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or is_draft(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only below a draft."""
        return obj is not None and is_draft(obj) and super().has_delete_permission(request, obj)


class DraftAdmin(admin.ModelAdmin[Any]):
    """A part of a questionnaire: edited while it is a draft, read afterwards."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A new version is copied from an existing one, and parts are added on its pages."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a draft."""
        return super().has_change_permission(request, obj) and (obj is None or is_draft(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a draft, and one at a time: deleting a list would meet published rows."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and obj is not None and is_draft(obj)


class TransitionInline(DraftInline):
    """Transitions on the page of their questionnaire."""

    model = Transition
    ordering = ("position", "pk")


class TickedLists:
    """Topics and needs are ticked from their list."""

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Checkboxes for a field that holds a list."""
        if isinstance(db_field, ArrayField):
            return forms.MultipleChoiceField(
                label=capfirst(db_field.verbose_name),
                choices=db_field.base_field.choices or [],
                required=not db_field.blank,
                widget=forms.CheckboxSelectMultiple,
                help_text=db_field.help_text,
            )
        field: forms.Field | None = super().formfield_for_dbfield(  # type: ignore[misc]
            db_field, request, **kwargs
        )
        return field


class StatementInline(TickedLists, DraftInline):
    """Statements on the page of their transition."""

    model = Statement
    ordering = ("position", "pk")


class LevelInline(DraftInline):
    """The five levels on the page of their statement."""

    model = Level
    ordering = ("number", "pk")
    max_num = 5
    show_change_link = False


@admin.register(Questionnaire)
class QuestionnaireAdmin(DraftAdmin):
    """Versions; a new one starts as a copy."""

    list_display = ("__str__", "status", "note", "published_at", "published_by")
    list_filter = ("status",)
    fields = ("version", "status", "note", "published_at", "published_by")
    readonly_fields = ("version", "status", "published_at", "published_by")
    inlines = (TransitionInline,)
    actions = ("copy_to_draft", "publish")

    @admin.action(description=_("Copy to a new draft"), permissions=["change"])
    def copy_to_draft(self, request: HttpRequest, queryset: QuerySet[Questionnaire]) -> None:
        """One new draft for each chosen version."""
        for source in queryset.order_by("version", "pk"):
            draft = draft_from(questionnaire_id=source.pk)
            self.message_user(
                request,
                _("Version %(version)s is a draft that you can edit.") % {"version": draft.version},
                messages.SUCCESS,
            )

    @admin.action(description=_("Publish the chosen draft"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Questionnaire]) -> None:
        """Exactly one draft, complete; the version before it retires."""
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            self.message_user(request, _("Choose one version to publish."), messages.ERROR)
            return
        try:
            publish_questionnaire(questionnaire_id=chosen[0].pk, user=request.user)  # type: ignore[arg-type]
        except IncompleteQuestionnaireError:
            self.message_user(
                request,
                _("Only a draft in which every statement has five levels can be published."),
                messages.ERROR,
            )
        else:
            self.message_user(
                request,
                _("Version %(version)s is published. Scans that are open keep their version.")
                % {"version": chosen[0].version},
                messages.SUCCESS,
            )


@admin.register(Transition)
class TransitionAdmin(DraftAdmin):
    """Reached from the page of the questionnaire."""

    list_display = ("title_nl", "slug", "questionnaire", "position")
    list_filter = ("questionnaire",)
    list_select_related = ("questionnaire",)
    search_fields = ("title_nl", "title_en")
    readonly_fields = ("questionnaire",)
    inlines = (StatementInline,)


@admin.register(Statement)
class StatementAdmin(TickedLists, DraftAdmin):
    """Reached from the page of the transition."""

    list_display = ("short_text", "transition", "position")
    list_filter = ("transition__questionnaire", "transition__slug")
    list_select_related = ("transition",)
    search_fields = ("text_nl", "text_en", "example_nl", "example_en")
    readonly_fields = ("transition",)
    inlines = (LevelInline,)

    @admin.display(description=_("statement"), ordering="text_nl")
    def short_text(self, statement: Statement) -> str:
        """The beginning of the text."""
        return shortened(statement)


@admin.register(SupportMeasure)
class SupportMeasureAdmin(TickedLists, admin.ModelAdmin[Any]):
    """The catalogue: what is past its last day disappears from roadmaps by itself."""

    list_display = ("name_nl", "kind", "provider", "valid_from", "valid_until")
    list_filter = ("kind", "valid_until")
    search_fields = ("name_nl", "name_en", "provider")
    prepopulated_fields = {"slug": ("name_nl",)}
    formfield_overrides = {db.URLField: {"assume_scheme": "https"}}


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


from assessments.readiness import admin_catalogue  # noqa: E402, F401 - it needs TickedLists
