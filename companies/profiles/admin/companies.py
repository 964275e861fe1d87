"""Companies in the Django admin."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from companies.profiles import services
from companies.profiles.admin.base import Admin, FactsAdmin, FormSet, Inline
from companies.profiles.content.terms import TERMS_VERSION
from companies.profiles.enums import DeclineReason, MemberRole
from companies.profiles.models import (
    Activity,
    Company,
    CompanyAdviser,
    CompanyEstablishment,
    Competence,
    Customer,
    Membership,
    OpportunityOffer,
    WorkforceCell,
    WorkforceNorm,
    WorkforceYear,
)
from portal.accounts.models import User
from portal.common.admin_guard import RuleMessagesMixin
from portal.common.mail import origin_of
from portal.common.text import name_key


class OwnerFormSet(FormSet):
    """A company has an owner."""

    def clean(self) -> None:
        """At least one row with the role of owner stays."""
        super().clean()
        kept = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        owners = [row for row in kept if row.get("role") == MemberRole.OWNER]
        if not any(row["user"].is_active and not row.get("DELETE") for row in owners):
            raise ValidationError(gettext("A company always has an owner whose account is active."))


class ShareFormSet(FormSet):
    """Shares of turnover add up to at most 100."""

    def clean(self) -> None:
        """Over the rows that stay."""
        super().clean()
        kept = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        total = sum(row.get("turnover_share") or 0 for row in kept if not row.get("DELETE"))
        if total > 100:
            raise ValidationError(
                gettext(
                    "The shares of turnover add up to %(total)s %%. At most 100 %% is possible."
                ),
                params={"total": total},
            )


class MembershipInline(Inline):
    """Who acts for the company."""

    model = Membership
    formset = OwnerFormSet
    extra = 0
    autocomplete_fields = ("user",)


class AdviserInline(Inline):
    """Advisers who follow the company whatever its province."""

    model = CompanyAdviser
    extra = 0
    autocomplete_fields = ("user",)


class PlaceFormSet(FormSet):
    """A company works somewhere."""

    def clean(self) -> None:
        """Taking the last place away is refused; a company that has none may stay so."""
        super().clean()
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        if rows and all(row.get("DELETE") for row in rows):
            raise ValidationError(gettext("A company works somewhere: keep at least one place."))


class EstablishmentInline(Inline):
    """Places of work."""

    model = CompanyEstablishment
    formset = PlaceFormSet
    extra = 0


class ActivityInline(Inline):
    """Cells of the study and other work."""

    model = Activity
    formset = ShareFormSet
    extra = 0


class CustomerInline(Inline):
    """Customers with their share."""

    model = Customer
    formset = ShareFormSet
    extra = 0


class OfferInline(Inline):
    """What the company offers."""

    model = OpportunityOffer
    extra = 0


class WorkforceCellInline(Inline):
    """Heads and FTE of a year."""

    model = WorkforceCell
    extra = 0


def _decline_action(reason: DeclineReason) -> Any:
    label = format_lazy("{decline}: {reason}", decline=_("Decline"), reason=reason.label)

    @admin.action(description=label)
    def decline(
        model_admin: CompanyAdmin, request: HttpRequest, queryset: QuerySet[Company]
    ) -> None:
        for company_id in queryset.values_list("pk", flat=True):
            services.decline_company(
                company_id=company_id,
                by=cast("User", request.user),
                reason=reason,
                origin=origin_of(request),
            )
        messages.success(request, gettext("Declined."))

    decline.__name__ = f"decline_{reason.value}"
    return decline


@admin.register(Company)
class CompanyAdmin(FactsAdmin):
    """A company with everything it tells; the decision goes through the actions."""

    list_display = ("name", "enterprise_number", "province", "status", "created_at", "is_demo")
    list_filter = ("status", "province", "in_register", "is_demo")
    search_fields = ("name", "enterprise_number", "municipality")
    readonly_fields = (
        "status",
        "decided_at",
        "decided_by",
        "decline_reason",
        "decline_note",
        "appealed_at",
        "appealed_by",
        "appeal_note",
        "facts_version",
        "created_at",
        "created_by",
        "terms_version",
    )
    filter_horizontal = ("competences",)
    inlines = (
        MembershipInline,
        AdviserInline,
        EstablishmentInline,
        ActivityInline,
        CustomerInline,
        OfferInline,
    )
    actions = (
        "verify",
        # "Another reason" needs words, which the company page asks.
        *(_decline_action(reason) for reason in DeclineReason if reason != DeclineReason.OTHER),
    )

    def company_ids(self, obj: models.Model) -> set[int]:
        """The company itself."""
        return {obj.pk} if obj.pk else set()

    def save_model(self, request: HttpRequest, obj: Company, form: Any, change: bool) -> None:
        """Keep the sorting key; remember who made the company."""
        obj.name_key = name_key(obj.name)
        if not change:
            obj.created_by = cast("User", request.user)
            obj.terms_version = TERMS_VERSION
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Verify"))
    def verify(self, request: HttpRequest, queryset: QuerySet[Company]) -> None:
        """Confirm that these are maatwerk companies."""
        for company_id in queryset.values_list("pk", flat=True):
            services.verify_company(
                company_id=company_id, by=cast("User", request.user), origin=origin_of(request)
            )
        messages.success(request, gettext("Verified."))


@admin.register(Membership)
class MembershipAdmin(RuleMessagesMixin, Admin):
    """Who acts for which company."""

    list_display = ("company", "user", "role", "created_at")
    list_filter = ("role",)
    search_fields = ("company__name", "user__email", "user__full_name")
    list_select_related = ("company", "user")
    autocomplete_fields = ("company", "user")


@admin.register(CompanyAdviser)
class CompanyAdviserAdmin(Admin):
    """Advisers by company."""

    list_display = ("company", "user")
    search_fields = ("company__name", "user__email")
    list_select_related = ("company", "user")
    autocomplete_fields = ("company", "user")


@admin.register(CompanyEstablishment)
class CompanyEstablishmentAdmin(FactsAdmin):
    """Places of work."""

    list_display = ("company", "name", "number", "postcode", "municipality")
    search_fields = ("company__name", "name", "number", "postcode")
    list_select_related = ("company",)
    autocomplete_fields = ("company",)


@admin.register(Activity)
class ActivityAdmin(FactsAdmin):
    """Cells of the study and other work."""

    list_display = ("company", "cell", "description", "turnover_share", "fte_band")
    list_filter = ("cell", "fte_band")
    search_fields = ("company__name", "description", "nace_code")
    list_select_related = ("company",)
    autocomplete_fields = ("company",)


@admin.register(WorkforceYear)
class WorkforceYearAdmin(FactsAdmin):
    """Totals of a year with its cells."""

    list_display = ("company", "year", "guides_fte", "guides_qualified_fte")
    list_filter = ("year",)
    search_fields = ("company__name",)
    list_select_related = ("company",)
    autocomplete_fields = ("company",)
    inlines = (WorkforceCellInline,)


@admin.register(WorkforceCell)
class WorkforceCellAdmin(FactsAdmin):
    """Heads and FTE per category and guidance level."""

    list_display = ("workforce_year", "company", "target_group", "guidance_level", "heads", "fte")
    list_filter = ("target_group", "guidance_level", "workforce_year__year")
    search_fields = ("workforce_year__company__name",)
    list_select_related = ("workforce_year__company",)
    raw_id_fields = ("workforce_year",)

    def company_ids(self, obj: models.Model) -> set[int]:
        """Through the year."""
        return {cast("WorkforceCell", obj).workforce_year.company_id}

    @admin.display(description=_("company"))
    def company(self, obj: WorkforceCell) -> str:
        """Whose figures these are."""
        return str(obj.workforce_year.company)


@admin.register(Customer)
class CustomerAdmin(FactsAdmin):
    """Customers with their share."""

    list_display = ("company", "name", "nace_division", "turnover_share")
    list_filter = ("nace_division",)
    search_fields = ("company__name", "name", "enterprise_number")
    list_select_related = ("company",)
    autocomplete_fields = ("company",)


@admin.register(OpportunityOffer)
class OpportunityOfferAdmin(FactsAdmin):
    """What companies offer."""

    list_display = ("company", "opportunity", "amount", "unit", "radius_km")
    list_filter = ("opportunity",)
    search_fields = ("company__name",)
    list_select_related = ("company",)
    autocomplete_fields = ("company",)


@admin.register(Competence)
class CompetenceAdmin(Admin):
    """The list that profiles and partners choose from."""

    list_display = ("name_nl", "name_en", "is_certificate", "is_current")
    list_filter = ("is_certificate", "is_current")
    search_fields = ("slug", "name_nl", "name_en")


@admin.register(WorkforceNorm)
class WorkforceNormAdmin(RuleMessagesMixin, Admin):
    """Norms by the date from which they hold."""

    list_display = ("valid_from", "minimum_fte", "minimum_share", "source_nl")
    date_hierarchy = "valid_from"
