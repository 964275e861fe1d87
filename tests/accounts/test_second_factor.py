"""Staff need a second factor, and have to show it in each session."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.test import Client
from django.urls import reverse

from portal.accounts import services
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.accounts.selectors import has_second_factor
from tests.accounts.conftest import log_in
from tests.browser.harness import totp_code
from tests.factories import PASSWORD

HOME = "/"
SET_UP = "/account/2fa/totp/activate/"
SHOW = "/account/2fa/reauthenticate/"


def set_up(client: Client) -> str:
    """Set up an authenticator as a person would; answers its key."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get(SET_UP)
    secret = page.context["form"].secret
    assert secret in page.content.decode(), "the key can also be typed"
    response = client.post(SET_UP, {"code": totp_code(secret)})
    assert response["Location"] == "/account/2fa/recovery-codes/", response.content.decode()
    return str(secret)


@pytest.fixture(autouse=True)
def _commits_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allauth tells of a fresh authenticator on commit, inside the request; tests never commit."""
    monkeypatch.setattr(transaction, "on_commit", lambda call: call())


@pytest.mark.parametrize("role", list(Role))
def test_every_role_is_sent_to_the_set_up_page(client: Client, db: None, role: Role) -> None:
    client.force_login(services.create_staff_user(email="a@overheid.test", roles=[role]))
    for address in (HOME, reverse("accounts:profile"), "/account/email/", "/account/2fa/"):
        assert client.get(address)["Location"] == SET_UP
    assert client.post(reverse("accounts:profile"), {"full_name": "x"})["Location"] == SET_UP


def test_the_right_to_open_the_admin_counts_as_staff(client: Client, db: None) -> None:
    client.force_login(User.objects.create_superuser("root@overheid.test", PASSWORD))
    assert client.get("/admin/")["Location"] == SET_UP


def test_company_users_may_do_without(client: Client, person: User) -> None:
    client.force_login(person)
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_what_stays_open(client: Client, adviser: User) -> None:
    client.force_login(adviser)
    assert client.get("/account/logout/").status_code == 200
    assert client.post(reverse("common:set_language"), {"language": "en"})["Location"] == "/"
    adviser.refresh_from_db()
    assert adviser.language == "en"
    assert client.get("/account/reauthenticate/").status_code == 200
    assert client.get(SET_UP)["Location"].startswith("/account/reauthenticate/")
    assert client.get("/not-a-page/").status_code == 404


def test_demo_log_ins_skip_it_only_where_the_setting_says_so(
    client: Client, db: None, settings: Any
) -> None:
    demo = services.create_staff_user(email="d@demo.test", roles=[Role.ANALYST], is_demo=True)
    client.force_login(demo)
    settings.DEMO_SKIPS_SECOND_FACTOR = True
    assert client.get(reverse("accounts:profile")).status_code == 200
    settings.DEMO_SKIPS_SECOND_FACTOR = False
    assert client.get(reverse("accounts:profile"))["Location"] == SET_UP
    settings.REQUIRE_STAFF_SECOND_FACTOR = False
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_production_knows_no_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib
    import sys

    for name, value in {
        "PORTAL_MODE": "production",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "portal.example",
        "DATABASE_URL": "postgresql://a@b/c",
        "DEMO_SKIPS_SECOND_FACTOR": "yes",
    }.items():
        monkeypatch.setenv(name, value)
    before = sys.modules.pop("portal.settings")
    try:
        with pytest.raises(ImproperlyConfigured, match="second factor in production"):
            importlib.import_module("portal.settings")
    finally:
        sys.modules["portal.settings"] = before


def test_from_the_first_log_in_to_the_next(client: Client, adviser: User) -> None:
    response = log_in(client, adviser.email)
    assert client.get(response["Location"])["Location"] == SET_UP


def test_the_whole_way(client: Client, adviser: User) -> None:
    log_in(client, adviser.email)
    secret = set_up(client)
    assert has_second_factor(adviser)
    assert client.get(reverse("accounts:profile")).status_code == 200, "shown while setting up"
    assert mail.outbox[-1].to == [adviser.email]

    codes = client.get("/account/2fa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    download = client.get("/account/2fa/recovery-codes/download/").content.decode()
    assert download.split() == codes

    fresh = Client()
    response = log_in(fresh, adviser.email)
    assert response["Location"] == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in fresh.session, "the password alone opens nothing"
    wrong = fresh.post("/account/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    right = fresh.post("/account/2fa/authenticate/", {"code": totp_code(secret)})
    assert right["Location"] == HOME
    assert fresh.get(reverse("accounts:profile")).status_code == 200

    third = Client()
    log_in(third, adviser.email)
    again = third.post("/account/2fa/authenticate/", {"code": totp_code(secret)})
    assert again.status_code == 200, "a code works once"
    assert third.post("/account/2fa/authenticate/", {"code": codes[0]})["Location"] == HOME
    fourth = Client()
    log_in(fourth, adviser.email)
    assert fourth.post("/account/2fa/authenticate/", {"code": codes[0]}).status_code == 200


def test_a_session_opened_with_the_password_alone_stays_closed(
    client: Client, adviser: User
) -> None:
    """Somebody who knew the password was there before the adviser set up the app."""
    intruder = Client()
    log_in(intruder, adviser.email)
    log_in(client, adviser.email)
    secret = set_up(client)
    page = reverse("accounts:profile")
    assert intruder.get(page)["Location"] == f"{SHOW}?next=%2Faccount%2Fprofile%2F"
    assert intruder.get("/account/2fa/totp/deactivate/")["Location"].startswith(SHOW)
    assert intruder.get("/account/2fa/recovery-codes/")["Location"].startswith(SHOW)
    intruder.post("/account/reauthenticate/", {"password": PASSWORD})
    assert intruder.get(page)["Location"].startswith(SHOW), "the password again is not enough"
    done = intruder.post(f"{SHOW}?next={page}", {"code": totp_code(secret)})
    assert done["Location"] == page
    assert intruder.get(page).status_code == 200


def test_six_wrong_codes(client: Client, adviser: User) -> None:
    log_in(client, adviser.email)
    secret = set_up(client)
    fresh = Client()
    log_in(fresh, adviser.email)
    for _ in range(5):
        fresh.post("/account/2fa/authenticate/", {"code": "000000"})
    fresh.post("/account/2fa/authenticate/", {"code": totp_code(secret)})
    assert "_auth_user_id" not in fresh.session


def test_who_takes_it_away_has_to_set_it_up_again(client: Client, adviser: User) -> None:
    log_in(client, adviser.email)
    set_up(client)
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists(), "recovery codes go with it"
    assert client.get(HOME)["Location"] == SET_UP


def test_the_key_is_not_readable_in_the_database(
    client: Client, adviser: User, settings: Any
) -> None:
    log_in(client, adviser.email)
    secret = set_up(client)
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key-for-this-installation"
    from allauth.mfa.adapter import get_adapter

    assert get_adapter().decrypt(stored) == secret, "an old key still reads it"


def test_queries_of_staff_requests(
    client: Client, adviser: User, django_assert_num_queries: Any
) -> None:
    """Session, user, roles, second factor: four, and no page."""
    client.force_login(adviser)
    with django_assert_num_queries(4):
        client.get(reverse("accounts:profile"))


def test_no_query_before_log_in(client: Client, django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(0):
        assert client.get("/account/login/").status_code == 200
        assert client.get("/")["Location"].startswith("/account/login/")


def test_qr_code_is_a_picture_with_a_text(client: Client, adviser: User) -> None:
    client.force_login(adviser)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get(SET_UP).content.decode()
    picture = r'<img src="data:image/svg\+xml;base64,[^"]+"[^>]*alt="[^"]+"'
    assert re.search(picture, page, re.DOTALL)
