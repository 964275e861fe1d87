"""Users, staff roles, second factor."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, staff roles, second factor."""

    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to allauth: it offers no other hook for a fresh authenticator."""
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415 - needs the models

        authenticator_added.connect(_remember_in_session, dispatch_uid="accounts.second_factor")


def _remember_in_session(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """Whoever has just set up an authenticator has shown a code of it in this session."""
    from allauth.account.internal.flows.login import record_authentication  # noqa: PLC0415

    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
