"""The Django admin of the portal: same log-in, same second factor, same rules for pages."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

_OUR_ROOMS = ("portal.", "companies.", "assessments.")
# Registered by libraries, but not for this admin: roles are fixed in code, addresses
# stand with their user, and the others hold secrets or serve nothing here.
_LEFT_OUT = frozenset(
    {
        "auth.group",
        "account.emailaddress",
        "account.emailconfirmation",
        "mfa.authenticator",
        "socialaccount.socialaccount",
        "socialaccount.socialapp",
        "socialaccount.socialtoken",
        "django_celery_beat.solarschedule",
        "django_celery_results.groupresult",
    }
)


class PortalAdminSite(AdminSite):
    """The admin for administrators only; people log in on the portal's own page."""

    site_title = _("Maatwerkportaal administration")
    site_header = _("Maatwerkportaal administration")
    index_title = _("All data")
    empty_value_display = "–"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register models, except what libraries bring that is left out here."""
        single = isinstance(model_or_iterable, type)
        models: list[Any] = [model_or_iterable] if single else list(model_or_iterable)
        ours = admin_class is not None and admin_class.__module__.startswith(_OUR_ROOMS)
        wanted = [model for model in models if ours or model._meta.label_lower not in _LEFT_OUT]
        super().register(wanted, admin_class, **options)

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send visitors to the portal's log-in page; 403 for users without admin rights."""
        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response

    def logout(  # type: ignore[override]
        self,
        request: HttpRequest,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The portal has one way to log out."""
        return redirect("account_logout")

    def password_change(  # type: ignore[override]
        self,
        request: HttpRequest,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The portal has one page to change a password, with its own limits and e-mail."""
        return redirect("account_change_password")
