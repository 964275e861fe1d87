"""E-mails: the portal's own words, plain text, one link."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from portal.accounts.models import User
from tests.accounts.conftest import log_in
from tests.factories import PASSWORD

NOTICES = (
    "account/email/password_changed",
    "account/email/password_reset",
    "account/email/password_set",
    "account/email/email_changed",
    "account/email/email_confirm",
    "account/email/email_deleted",
    "mfa/email/totp_activated",
    "mfa/email/totp_deactivated",
    "mfa/email/recovery_codes_generated",
)
FACTS = {
    "timestamp": timezone.now(),
    "ip": "10.0.0.1",
    "user_agent": "x",
    "from_email": "o'hara@b.test",
    "to_email": "nieuw@b.test",
    "deleted_email": "oud@b.test",
}


@pytest.mark.parametrize("prefix", NOTICES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_notices(prefix: str, language: str) -> None:
    request = RequestFactory().get("/")
    with translation.override(language):
        body = render_to_string(f"{prefix}_message.txt", FACTS, request)
        subject = render_to_string(f"{prefix}_subject.txt", FACTS)
    assert "10.0.0.1" in body
    assert "Maatwerkportaal" in body
    assert "&#" not in body, "plain text is not escaped"
    assert subject.strip()
    assert "testserver" not in body


def test_mails_with_a_link(client: Client, person: User) -> None:
    details = {"full_name": "Mia", "password1": PASSWORD, "password2": PASSWORD}
    for address in ("mia@b.test", person.email):
        client.post("/account/signup/", details | {"email": address})
    for address in (person.email, "niemand@b.test"):
        client.post("/account/password/reset/", {"email": address})
    assert len(mail.outbox) == 4
    for message in mail.outbox:
        assert message.subject.startswith("[Maatwerkportaal] ")
        assert message.body.count("http://testserver/account/") == 1
        assert message.alternatives == []
        assert "\n\n\n" not in message.body


def test_an_address_confirmed_at_log_in_gets_its_link_once_in_three_minutes(
    client: Client, db: Any
) -> None:
    details = {"full_name": "Mia", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/account/signup/", details | {"email": "mia@b.test"})
    for _ in range(3):
        log_in(Client(), "mia@b.test")
    assert len(mail.outbox) == 1
