"""What tests of accounts share."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from portal.accounts import services
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.factories import PASSWORD


@pytest.fixture
def adviser(db: None) -> User:
    """A real adviser: no demo account, so no way around the second factor."""
    return services.create_staff_user(
        email="an@overheid.test", full_name="An", password=PASSWORD, roles=[Role.ADVISER]
    )


@pytest.fixture
def person(db: None) -> User:
    return services.create_person(
        email="els@bedrijf.test", full_name="Els", password=PASSWORD, language="en"
    )


def log_in(client: Client, email: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post("/account/login/", {"login": email, "password": password}, **extra)


def link_in(text: str) -> str:
    """The path of the first link into the portal in an e-mail."""
    found = re.search(r"https?://[^/\s]+(/\S*)", text)
    assert found, text
    return found.group(1)
