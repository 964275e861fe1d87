"""Rule sets: edited as a draft, read once published. Assessments: read only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.opportunities.forms import RuleForm
from assessments.opportunities.models import (
    Assessment,
    BaselineValue,
    ReferenceText,
    Rule,
    RuleSet,
    VerdictOverride,
)
from assessments.opportunities.previews import preview_page
from assessments.opportunities.selectors import preview
from assessments.opportunities.services import (
    DraftChangedError,
    IncompleteRuleSetError,
    copy_rule_set,
    publish_rule_set,
)
from portal.accounts.models import User
from portal.common.versioned import VersionStatus

if TYPE_CHECKING:
    RuleSetAdminBase = admin.ModelAdmin[RuleSet]
    ContentAdminBase = admin.ModelAdmin[Any]
    AssessmentAdminBase = admin.ModelAdmin[Assessment]
    OverrideAdminBase = admin.ModelAdmin[VerdictOverride]
    ReferenceAdminBase = admin.ModelAdmin[ReferenceText]
else:
    RuleSetAdminBase = ContentAdminBase = AssessmentAdminBase = admin.ModelAdmin
    OverrideAdminBase = ReferenceAdminBase = admin.ModelAdmin


@admin.register(RuleSet)
class RuleSetAdmin(RuleSetAdminBase):
    """Versions; a new one is made by copying, because it needs 200 starting values."""

    list_display = ("version", "status", "note", "published_at", "published_by")
    list_filter = ("status",)
    search_fields = ("note",)
    fields = ("version", "status", "note", "published_at", "published_by")
    readonly_fields = ("version", "status", "published_at", "published_by")
    actions = ("copy_as_draft", "publish")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A version starts as a copy of another one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: RuleSet | None = None) -> bool:
        """Only a draft can be edited."""
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: RuleSet | None = None) -> bool:
        """Only a draft can be deleted, one at a time."""
        return obj is not None and obj.is_draft and super().has_delete_permission(request, obj)

    @admin.action(description=_("Copy as a new draft"))
    def copy_as_draft(self, request: HttpRequest, queryset: QuerySet[RuleSet]) -> None:
        """One draft for each chosen version."""
        for source in queryset.order_by("version", "pk"):
            draft = copy_rule_set(
                rule_set_id=source.pk,
                note=_("Copy of version %(version)s") % {"version": source.version},
            )
            self.message_user(
                request, _("Version %(version)s is a new draft.") % {"version": draft.version}
            )

    @admin.action(description=_("Preview and publish the draft"))
    def publish(self, request: HttpRequest, queryset: QuerySet[RuleSet]) -> HttpResponse | None:
        """To the preview of one draft, where publishing is confirmed."""
        drafts = list(queryset[:2])
        if len(drafts) != 1 or not drafts[0].is_draft:
            self.message_user(request, _("Choose one draft to publish."), messages.ERROR)
            return None
        return redirect("admin:opportunities_ruleset_preview", drafts[0].pk)

    def get_urls(self) -> list[URLPattern]:
        """With the preview of a draft."""
        view = self.admin_site.admin_view(self.preview_view)
        own = path("<int:pk>/preview/", view, name="opportunities_ruleset_preview")
        return [own, *super().get_urls()]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What publishing would change (GET), and publishing itself (POST)."""
        draft = get_object_or_404(RuleSet, pk=pk)
        if not self.has_change_permission(request, draft) or not isinstance(request.user, User):
            raise PermissionDenied
        if request.method == "POST":
            return self._publish(request, draft, request.user)
        found = preview(draft, timezone.localdate())
        context = {
            **self.admin_site.each_context(request),
            "title": _("What would change with version %(version)s") % {"version": draft.version},
            "opts": self.opts,
            "draft": draft,
            "in_force": found.in_force,
            "is_complete": found.is_complete,
            "seen": found.seen,
            "page": preview_page(found),
        }
        return TemplateResponse(request, "admin/opportunities/ruleset/preview.html", context)

    def _publish(self, request: HttpRequest, draft: RuleSet, by: User) -> HttpResponse:
        """Companies are assessed again within seconds."""
        refusal = ""
        try:
            publish_rule_set(rule_set_id=draft.pk, by=by, seen=request.POST.get("seen", ""))
        except IncompleteRuleSetError:
            refusal = gettext(
                "This draft lacks starting values, or a rule reads a fact that does not exist."
            )
        except DraftChangedError:
            refusal = gettext(
                "Somebody changed this draft meanwhile. This is the preview of it now."
            )
        except RuleSet.DoesNotExist:
            raise PermissionDenied from None
        if refusal:
            self.message_user(request, refusal, messages.ERROR)
            return redirect("admin:opportunities_ruleset_preview", draft.pk)
        self.message_user(
            request,
            _("Version %(version)s is in force. All companies are assessed again now.")
            % {"version": draft.version},
        )
        return redirect("admin:opportunities_ruleset_changelist")


class ContentAdmin(ContentAdminBase):
    """What a rule set holds: editable while it is a draft."""

    list_filter = ("rule_set", "opportunity", "criterion")
    list_select_related = ("rule_set",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only in a draft."""
        return super().has_change_permission(request, obj) and (
            obj is None or obj.rule_set.is_draft
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only in a draft, one at a time."""
        return (
            obj is not None
            and obj.rule_set.is_draft
            and super().has_delete_permission(request, obj)
        )

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Content belongs to a draft."""
        if db_field.name == "rule_set":
            kwargs["queryset"] = RuleSet.objects.filter(status=VersionStatus.DRAFT)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(BaselineValue)
class BaselineValueAdmin(ContentAdmin):
    """Starting values."""

    list_display = ("__str__", "rule_set", "opportunity", "cell", "criterion", "value")


@admin.register(Rule)
class RuleAdmin(ContentAdmin):
    """Rules with their reasons."""

    form = RuleForm
    list_display = ("slug", "rule_set", "opportunity", "criterion", "fact", "step")
    search_fields = ("slug", "reason_nl", "reason_en")


@admin.register(Assessment)
class AssessmentAdmin(AssessmentAdminBase):
    """Outcomes; made by the portal, never by hand."""

    list_display = (
        "company",
        "opportunity",
        "verdict",
        "lowest_verdict",
        "rule_set",
        "assessed_at",
        "is_current",
    )
    list_filter = ("is_current", "opportunity", "verdict", "rule_set")
    list_select_related = ("company", "rule_set")
    search_fields = ("company__name_key",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Assessment | None = None) -> bool:
        """Never by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Assessment | None = None) -> bool:
        """Never by hand."""
        return False


@admin.register(VerdictOverride)
class VerdictOverrideAdmin(OverrideAdminBase):
    """Verdicts of advisers; given and ended on the page of the opportunity, never here."""

    list_display = (
        "company",
        "opportunity",
        "verdict",
        "given_at",
        "given_by",
        "ended_at",
        "ended_by",
    )
    list_filter = ("opportunity", "verdict", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("company", "given_by", "ended_by")
    search_fields = ("company__name_key", "reason")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never here."""
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: VerdictOverride | None = None
    ) -> bool:
        """Never here."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: VerdictOverride | None = None
    ) -> bool:
        """It is kept."""
        return False


@admin.register(ReferenceText)
class ReferenceTextAdmin(ReferenceAdminBase):
    """What the pages of the opportunities tell beside the verdict; yours to keep."""

    list_display = ("text_nl_short", "opportunity", "kind", "position", "organisation")
    list_filter = ("opportunity", "kind")
    search_fields = ("text_nl", "text_en", "organisation", "source")

    @admin.display(description=_("Dutch text"), ordering="text_nl")
    def text_nl_short(self, text: ReferenceText) -> str:
        """The text in the width of a column."""
        return Truncator(text.text_nl).chars(60)
