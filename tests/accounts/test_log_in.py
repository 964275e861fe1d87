"""Logging in: by e-mail, a few attempts at a time, without telling who has an account."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from portal.accounts import services
from portal.accounts.models import User
from tests.accounts.conftest import link_in, log_in
from tests.factories import PASSWORD


def test_log_in_ignores_the_case_of_the_address(client: Client, person: User) -> None:
    response = log_in(client, "ELS@Bedrijf.test")
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_passwords_are_kept_with_argon2(settings: Any, db: None) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    person = services.create_person(email="a@b.test", password=PASSWORD)
    assert person.password.startswith("argon2$argon2id$")


def test_the_first_hasher_of_the_settings_is_argon2() -> None:
    from portal import settings as written

    assert written.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_sixth_wrong_password_is_refused_even_with_the_right_one(
    client: Client, person: User
) -> None:
    for _ in range(5):
        response = log_in(client, person.email, "een-fout-wachtwoord")
        assert response.status_code == 200
    assert "Too many failed" not in response.content.decode()
    response = log_in(client, person.email, PASSWORD, headers={"accept-language": "en"})
    assert "Too many failed" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_another_address_host_name_or_capitals_do_not_give_more_attempts(
    person: User, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    addresses = ["els@bedrijf.test", "ELS@bedrijf.test", " els@bedrijf.test"]
    for attempt in range(5):
        log_in(
            Client(),
            addresses[attempt % 3],
            "fout-fout-fout",
            REMOTE_ADDR=f"10.0.0.{attempt}",
            headers={"host": ["localhost", "127.0.0.1"][attempt % 2]},
        )
    last = Client()
    log_in(last, person.email, PASSWORD, REMOTE_ADDR="10.0.0.99", headers={"host": "localhost"})
    assert "_auth_user_id" not in last.session


def test_a_colleague_is_not_locked_out(client: Client, person: User) -> None:
    colleague = services.create_person(email="jan@bedrijf.test", password=PASSWORD)
    for _ in range(6):
        log_in(client, person.email, "een-fout-wachtwoord")
    log_in(client, colleague.email)
    assert client.session["_auth_user_id"] == str(colleague.pk)


def test_forged_forwarding_header_changes_nothing(client: Client, person: User) -> None:
    """Without a proxy of ours the header is the visitor's own invention."""
    codes = [
        log_in(client, f"x{n}@y.test", "fout", headers={"x-forwarded-for": f"8.8.8.{n}"})
        for n in range(21)
    ]
    assert "Te veel" in codes[-1].content.decode() or "Too many" in codes[-1].content.decode()


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_moment_are_counted_one_by_one() -> None:
    """Twelve threads try at once; at most five reach the password check."""
    services.create_person(email="els@bedrijf.test", password=PASSWORD)
    refused: list[bool] = []

    def attempt() -> None:
        try:
            response = log_in(
                Client(), "els@bedrijf.test", "fout", headers={"accept-language": "en"}
            )
            in_form = "Too many failed" in response.content.decode()
            refused.append(response.status_code == 429 or in_form)  # 429: the count was busy
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused.count(False) <= 5
    assert len(refused) == 12


def test_unknown_address_and_wrong_password_read_the_same(client: Client, person: User) -> None:
    known = log_in(client, person.email, "een-fout-wachtwoord")
    unknown = log_in(client, "niemand@bedrijf.test", "een-fout-wachtwoord")
    assert errors(known) == errors(unknown) != []


def errors(response: Any) -> list[str]:
    return list(response.context["form"].non_field_errors())


def test_password_reset_tells_nobody_who_has_an_account(client: Client, person: User) -> None:
    known = client.post("/account/password/reset/", {"email": person.email})
    unknown = client.post("/account/password/reset/", {"email": "niemand@bedrijf.test"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [[person.email], ["niemand@bedrijf.test"]]


def test_closed_account_stays_out(client: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    response = log_in(client, person.email)
    assert response["Location"] == "/account/inactive/"
    assert "_auth_user_id" not in client.session


def test_a_new_password_by_mail(client: Client, person: User) -> None:
    client.post("/account/password/reset/", {"email": person.email})
    step = client.get(link_in(mail.outbox[0].body))
    new = "een-heel-ander-wachtwoord-2"
    done = client.post(step["Location"], {"password1": new, "password2": new})
    assert done["Location"] == "/account/password/reset/key/done/"
    log_in(client, person.email, new)
    assert client.session["_auth_user_id"] == str(person.pk)


def test_log_out_needs_a_click(client: Client, person: User) -> None:
    client.force_login(person)
    assert client.get("/account/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session


def test_too_many_log_ins_from_one_place_get_the_429_page(client: Client, db: None) -> None:
    codes = [log_in(client, "", "").status_code for _ in range(61)]
    assert codes[:60] == [200] * 60
    response = log_in(client, "", "")
    assert response.status_code == 429
    assert "429.html" in [template.name for template in response.templates]


def test_no_provider_no_button(client: Client, db: None) -> None:
    page = client.get("/account/login/").content.decode()
    assert "oidc" not in page


def test_provider_from_the_environment_gets_a_button(
    client: Client, db: None, settings: Any
) -> None:
    from portal.environment import OpenIdConnect

    app = OpenIdConnect("https://acm.example/oidc", "portal", "geheim", "ACM/IDM").app()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    page = client.get("/account/login/", headers={"accept-language": "en"}).content.decode()
    assert "Log in with ACM/IDM" in page
    assert 'action="/account/oidc/oidc/login/' in page
