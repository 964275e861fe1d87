"""Language: the user's choice, then the cookie, then the browser, then Dutch."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts import services
from portal.accounts.models import User


def language_of(client: Client, **headers: str) -> str:
    inside = client.session.get("_auth_user_id")
    page = "/account/logout/" if inside else "/account/login/"
    response = client.get(page, headers=headers)
    return str(response.headers["Content-Language"])


def test_dutch_when_nobody_says_anything(client: Client, db: None) -> None:
    assert language_of(client) == "nl"
    assert language_of(client, **{"accept-language": "de,fr;q=0.5"}) == "nl"


def test_the_browser_before_dutch(client: Client, db: None) -> None:
    assert language_of(client, **{"accept-language": "fr,en;q=0.8,nl;q=0.5"}) == "en"


def test_the_cookie_before_the_browser(client: Client, db: None) -> None:
    client.cookies["django_language"] = "nl"
    assert language_of(client, **{"accept-language": "en"}) == "nl"


def test_the_user_before_everything(client: Client, person: User) -> None:
    client.force_login(person)
    client.cookies["django_language"] = "nl"
    assert language_of(client, **{"accept-language": "nl"}) == "en"


def test_a_user_without_a_choice_gets_the_browsers_language(client: Client, person: User) -> None:
    services.set_language(user=person, language="")
    client.force_login(person)
    assert language_of(client, **{"accept-language": "en"}) == "en"
    assert language_of(client, **{"accept-language": "nl"}) == "nl"


def test_a_choice_stays_with_the_user_and_in_the_browser(client: Client, person: User) -> None:
    client.force_login(person)
    client.post(reverse("common:set_language"), {"language": "nl", "next": "/account/profile/"})
    person.refresh_from_db()
    assert person.language == "nl"
    other_device = Client()
    other_device.force_login(person)
    assert language_of(other_device, **{"accept-language": "en"}) == "nl"
    client.post("/account/logout/")
    assert language_of(client, **{"accept-language": "en"}) == "nl"


@pytest.mark.parametrize("language", ["fr", "", "xx", "nl-be\n"])
def test_an_unknown_language_changes_nothing(client: Client, person: User, language: str) -> None:
    client.force_login(person)
    client.post(reverse("common:set_language"), {"language": language})
    person.refresh_from_db()
    assert person.language == "en"


@pytest.mark.parametrize("target", ["https://elders.example/", "//elders.example", "javascript:1"])
def test_the_way_back_stays_here(client: Client, db: None, target: str) -> None:
    response = client.post(reverse("common:set_language"), {"language": "nl", "next": target})
    assert response["Location"] == "/"


def test_answers_differ_by_cookie_and_language(client: Client, db: None) -> None:
    vary: Any = client.get("/account/login/")["Vary"]
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in vary.split(",")}
