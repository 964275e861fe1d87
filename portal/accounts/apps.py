"""Users, staff roles, second factor."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.common import language, navigation


class AccountsConfig(AppConfig):
    """Users, staff roles, second factor."""

    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take part in the page skeleton, and in allauth, which has only a signal for this."""
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415 - needs the models

        language.on_change(_keep_language)
        navigation.register(_administration)
        authenticator_added.connect(_note_in_session, dispatch_uid="accounts.second_factor")


def _keep_language(request: HttpRequest, language: str) -> None:
    """A choice made after log-in stays with the user, on every device."""
    from portal.accounts import services  # noqa: PLC0415 - needs the models

    if request.user.is_authenticated:
        services.set_language(user=request.user, language=language)


def _administration(request: HttpRequest) -> list[navigation.Item]:
    """The Django admin, for administrators."""
    if not getattr(request.user, "is_staff", False):
        return []
    return [navigation.Item(_("Administration"), reverse("admin:index"), navigation.ADMINISTRATION)]


def _note_in_session(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """Whoever has just set up an authenticator has shown a code of it in this session."""
    from allauth.account.internal.flows.login import record_authentication  # noqa: PLC0415

    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
