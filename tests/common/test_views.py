"""The pages of the cellar, seen from outside."""

from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone(django_user_model):
    return django_user_model.objects.create_user("els@example.org", full_name="Els Peeters")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_gallery_shows_every_component_to_whoever_is_logged_in(client, someone, language):
    client.force_login(someone)
    page = client.get(reverse("common:gallery"), headers={"accept-language": language})
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text


@pytest.mark.parametrize("name", ["accessibility", "privacy"])
def test_statements_are_open_to_everybody(client, name):
    assert client.get(reverse(f"common:{name}")).status_code == 200
