"""Partners in the Django admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from companies.partners import services
from companies.partners.merging.admin import EstablishmentMergeAdmin
from companies.partners.models import Partner, PartnerContact, PartnerNeed
from companies.partners.opt_out.admin import OptOutAdmin
from companies.partners.opt_out.models import Way
from companies.partners.opt_out.services import opt_out
from portal.accounts.models import User
from portal.common.admin_guard import RuleMessagesMixin
from portal.common.mail import origin_of

__all__ = [
    "EstablishmentMergeAdmin",
    "OptOutAdmin",
    "PartnerAdmin",
    "PartnerContactAdmin",
    "PartnerNeedAdmin",
]

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Any]
    Inline = admin.TabularInline[Any, Any]
else:
    Admin = admin.ModelAdmin
    Inline = admin.TabularInline


class NeedInline(Inline):
    """What the partner seeks."""

    model = PartnerNeed
    extra = 0
    autocomplete_fields = ("competences",)


class ContactInline(Inline):
    """Who acts for the partner."""

    model = PartnerContact
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(Partner)
class PartnerAdmin(RuleMessagesMixin, Admin):
    """A partner; consent and opt-out go through the actions."""

    list_display = ("establishment", "consented_at", "is_demo", "created_at")
    list_filter = ("is_demo", ("consented_at", admin.EmptyFieldListFilter))
    search_fields = ("establishment__name", "establishment__number")
    list_select_related = ("establishment",)
    raw_id_fields = ("establishment",)
    readonly_fields = ("consented_at", "consented_by", "created_at")
    inlines = (NeedInline, ContactInline)
    actions = ("record_consent", "record_withdrawal", "record_opt_out", "merge_two")

    @admin.action(description=_("Agreed to be shown"))
    def record_consent(self, request: HttpRequest, queryset: QuerySet[Partner]) -> None:
        """These partners agreed."""
        for partner_id in queryset.values_list("pk", flat=True):
            services.give_consent(partner_id=partner_id, by=cast("User", request.user))
        messages.success(request, gettext("Saved."))

    @admin.action(description=_("Withdrew consent"))
    def record_withdrawal(self, request: HttpRequest, queryset: QuerySet[Partner]) -> None:
        """These partners no longer agree."""
        for partner_id in queryset.values_list("pk", flat=True):
            services.withdraw_consent(partner_id=partner_id)
        messages.success(request, gettext("Saved."))

    @admin.action(description=_("Wants no proposals"))
    def record_opt_out(self, request: HttpRequest, queryset: QuerySet[Partner]) -> None:
        """These partners want no proposals."""
        for number in queryset.values_list("establishment", flat=True):
            opt_out(
                number=number,
                way=Way.ADMINISTRATOR,
                now=timezone.now(),
                by=cast("User", request.user),
                origin=origin_of(request),
            )
        messages.success(request, gettext("Saved."))

    @admin.action(description=_("Are the same place: merge the two"))
    def merge_two(
        self, request: HttpRequest, queryset: QuerySet[Partner]
    ) -> HttpResponseRedirect | None:
        """The page that shows both and what would move."""
        numbers = list(queryset.order_by("pk").values_list("establishment", flat=True)[:3])
        if len(numbers) != 2:
            messages.error(request, gettext("Select exactly two partners."))
            return None
        asked = urlencode({"survivor": numbers[0], "loser": numbers[1]})
        address = reverse("admin:partners_establishmentmerge_add")
        return HttpResponseRedirect(f"{address}?{asked}")


@admin.register(PartnerNeed)
class PartnerNeedAdmin(Admin):
    """Needs over all partners."""

    list_display = ("partner", "opportunity", "amount", "unit", "radius_km")
    list_filter = ("opportunity",)
    search_fields = ("partner__establishment__name",)
    list_select_related = ("partner__establishment",)
    autocomplete_fields = ("partner", "competences")


@admin.register(PartnerContact)
class PartnerContactAdmin(Admin):
    """Contacts over all partners."""

    list_display = ("partner", "user")
    search_fields = ("partner__establishment__name", "user__email")
    list_select_related = ("partner__establishment", "user")
    autocomplete_fields = ("partner", "user")
