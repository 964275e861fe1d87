"""Parts of a draft in the admin: added, changed and deleted while it is a draft, then read.

The database guards this as well. A part or a statement is always reached from the page
above it, so each page knows the way up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import models as db
from django.db.models import Max, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from assessments.readiness.models import Level, Questionnaire, Statement, Transition
from assessments.readiness.models.freezing import CHILD_FROZEN
from portal.common.admin_guard import RuleMessagesMixin
from portal.common.refusals import message_of

SHORT_TEXTS: Any = {db.TextField: {"widget": forms.Textarea(attrs={"rows": 4})}}
Link = tuple[str, str]
"""Text and address."""


def parents_of(part: Model) -> list[Model]:
    """What a part or statement lies in: the questionnaire first, empty for itself."""
    above: list[Model] = []
    if isinstance(part, Statement):
        part = part.transition
        above.append(part)
    if isinstance(part, Transition):
        above.insert(0, part.questionnaire)
    return above


def is_draft(part: Model) -> bool:
    """The questionnaire that a part belongs to can still be edited."""
    top = [*parents_of(part), part][0]
    return isinstance(top, Questionnaire) and top.is_draft


def page_of(part: Model) -> str:
    """The address of the page on which a part is edited or read."""
    return reverse(f"admin:readiness_{part._meta.model_name}_change", args=[part.pk])


def contents(part: Model) -> dict[Any, int]:
    """How many rows go when this one is deleted, by the name of their kind."""
    statements = Statement.objects.filter(pk=part.pk)
    counts: dict[Any, int] = {}
    if isinstance(part, Questionnaire):
        counts[Transition._meta.verbose_name_plural] = part.transitions.count()
        statements = Statement.objects.filter(transition__questionnaire=part)
    elif isinstance(part, Transition):
        statements = Statement.objects.filter(transition=part)
    if not isinstance(part, Statement):
        counts[Statement._meta.verbose_name_plural] = statements.count()
    levels = Level.objects.filter(statement__in=statements)
    return counts | {Level._meta.verbose_name_plural: levels.count()}


class PartForm(forms.ModelForm[Any]):
    """A part or a statement; its code comes once in what it lies in."""

    parent: ClassVar[str]
    once: ClassVar[str]  # the rule of the database
    below: Model | None = None  # what a new row lies in

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.below is not None:
            setattr(self.instance, self.parent, self.below)

    def clean_slug(self) -> str:
        """Checked here: the page does not send the parent, so Django leaves the rule out."""
        slug: str = self.cleaned_data["slug"]
        siblings = type(self.instance)._default_manager.filter(
            **{self.parent: getattr(self.instance, self.parent), "slug": slug}
        )
        if siblings.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(str(message_of(self.once)))
        return slug


class DraftInline(admin.TabularInline[Any, Any]):
    """An overview of what lies below: the order is changed here, the rest on its own page."""

    extra = 0
    show_change_link = True
    can_delete = False  # its own page asks first
    formfield_overrides = SHORT_TEXTS

    def has_add_permission(  # type: ignore[override]  # inlines are asked with their parent
        self, request: HttpRequest, obj: Any
    ) -> bool:
        """On a page of its own."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only below a draft."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or is_draft(obj))


class DraftAdmin(RuleMessagesMixin, admin.ModelAdmin[Any]):
    """Edited while it is a draft, read afterwards."""

    formfield_overrides = SHORT_TEXTS

    class Media:
        css: ClassVar[dict[str, Sequence[str]]] = {"all": ("admin_portal/questionnaire.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A version starts as a copy of an existing one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a draft."""
        return super().has_change_permission(request, obj) and (obj is None or is_draft(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a draft, and one at a time: deleting a list would meet published rows."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and obj is not None and is_draft(obj)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Whoever saves what somebody else published meanwhile is told, on the page to read."""
        if request.method == "POST" and object_id is not None:
            part = self.get_object(request, object_id)
            if part is not None and not is_draft(part):
                messages.error(request, str(message_of(CHILD_FROZEN)))
                return HttpResponseRedirect(request.get_full_path())
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """In numbers: a list of three hundred texts does not help to decide."""
        part = objs[0]
        return [str(part)], contents(part), set(), []

    def tools(self, part: Any) -> list[Link]:
        """Links above the form of an existing row."""
        return []

    def render_change_form(  # type: ignore[override]  # Django names the other arguments
        self, request: HttpRequest, context: dict[str, Any], **options: Any
    ) -> Any:
        """With the way up and the links to what belongs to it."""
        stored = context["original"]
        part = context["adminform"].form.instance if stored is None else stored
        context["above"] = [(str(one), page_of(one)) for one in parents_of(part)]
        context["tools"] = [] if stored is None else self.tools(stored)
        return super().render_change_form(request, context, **options)


class PartAdmin(DraftAdmin):
    """A part or a statement: added below a draft; saving leads up or on to the next."""

    parent: ClassVar[str]

    def parents(self) -> QuerySet[Any]:
        """What a row can lie in, with what lies above that."""
        raise NotImplementedError

    def has_add_permission(self, request: HttpRequest) -> bool:
        """From the page above, whose number comes with the address."""
        return self.parent in request.GET and admin.ModelAdmin.has_add_permission(self, request)

    def parent_or_404(self, request: HttpRequest) -> Any:
        """What a new row shall lie in."""
        number = request.GET.get(self.parent, "")
        found = self.parents().filter(pk=number).first() if number.isdecimal() else None
        if found is None:
            raise Http404
        return found

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Only below a draft; otherwise the page above says why not."""
        if self.has_add_permission(request):
            parent = self.parent_or_404(request)
            if not is_draft(parent):
                messages.error(request, str(message_of(CHILD_FROZEN)))
                return HttpResponseRedirect(page_of(parent))
        return super().add_view(request, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form of a new row knows what it lies in; the class is made for this request."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        if obj is None:
            form.below = self.parent_or_404(request)
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """At the end of what is there."""
        siblings = self.model._default_manager.filter(**{self.parent: request.GET[self.parent]})
        return {"position": (siblings.aggregate(last=Max("position"))["last"] or 0) + 1}

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Back to the page above, or an empty form for one more."""
        response = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        return response if "_continue" in request.POST else self._up(obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Back to the page above, or on to the next row."""
        response = super().response_change(request, obj)
        if "_next" in request.POST:
            following = self.neighbours(obj)[1]
            return HttpResponseRedirect(following) if following else self._up(obj)
        return response if "_continue" in request.POST else self._up(obj)

    def _up(self, part: Any) -> HttpResponse:
        return HttpResponseRedirect(page_of(parents_of(part)[-1]))

    def neighbours(self, part: Any) -> tuple[str | None, str | None]:
        """Addresses of the row before and the row after this one, in the whole version."""
        raise NotImplementedError

    def render_change_form(  # type: ignore[override]
        self, request: HttpRequest, context: dict[str, Any], **options: Any
    ) -> Any:
        """With the way to the rows before and after."""
        stored = context["original"]
        around = (None, None) if stored is None else self.neighbours(stored)
        context["earlier"], context["following"] = around
        return super().render_change_form(request, context, **options)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Asks first; then back to the page above."""
        part = self.get_object(request, object_id)
        response = super().delete_view(request, object_id, extra_context)
        if part is not None and request.method == "POST" and response.status_code == 302:
            return self._up(part)
        return response
