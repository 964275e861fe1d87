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
from companies.partners.models import (
    ContactRequest,
    Conversation,
    Partner,
    PartnerConsent,
    PartnerContact,
    PartnerNeed,
)
from companies.partners.opt_out.admin import OptOutAdmin
from companies.partners.opt_out.models import Way
from companies.partners.opt_out.services import opt_out
from portal.accounts.models import User
from portal.common.admin import ReadOnlyMixin
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
    fields = ("opportunity", "amount", "unit", "radius_km", "starts_on", "ends_on", "competences")
    autocomplete_fields = ("competences",)
    show_change_link = True


class ContactInline(Inline):
    """Who acts for the partner."""

    model = PartnerContact
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(Partner)
class PartnerAdmin(RuleMessagesMixin, Admin):
    """A partner; sign-ups are answered on the page of the queue.

    The partner itself agrees to be shown, or an adviser records it after a conversation.
    """

    list_display = (
        "establishment",
        "status",
        "consented_at",
        "is_demo",
        "created_at",
    )
    list_filter = (
        "status",
        "is_demo",
        ("consented_at", admin.EmptyFieldListFilter),
    )
    search_fields = ("establishment__name", "establishment__number")
    list_select_related = ("establishment",)
    raw_id_fields = ("establishment",)
    readonly_fields = (
        "status",
        "signed_up_at",
        "signed_up_by",
        "consented_at",
        "consented_by",
        "created_at",
    )
    inlines = (NeedInline, ContactInline)
    actions = ("record_withdrawal", "record_opt_out", "merge_two")

    @admin.action(description=_("Withdrew consent"))
    def record_withdrawal(self, request: HttpRequest, queryset: QuerySet[Partner]) -> None:
        """These partners no longer agree."""
        for partner_id in queryset.values_list("pk", flat=True):
            services.withdraw_consent(partner_id=partner_id, by=cast("User", request.user))
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
class PartnerNeedAdmin(RuleMessagesMixin, Admin):
    """Needs over all partners."""

    list_display = ("partner", "opportunity", "amount", "unit", "radius_km", "ends_on", "closed_at")
    list_filter = (
        "opportunity",
        "is_from_adviser",
        ("closed_at", admin.EmptyFieldListFilter),
    )
    readonly_fields = ("stated_at", "stated_by", "is_from_adviser", "closed_at", "closed_by")
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


@admin.register(ContactRequest)
class ContactRequestAdmin(ReadOnlyMixin, Admin):
    """Who asked to act for a partner, and the answer."""

    list_display = ("partner", "user", "is_sign_up", "capacity", "status", "requested_at")
    list_filter = ("status", "is_sign_up", "capacity")
    search_fields = ("partner__establishment__name", "user__email")
    list_select_related = ("partner__establishment", "user")


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyMixin, Admin):
    """What advisers recorded after talking with a partner."""

    list_display = ("partner", "held_on", "recorded_by", "confirmed_at")
    search_fields = ("partner__establishment__name",)
    list_select_related = ("partner__establishment", "recorded_by")
    date_hierarchy = "held_on"


@admin.register(PartnerConsent)
class PartnerConsentAdmin(ReadOnlyMixin, Admin):
    """What partners agreed to, by version; only the partner's pages write here."""

    list_display = ("partner", "purpose", "version", "given_at", "given_by", "withdrawn_at")
    list_filter = ("purpose", "version", ("withdrawn_at", admin.EmptyFieldListFilter))
    search_fields = ("partner__establishment__name",)
    list_select_related = ("partner__establishment", "given_by")
