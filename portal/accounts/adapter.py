"""How allauth works here."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlencode
from django.utils.translation import get_language

from portal.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts with a name and a language; limits that no other host name resets."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Store name and language together with the new account."""
        user.full_name = form.cleaned_data.get("full_name", "")
        user.language = get_language() or ""
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """After log-in from a link that was opened elsewhere, go on to the company's sign-up."""
        if self.request.user.is_authenticated:
            return reverse("account_email")
        sign_up = resolve_url(app_settings.SIGNUP_REDIRECT_URL)
        return f"{reverse('account_login')}?{urlencode({'next': sign_up})}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page with the user's details."""
        return reverse("accounts:profile")

    def _get_login_attempts_cache_key(
        self,
        request: HttpRequest,
        **credentials: Any,
    ) -> str:
        # allauth counts per host name; a site that answers to three names would
        # allow three times as many wrong passwords.
        return str(credentials.get("email", "")).strip().lower()


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Log-in services come from the settings."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[Any]:
        """No query when there is no service at all."""
        if not settings.SOCIALACCOUNT_PROVIDERS:
            return []
        found: list[Any] = super().list_apps(request, provider, client_id)
        return found


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of authenticator apps encrypted in the database."""

    def encrypt(self, text: str) -> str:
        """Encrypt with a key made from SECRET_KEY."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Counterpart of ``encrypt``; also reads what SECRET_KEY_FALLBACKS encrypted."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"mfa:" + force_bytes(key)).digest()))
            for key in keys
        ]
    )
