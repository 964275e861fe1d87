"""Policies, runs and matches in the Django admin."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.matching import services
from assessments.matching.models import (
    Affinity,
    Interaction,
    Introduction,
    IntroductionStep,
    Match,
    MatchRun,
    Policy,
    PolicyOpportunity,
)
from portal.accounts.models import User
from portal.common.versioned import VersionStatus


class PolicyOpportunityInline(admin.StackedInline[PolicyOpportunity, Policy]):
    """Radius, floor and weights; editable while the policy is a draft."""

    model = PolicyOpportunity
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only to a draft."""
        return _is_draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only of a draft."""
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only from a draft."""
        return _is_draft(obj) and super().has_delete_permission(request, obj)


def _is_draft(policy: Policy | None) -> bool:
    return policy is None or policy.is_draft


@admin.register(Policy)
class PolicyAdmin(admin.ModelAdmin[Policy]):
    """A draft can be changed and published; a published version only copied."""

    list_display = ("version", "status", "note", "published_at", "published_by")
    list_filter = ("status",)
    search_fields = ("note",)
    readonly_fields = ("version", "status", "published_at", "published_by")
    inlines = (PolicyOpportunityInline,)
    actions = ("make_draft", "publish")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A new version starts as a copy."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The list offers actions; a single version can be changed while it is a draft."""
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts only; runs point to the others."""
        return _is_draft(obj) and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """No deletion of many: it would ask for drafts and published ones at once."""
        found = super().get_actions(request)
        found.pop("delete_selected", None)
        return found

    @admin.action(description=gettext_lazy("Make a draft from this version"))
    def make_draft(self, request: HttpRequest, queryset: QuerySet[Policy]) -> None:
        """Copy one version with all its affinities."""
        policy = queryset.first()
        if queryset.count() != 1 or policy is None:
            self.message_user(request, _("Choose one version."), messages.ERROR)
            return
        draft = services.draft_from(policy=policy)
        self.message_user(
            request, _("Version %(version)s is a draft.") % {"version": draft.version}
        )

    @admin.action(description=gettext_lazy("Publish this draft"))
    def publish(self, request: HttpRequest, queryset: QuerySet[Policy]) -> None:
        """Put a draft in force; the next run uses it."""
        policy = queryset.first()
        if queryset.count() != 1 or policy is None or not policy.is_draft:
            self.message_user(request, _("Choose one draft."), messages.ERROR)
            return
        services.publish(policy=policy, by=cast("User", request.user))
        self.message_user(
            request, _("Version %(version)s is in force.") % {"version": policy.version}
        )


@admin.register(Affinity)
class AffinityAdmin(admin.ModelAdmin[Affinity]):
    """Affinities of drafts can be changed, those of other versions looked at."""

    list_display = (
        "opportunity",
        "cell",
        "own_version",
        "own_prefix",
        "nace_version",
        "nace_prefix",
        "value",
        "policy",
    )
    list_filter = ("policy", "opportunity", "cell", "nace_version")
    search_fields = ("nace_prefix", "own_prefix")
    list_select_related = ("policy",)
    list_per_page = 50

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Of a draft."""
        return (obj is None or obj.policy.is_draft) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """From a draft."""
        return obj is not None and obj.policy.is_draft and super().has_delete_permission(request)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only drafts take new affinities."""
        if db_field.name == "policy":
            kwargs["queryset"] = Policy.objects.filter(status=VersionStatus.DRAFT)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ReadOnlyAdmin(admin.ModelAdmin[models.Model]):
    """What a computation wrote is read, never changed by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """By runs only."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The list page needs it for its actions; one row never changes."""
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """History stays."""
        return False


@admin.register(MatchRun)
class MatchRunAdmin(ReadOnlyAdmin):
    """Runs with their counters; start and cancel."""

    list_display = (
        "id",
        "status",
        "company",
        "queued_at",
        "finished_at",
        "companies_count",
        "partners_count",
        "matches_count",
        "proposals_count",
        "attempts",
    )
    list_filter = ("status", "policy")
    search_fields = ("company__name_key", "error", "input_hash")
    list_select_related = ("company",)
    date_hierarchy = "queued_at"
    actions = ("cancel",)
    change_list_template = "matching/admin_runs.html"

    @admin.action(description=gettext_lazy("Cancel the chosen runs"))
    def cancel(self, request: HttpRequest, queryset: QuerySet[MatchRun]) -> None:
        """Stop what waits or goes on."""
        stopped = [services.cancel_run(run_id=pk) for pk in queryset.values_list("pk", flat=True)]
        self.message_user(request, _("%(count)s runs were cancelled.") % {"count": sum(stopped)})


@admin.register(Match)
class MatchAdmin(ReadOnlyAdmin):
    """Stored matches."""

    list_display = (
        "company",
        "opportunity",
        "rank",
        "establishment",
        "score",
        "distance_m",
        "proposed",
        "is_stale",
    )
    list_filter = ("opportunity", "proposed", "is_stale", "establishment__province")
    search_fields = ("company__name_key", "establishment__name_key", "establishment__number")
    list_select_related = ("company", "establishment")
    list_per_page = 50


class IntroductionStepInline(admin.TabularInline[IntroductionStep, Introduction]):
    """The steps as they were noted."""

    model = IntroductionStep
    extra = 0
    can_delete = False
    fields = readonly_fields = (
        "number",
        "transition",
        "side",
        "reason",
        "words",
        "day",
        "taken_at",
        "taken_by",
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Steps are taken on the pages, where the rules are."""
        return False


@admin.register(Introduction)
class IntroductionAdmin(ReadOnlyAdmin):
    """Introductions; an open one may still move."""

    list_display = ("company", "opportunity", "establishment", "state")
    list_filter = ("state", "opportunity")
    search_fields = ("company__name_key", "establishment__name_key", "establishment__number")
    list_select_related = ("company", "establishment")
    list_per_page = 50
    inlines = (IntroductionStepInline,)


@admin.register(Interaction)
class InteractionAdmin(ReadOnlyAdmin):
    """What people think of matches."""

    list_display = (
        "company",
        "opportunity",
        "establishment",
        "side",
        "opinion",
        "reason",
        "given_at",
    )
    list_filter = ("opinion", "side", "opportunity", "reason", "policy")
    search_fields = ("company__name_key", "establishment__name_key", "establishment__number")
    list_select_related = ("company", "establishment")
    date_hierarchy = "given_at"
    list_per_page = 50
