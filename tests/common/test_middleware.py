"""Forms in another encoding are refused before anything reads them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

FORM = "application/x-www-form-urlencoded"


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "latin-1"])
def test_another_encoding_is_a_bad_request(charset: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answer = client.generic(
        "POST", reverse("common:set_language"), b"\xff\xfe=+AD", f"{FORM}; charset={charset}"
    )
    assert answer.status_code == 400
    assert b"<title>" in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("claim", ["; charset=UTF-8", "; charset=klingon", ""])
def test_utf8_an_unknown_and_no_claim_are_read(claim: str) -> None:
    answer = Client().generic(
        "POST", reverse("common:set_language"), b"language=en", f"{FORM}{claim}"
    )
    assert answer.status_code == 302
