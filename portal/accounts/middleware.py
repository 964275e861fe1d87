"""Language of the user, and the second factor of staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeGuard

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from portal.accounts.models import User
from portal.accounts.roles import is_government
from portal.accounts.selectors import has_second_factor

# What somebody may reach who still has to set up or show a second factor.
_OPEN_NAMES = frozenset(
    {
        "mfa_activate_totp",
        "mfa_reauthenticate",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_confirm_email",
        "common:set_language",
        "common:csp_report",
        "runtime:healthz",
        "runtime:readyz",
    }
)


class UserLocaleMiddleware(LocaleMiddleware):
    """The user's choice, then the language cookie, then the browser's, then Dutch."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language of this request; no query without a session."""
        super().process_request(request)
        if request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()


class StaffSecondFactorMiddleware:
    """Staff get no further than setting up a second factor, and showing it.

    A session that was opened with the password alone stays closed even after the
    person has set up an authenticator in another one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Everything happens once the address is known, in ``process_view``."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Let the request through, or send it to the page where the second factor is given."""
        match, user = request.resolver_match, request.user
        if match is None or match.view_name in _OPEN_NAMES or not _must_prove(user):
            return None
        if not has_second_factor(user):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        if _was_shown(request):
            return None
        target = reverse("mfa_reauthenticate")
        return HttpResponseRedirect(f"{target}?{urlencode({'next': request.get_full_path()})}")


def _must_prove(user: User | AnonymousUser) -> TypeGuard[User]:
    """Staff, unless this is a demo log-in of a local installation."""
    if not settings.REQUIRE_STAFF_SECOND_FACTOR or not user.is_authenticated:
        return False
    if user.is_demo and settings.DEMO_SKIPS_SECOND_FACTOR:
        return False
    return user.is_staff or is_government(user)


def _was_shown(request: HttpRequest) -> bool:
    """Whether this session has seen a code of the user's authenticator or a recovery code."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)
