"""The page with a person's own details."""

from __future__ import annotations

from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from tests.accounts.conftest import link_in
from tests.factories import PASSWORD

PROFILE = "/account/profile/"


def test_name_and_language(client: Client, person: User) -> None:
    client.force_login(person)
    page = client.get(PROFILE)
    assert page.context["form"].initial == {"full_name": "Els", "language": "en"}
    response = client.post(PROFILE, {"full_name": "Els Maes", "language": "nl"})
    assert response["Location"] == PROFILE
    person.refresh_from_db()
    assert (person.full_name, person.language) == ("Els Maes", "nl")
    assert response.cookies["django_language"].value == "nl"
    client.post(PROFILE, {"full_name": "Els Maes", "language": ""})
    assert client.cookies["django_language"].value == ""


def test_a_mistake_keeps_what_was_typed_and_changes_nothing(client: Client, person: User) -> None:
    client.force_login(person)
    response = client.post(PROFILE, {"full_name": "", "language": "fr"})
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"full_name", "language"}
    person.refresh_from_db()
    assert (person.full_name, person.language) == ("Els", "en")


def test_only_after_log_in(client: Client, db: None) -> None:
    assert client.get(PROFILE)["Location"] == f"/account/login/?next={PROFILE}"


def test_queries(client: Client, person: User, django_assert_max_num_queries: Any) -> None:
    client.force_login(person)
    with django_assert_max_num_queries(8):
        client.get(PROFILE)


def test_another_password_asks_for_the_old_one_and_tells_by_mail(
    client: Client, person: User
) -> None:
    client.force_login(person)
    new = "een-heel-ander-wachtwoord-2"
    data = {"oldpassword": "fout", "password1": new, "password2": new}
    assert client.post("/account/password/change/", data).status_code == 200
    response = client.post("/account/password/change/", data | {"oldpassword": PASSWORD})
    assert response["Location"] == PROFILE
    person.refresh_from_db()
    assert person.check_password(new)
    assert mail.outbox[-1].to == [person.email]


def test_another_address_counts_once_it_is_confirmed(client: Client, person: User) -> None:
    client.force_login(person)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.post("/account/email/", {"action_add": "", "email": "els@nieuw.test"})
    person.refresh_from_db()
    assert person.email == "els@bedrijf.test"
    waiting = client.get("/account/email/").content.decode()
    assert "els@nieuw.test" in waiting
    link = next(
        link_in(message.body) for message in mail.outbox if message.to == ["els@nieuw.test"]
    )
    response = client.post(link)
    assert response["Location"] == reverse("account_email")
    person.refresh_from_db()
    assert person.email == "els@nieuw.test"


def test_an_address_of_somebody_else_gets_no_different_answer(
    client: Client, person: User, adviser: User
) -> None:
    client.force_login(person)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    taken = client.post("/account/email/", {"action_add": "", "email": adviser.email})
    free = client.post("/account/email/", {"action_add": "", "email": "vrij@nieuw.test"})
    assert taken.status_code == free.status_code == 302
