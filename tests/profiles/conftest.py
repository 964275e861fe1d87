"""A company and its owner, logged in."""

from __future__ import annotations

import pytest
from django.test import Client

from companies.profiles.models import Company
from tests.access import rows
from tests.access.world import World


@pytest.fixture
def company(world: World) -> Company:
    """This company, without activities, in English for the owner."""
    for person in world.people.values():
        person.language = "en"
        person.save()
    world.company.activities.all().delete()
    return world.company


@pytest.fixture
def owner(world: World, company: Company, client: Client) -> Client:
    """The owner, logged in."""
    client.force_login(world.people[rows.OWNER])
    return client
