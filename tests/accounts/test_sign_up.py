"""Signing up: name, address, password; the address is confirmed before anything else."""

from __future__ import annotations

from typing import Any

from django.core import mail
from django.test import Client

from portal.accounts.models import User
from tests.accounts.conftest import link_in, log_in
from tests.factories import PASSWORD

DETAILS = {
    "full_name": "Mia Peeters",
    "email": "Mia@Bedrijf.test",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def sign_up(client: Client, **changes: Any) -> Any:
    return client.post("/account/signup/", DETAILS | changes, headers={"accept-language": "en"})


def test_from_sign_up_to_the_company(client: Client, db: None) -> None:
    response = sign_up(client)
    assert response["Location"] == "/account/confirm-email/"
    person = User.objects.get()
    assert (person.email, person.full_name, person.language) == (
        "mia@bedrijf.test",
        "Mia Peeters",
        "en",
    )
    assert "_auth_user_id" not in client.session, "not before the address is confirmed"

    link = link_in(mail.outbox[0].body)
    assert client.get(link).status_code == 200
    response = client.post(link)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert response["Location"] == "/companies/sign-up/"


def test_link_opened_on_another_device_leads_to_log_in_and_on_to_the_company(
    client: Client, db: None
) -> None:
    sign_up(client)
    other = Client()
    response = other.post(link_in(mail.outbox[0].body))
    assert response["Location"].startswith("/account/login/?next=")
    assert "_auth_user_id" not in other.session


def test_unconfirmed_address_does_not_get_in(client: Client, db: None) -> None:
    sign_up(client)
    response = log_in(Client(), DETAILS["email"])
    assert response["Location"] == "/account/confirm-email/"


def test_known_address_gets_the_same_answer_and_an_e_mail(client: Client, person: User) -> None:
    fresh = sign_up(client)
    known = sign_up(Client(), email=person.email)
    assert (fresh.status_code, fresh["Location"]) == (known.status_code, known["Location"])
    assert User.objects.count() == 2
    assert mail.outbox[1].to == [person.email]
    assert mail.outbox[1].subject != mail.outbox[0].subject


def test_weak_or_unequal_passwords_stay_in_the_form(client: Client, db: None) -> None:
    for changes in (
        {"password1": "kort", "password2": "kort"},
        {"password1": "password1234", "password2": "password1234"},
        {"password2": "een-ander-wachtwoord"},
        {"full_name": ""},
    ):
        response = sign_up(client, **changes)
        assert response.status_code == 200
        assert response.context["form"].errors
        assert response.context["form"]["email"].value() == DETAILS["email"]
    assert not User.objects.exists()


def test_twenty_sign_ups_a_minute_from_one_place(client: Client, db: None) -> None:
    codes = [sign_up(client, full_name="").status_code for _ in range(21)]
    assert codes == [200] * 20 + [429]
