"""Users, their roles and their second factor in the Django admin."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts import services
from portal.accounts.models import AdviserProvince, ExportLog, User
from portal.accounts.roles import ROLE_LABELS, Role
from portal.common.admin import ReadOnlyMixin


class RolesField(forms.ModelMultipleChoiceField[Group]):
    """The four groups under their readable names, as check boxes."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Group) -> str:
        """The name of the role."""
        return role_label(obj.name)


class UserForm(forms.ModelForm[User]):
    """A user without anything about the password."""

    groups = RolesField(
        label=_("Roles"),
        queryset=Group.objects.filter(name__in=[role.value for role in Role]).order_by("pk"),
        required=False,
        help_text=_("For government staff only; company users get rights through their company."),
    )
    # Set by the admin for each request: who is at work here.
    editor: ClassVar[Any] = None

    class Meta:
        model = User
        fields = ("email", "full_name", "language", "is_active", "groups")

    def clean_email(self) -> str:
        """Addresses are kept in lower case."""
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """Administrators cannot shut themselves out."""
        data = super().clean() or {}
        if self.instance.pk and self.instance.pk == getattr(self.editor, "pk", None):
            roles = {group.name for group in data.get("groups", [])}
            if not data.get("is_active") or Role.ADMINISTRATOR.value not in roles:
                raise forms.ValidationError(
                    _("You cannot close your own account or give up your own administrator's role.")
                )
        return data


class ProvinceInline(admin.TabularInline[AdviserProvince, User]):
    """Provinces that an adviser follows."""

    model = AdviserProvince
    extra = 1


class AddressInline(admin.TabularInline[EmailAddress, User]):
    """Addresses and whether they are confirmed; allauth keeps them."""

    model = EmailAddress
    fields = readonly_fields = ("email", "verified", "primary")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only the person can add one."""
        return False


class RoleFilter(admin.SimpleListFilter):
    """Users with a role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The four roles."""
        return [(role.value, label) for role, label in ROLE_LABELS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """Users in the chosen group."""
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """People with an account. Accounts are closed, not deleted."""

    form = UserForm
    list_display = ("email", "full_name", "roles", "is_active", "has_second_factor", "last_login")
    list_filter = ("is_active", RoleFilter, "adviser_provinces__province", "language", "is_demo")
    search_fields = ("email", "full_name")
    ordering = ("email", "pk")
    readonly_fields = ("has_second_factor", "is_demo", "date_joined", "last_login")
    inlines = (ProvinceInline, AddressInline)
    fieldsets = (
        (None, {"fields": ("email", "full_name", "language", "is_active")}),
        (_("Government staff"), {"fields": ("groups",)}),
        (
            _("Log-in"),
            {
                "fields": ("has_second_factor", "is_demo", "date_joined", "last_login"),
                "description": _(
                    "Nobody sees or sets a password here: people choose one with "
                    "“Forgot your password?” on the log-in page."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With roles and second factor, so that the list needs no query for each row."""
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        return (
            super()
            .get_queryset(request)
            .annotate(second_factor=Exists(factors))
            .prefetch_related(Prefetch("groups", Group.objects.order_by("pk")))
        )

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type[Any]:
        """The form knows who is at work."""
        form: type[Any] = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"editor": request.user})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What people did stays readable; close the account instead."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A new person has no password yet; a new address replaces the old one."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change or "email" in form.changed_data:
            services.replace_address(user=obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The administrator's role opens the admin; taking it away closes it."""
        super().save_related(request, form, formsets, change)
        roles = [Role(group.name) for group in form.cleaned_data["groups"]]
        services.set_staff_roles(user=form.instance, roles=roles)

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        """Readable names, separated by commas."""
        return ", ".join(role_label(group.name) for group in user.groups.all())

    @admin.display(description=_("second factor"), boolean=True)
    def has_second_factor(self, user: User) -> bool:
        """An authenticator app is set up."""
        return bool(getattr(user, "second_factor", False))


@admin.register(Authenticator)
class AuthenticatorAdmin(admin.ModelAdmin[Authenticator]):
    """Who has a second factor; deleting one lets a person who lost it set up another.

    The secret itself is never shown.
    """

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__email", "user__full_name")
    ordering = ("user__email", "pk")
    fields = readonly_fields = ("user", "type", "created_at", "last_used_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only the person can set one up."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing to change."""
        return False


def role_label(name: str) -> str:
    """The readable name of a group; its own name when it is no role."""
    labels = {role.value: label for role, label in ROLE_LABELS.items()}
    return str(labels.get(name, name))


@admin.register(ExportLog)
class ExportLogAdmin(ReadOnlyMixin, admin.ModelAdmin[ExportLog]):
    """Who took which data, and when."""

    list_display = ("exported_at", "exported_by", "what", "subject", "reason")
    list_filter = ("what",)
    list_select_related = ("exported_by",)
    search_fields = ("subject", "exported_by__email")
    date_hierarchy = "exported_at"
