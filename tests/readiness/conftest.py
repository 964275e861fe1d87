"""Who keeps the questionnaire."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.factories import staff


@pytest.fixture
def administrator() -> User:
    """Runs the portal."""
    return staff(Role.ADMINISTRATOR)


@pytest.fixture
def boss(client: Client, administrator: User) -> Client:
    """The administrator's browser."""
    client.force_login(administrator)
    return client
