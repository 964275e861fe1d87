"""The register in the Django admin: what is mirrored can be looked at, not changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from companies.register.domain.numbers import looks_like_number
from companies.register.import_admin import ImportPagesMixin
from companies.register.models import (
    Enterprise,
    EnterpriseActivity,
    Establishment,
    EstablishmentActivity,
    KnownNumber,
    NaceCode,
    PostalPoint,
    RegisterImport,
    WatchedNace,
)
from portal.common.text import name_key


class ReadOnly:
    """Nobody adds, changes or deletes: the next import would undo it."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows come from an import."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Looking is allowed, see ``has_view_permission``."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Rows are switched off, never deleted."""
        return False


class SearchesNamesAndNumbers:
    """The search box takes a number in any notation, or the beginning of a name."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Accents, case, dots and blanks do not matter."""
        if looks_like_number(search_term):
            term = "".join(filter(str.isdigit, search_term))
        else:
            # Quoted, so that several words stay one beginning.
            key = name_key(search_term).replace('"', "")
            term = f'"{key}"' if key else ""
        return super().get_search_results(request, queryset, term)  # type: ignore[misc,no-any-return]


class EnterpriseActivityInline(ReadOnly, admin.TabularInline[EnterpriseActivity, Enterprise]):
    """The activities of an enterprise."""

    model = EnterpriseActivity
    fields = ("version", "code", "classification")


class EstablishmentActivityInline(
    ReadOnly, admin.TabularInline[EstablishmentActivity, Establishment]
):
    """The activities of an establishment."""

    model = EstablishmentActivity
    fields = ("version", "code", "classification")


class EstablishmentInline(ReadOnly, admin.TabularInline[Establishment, Enterprise]):
    """The places of an enterprise."""

    model = Establishment
    fields = ("number", "name", "postcode", "municipality", "is_active")
    show_change_link = True


@admin.register(Enterprise)
class EnterpriseAdmin(SearchesNamesAndNumbers, ReadOnly, admin.ModelAdmin[Enterprise]):
    """Look an enterprise up."""

    list_display = ("number", "name", "legal_form", "municipality", "is_active")
    list_filter = ("is_active", "is_natural_person", "legal_form")
    search_fields = ("number__startswith", "name_key__startswith")
    inlines = (EstablishmentInline, EnterpriseActivityInline)
    show_full_result_count = False


@admin.register(Establishment)
class EstablishmentAdmin(SearchesNamesAndNumbers, ReadOnly, admin.ModelAdmin[Establishment]):
    """Look an establishment up."""

    list_display = ("number", "name", "postcode", "municipality", "province", "is_active")
    list_filter = ("is_active", "province")
    list_select_related = ("enterprise",)
    search_fields = ("number__startswith", "name_key__startswith", "enterprise__number")
    inlines = (EstablishmentActivityInline,)
    show_full_result_count = False


@admin.register(NaceCode)
class NaceCodeAdmin(ReadOnly, admin.ModelAdmin[NaceCode]):
    """Activity codes with their labels."""

    list_display = ("code", "version", "label_nl", "label_fr", "label_en")
    list_filter = ("version",)
    search_fields = ("code", "label_nl", "label_fr", "label_en")


@admin.register(PostalPoint)
class PostalPointAdmin(ReadOnly, admin.ModelAdmin[PostalPoint]):
    """Postcodes with their province and point."""

    list_display = ("postcode", "name", "province", "latitude", "longitude")
    list_filter = ("province",)
    search_fields = ("postcode", "name")


@admin.register(WatchedNace)
class WatchedNaceAdmin(admin.ModelAdmin[WatchedNace]):
    """The watch list: which activities make a possible partner; counts from the next import."""

    list_display = ("prefix", "version", "opportunity")
    list_filter = ("version", "opportunity")
    search_fields = ("prefix",)


@admin.register(KnownNumber)
class KnownNumberAdmin(admin.ModelAdmin[KnownNumber]):
    """Enterprises that every import keeps."""

    list_display = ("number", "since")
    search_fields = ("number",)
    readonly_fields = ("since",)

    def has_change_permission(self, request: HttpRequest, obj: KnownNumber | None = None) -> bool:
        """A number is added or taken off, not changed into another."""
        return False


@admin.register(RegisterImport)
class RegisterImportAdmin(ImportPagesMixin, ReadOnly, admin.ModelAdmin[RegisterImport]):
    """What came in, when, and which rows were refused; starting and stopping."""

    list_display = (
        "source_name",
        "status",
        "extract_type",
        "extract_number",
        "snapshot_on",
        "started_at",
        "finished_at",
    )
    list_filter = ("status", "extract_type")
    search_fields = ("source_name",)
    date_hierarchy = "queued_at"
