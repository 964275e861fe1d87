"""What companies work with and do already, in the Django admin."""

from __future__ import annotations

from django.contrib import admin

from companies.profiles.admin.base import FactsAdmin
from companies.profiles.models import Cooperation, Enclave, Equipment, OwnProduct


@admin.register(Equipment)
class EquipmentAdmin(FactsAdmin):
    """Equipment and technology."""

    list_display = ("company", "kind", "description", "year_bought", "quantity")
    list_filter = ("kind",)
    search_fields = ("company__name", "description")
    list_select_related = ("company",)
    autocomplete_fields = ("company",)


@admin.register(Enclave)
class EnclaveAdmin(FactsAdmin):
    """Enclaves that there are."""

    list_display = ("company", "host_name", "nace_division", "places", "since_year")
    list_filter = ("nace_division",)
    search_fields = ("company__name", "host_name", "host_number")
    list_select_related = ("company",)
    autocomplete_fields = ("company",)


@admin.register(OwnProduct)
class OwnProductAdmin(FactsAdmin):
    """Products that companies sell under their own name."""

    list_display = ("company", "name", "since_year", "turnover_share")
    search_fields = ("company__name", "name")
    list_select_related = ("company",)
    autocomplete_fields = ("company",)


@admin.register(Cooperation)
class CooperationAdmin(FactsAdmin):
    """What companies do together with others."""

    list_display = ("company", "kind", "partner_name", "since_year")
    list_filter = ("kind",)
    search_fields = ("company__name", "partner_name", "partner_number")
    list_select_related = ("company",)
    autocomplete_fields = ("company",)
