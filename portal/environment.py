"""Typed reading of environment variables; a wrong value stops the start with one line."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The variable, or ``default``."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    """A yes or no; ImproperlyConfigured on anything else."""
    value = os.environ.get(name)
    if value is None:
        return default
    word = value.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}")


def number(name: str, *, default: int) -> int:
    """A whole number from 0 up; ImproperlyConfigured on anything else."""
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


def listed(name: str) -> list[str]:
    """A list separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def folder(name: str) -> Path | None:
    """An absolute path, or None; whether it is there is found out when it is used."""
    value = text(name)
    if not value:
        return None
    path = Path(value)
    if not path.is_absolute():
        raise ImproperlyConfigured(f"{name} must be an absolute path, not {value!r}")
    return path


def database(url: str) -> dict[str, Any]:
    """Django's settings of a PostgreSQL address in any form that libpq reads.

    Raises ImproperlyConfigured when libpq cannot read it, or without a database name.
    """
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from None
    if not parts.get("dbname"):
        raise ImproperlyConfigured("DATABASE_URL names no database")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": parts,
    }


@dataclass(frozen=True)
class OpenIdConnect:
    """A provider that people may log in with."""

    server_url: str
    client_id: str
    secret: str
    name: str

    @property
    def origin(self) -> str:
        """Scheme and host: the log-in form may lead there."""
        parts = urlsplit(self.server_url)
        return f"{parts.scheme}://{parts.netloc}"

    def app(self) -> dict[str, Any]:
        """The provider as allauth wants it in SOCIALACCOUNT_PROVIDERS."""
        return {
            "provider_id": "oidc",
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.secret,
            "settings": {"server_url": self.server_url},
        }


def openid_connect() -> OpenIdConnect | None:
    """OIDC_SERVER_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: all of them, or none.

    OIDC_NAME is the text of the button. Raises ImproperlyConfigured for half a set or
    for an address that is not https.
    """
    names = ("OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    server_url, client_id, secret = (text(name) for name in names)
    missing = [name for name in names if not text(name)]
    if len(missing) == len(names):
        return None
    if missing:
        raise ImproperlyConfigured(f"Log-in with OpenID Connect also needs {', '.join(missing)}")
    if not server_url.startswith("https://"):
        raise ImproperlyConfigured("OIDC_SERVER_URL must start with https://")
    return OpenIdConnect(server_url, client_id, secret, text("OIDC_NAME", "ACM/IDM"))
