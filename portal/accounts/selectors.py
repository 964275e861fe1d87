"""Reads on people."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from portal.accounts.models import User


def has_second_factor(user: User) -> bool:
    """The user has set up an authenticator app; one query."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return bool(found.exists())
