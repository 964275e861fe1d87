"""Versions of the questionnaire in the admin, with their parts and statements."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.readiness.admin.base import TickedLists, shortened
from assessments.readiness.admin.drafts import (
    DraftAdmin,
    DraftInline,
    Link,
    PartAdmin,
    PartForm,
    is_draft,
    page_of,
)
from assessments.readiness.admin.preview import PreviewMixin, preview_address
from assessments.readiness.content.places import Place
from assessments.readiness.content.reading import LEVELS
from assessments.readiness.models import Level, Questionnaire, Statement, Transition
from assessments.readiness.pages.preview import anchor_of
from assessments.readiness.selectors import statements_in_order
from assessments.readiness.services import draft_from

Neighbours = tuple[str | None, str | None]


def around(part: Any, ids: list[int]) -> Neighbours:
    """The pages of the rows before and after this one among ``ids`` of its model."""
    model = type(part)
    place = ids.index(part.pk)
    earlier, following = ids[max(place - 1, 0) : place], ids[place + 1 : place + 2]
    return (
        page_of(model(pk=earlier[0])) if earlier else None,
        page_of(model(pk=following[0])) if following else None,
    )


class TransitionInline(DraftInline):
    """Parts on the page of their questionnaire."""

    model = Transition
    fields = ("position", "slug", "kind")
    readonly_fields = ("slug", "kind")
    ordering = ("position", "pk")


class StatementInline(DraftInline):
    """Statements on the page of their part, with what ranks them."""

    model = Statement
    fields = ("position", "slug", "impact", "effort")
    readonly_fields = ("slug",)
    ordering = ("position", "pk")


class LevelInline(DraftInline):
    """The five levels on the page of their statement; what is missing is an empty row."""

    model = Level
    fields = ("number", "text_nl", "text_en")
    ordering = ("number", "pk")
    max_num = LEVELS
    show_change_link = False

    def has_add_permission(  # type: ignore[override]
        self, request: HttpRequest, obj: Any
    ) -> bool:
        """Below a draft, and with a new statement."""
        allowed = admin.TabularInline.has_add_permission(self, request, obj)
        return allowed and (obj is None or is_draft(obj))

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """As many rows as levels are missing."""
        return LEVELS - (obj.levels.count() if obj is not None else 0)


@admin.register(Questionnaire)
class QuestionnaireAdmin(PreviewMixin, DraftAdmin):
    """Versions; a new one starts as a copy and is published from its preview."""

    list_display = ("__str__", "status", "note", "published_at", "published_by")
    list_filter = ("status",)
    list_select_related = ("published_by",)
    fields = ("version", "status", "note", "published_at", "published_by")
    readonly_fields = ("version", "status", "published_at", "published_by")
    inlines = (TransitionInline,)
    actions = ("copy_to_draft", "open_preview")

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

    @admin.action(description=_("Look at the chosen version, to publish it"))
    def open_preview(
        self, request: HttpRequest, queryset: QuerySet[Questionnaire]
    ) -> HttpResponse | None:
        """One version; a draft is published from there."""
        chosen = list(queryset[:2])
        if len(chosen) == 1:
            return HttpResponseRedirect(preview_address(chosen[0].pk))
        self.message_user(request, _("Choose one version."), messages.ERROR)
        return None

    def tools(self, part: Questionnaire) -> list[Link]:
        """The preview, and one more part."""
        if not part.is_draft:
            return [(str(_("Preview")), preview_address(part.pk))]
        add = reverse("admin:readiness_transition_add", query={"questionnaire": part.pk})
        return [
            (str(_("Preview and publish")), preview_address(part.pk)),
            (str(_("Add a part")), add),
        ]


class TransitionForm(PartForm):
    """A part of a questionnaire."""

    parent = "questionnaire"
    once = "transition_once"


@admin.register(Transition)
class TransitionAdmin(PartAdmin):
    """Reached from the page of the questionnaire."""

    parent = "questionnaire"
    form = TransitionForm
    list_display = ("title_nl", "slug", "questionnaire", "position")
    list_filter = ("questionnaire",)
    list_select_related = ("questionnaire",)
    search_fields = ("title_nl", "title_en")
    fields = (
        ("slug", "position", "kind"),
        ("title_nl", "title_en"),
        ("intro_nl", "intro_en"),
    )
    inlines = (StatementInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the version, which every page asks for."""
        return super().get_queryset(request).select_related("questionnaire")

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new part has no statements yet."""
        return () if obj is None else super().get_inlines(request, obj)

    def parents(self) -> QuerySet[Any]:
        """A questionnaire."""
        return Questionnaire.objects.all()

    def neighbours(self, part: Transition) -> Neighbours:
        """Parts in order."""
        ids = Transition.objects.filter(questionnaire=part.questionnaire_id)
        return around(part, list(ids.order_by("position", "pk").values_list("pk", flat=True)))

    def tools(self, part: Transition) -> list[Link]:
        """Its place in the preview, and one more statement."""
        shown = preview_address(part.questionnaire_id, anchor_of(Place(part.slug)))
        links = [(str(_("Preview")), shown)]
        if is_draft(part):
            add = reverse("admin:readiness_statement_add", query={"transition": part.pk})
            links.append((str(_("Add a statement")), add))
        return links


class StatementForm(PartForm):
    """A statement of a part."""

    parent = "transition"
    once = "statement_once"


@admin.register(Statement)
class StatementAdmin(TickedLists, PartAdmin):
    """Reached from the page of the part."""

    parent = "transition"
    form = StatementForm
    list_display = ("short_text", "transition", "position")
    list_filter = ("transition__questionnaire", "transition__slug")
    list_select_related = ("transition",)
    search_fields = ("text_nl", "text_en", "example_nl", "example_en")
    fields = (
        ("slug", "position"),
        ("text_nl", "text_en"),
        ("example_nl", "example_en"),
        ("step_nl", "step_en"),
        ("impact", "effort"),
        "topics",
        "needs",
    )
    inlines = (LevelInline,)

    @admin.display(description=_("statement"), ordering="text_nl")
    def short_text(self, statement: Statement) -> str:
        """The beginning of the text."""
        return shortened(statement)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the part and the version, which every page asks for."""
        return super().get_queryset(request).select_related("transition__questionnaire")

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> Any:
        """Empty rows carry the numbers of the levels that are missing."""
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        there = set(obj.levels.values_list("number", flat=True)) if obj.pk else set()
        missing = [number for number in range(1, LEVELS + 1) if number not in there]
        return {**options, "initial": [{"number": number} for number in missing]}

    def parents(self) -> QuerySet[Any]:
        """A part, with its version."""
        return Transition.objects.select_related("questionnaire")

    def neighbours(self, part: Statement) -> Neighbours:
        """Statements in the order in which they are asked, over all parts."""
        return around(part, statements_in_order(part.transition.questionnaire_id))

    def tools(self, part: Statement) -> list[Link]:
        """Its place in the preview."""
        transition = part.transition
        anchor = anchor_of(Place(transition.slug, part.slug))
        return [(str(_("Preview")), preview_address(transition.questionnaire_id, anchor))]
