"""Log-in with a provider such as ACM/IDM: settings from the environment, all or nothing."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import environment

WHOLE = {
    "OIDC_SERVER_URL": "https://acm.example/op/.well-known/openid-configuration",
    "OIDC_CLIENT_ID": "portaal",
    "OIDC_CLIENT_SECRET": "geheim",
}


@pytest.fixture
def variables(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in (*WHOLE, "OIDC_NAME"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_nothing_set_means_no_provider(variables: pytest.MonkeyPatch) -> None:
    assert environment.openid_connect() is None


def test_a_whole_set_makes_a_provider(variables: pytest.MonkeyPatch) -> None:
    for name, value in WHOLE.items():
        variables.setenv(name, value)
    found = environment.openid_connect()
    assert found is not None
    assert found.origin == "https://acm.example"
    assert found.app() == {
        "provider_id": "oidc",
        "name": "ACM/IDM",
        "client_id": "portaal",
        "secret": "geheim",
        "settings": {"server_url": WHOLE["OIDC_SERVER_URL"]},
    }


@pytest.mark.parametrize("left_out", list(WHOLE))
def test_half_a_set_stops_the_start(variables: pytest.MonkeyPatch, left_out: str) -> None:
    for name, value in WHOLE.items():
        if name != left_out:
            variables.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=left_out):
        environment.openid_connect()


def test_only_https(variables: pytest.MonkeyPatch) -> None:
    for name, value in (WHOLE | {"OIDC_SERVER_URL": "http://acm.example"}).items():
        variables.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match="https"):
        environment.openid_connect()


def test_number(variables: pytest.MonkeyPatch) -> None:
    variables.delenv("TRUSTED_PROXY_COUNT", raising=False)
    assert environment.number("TRUSTED_PROXY_COUNT", default=0) == 0
    variables.setenv("TRUSTED_PROXY_COUNT", "2")
    assert environment.number("TRUSTED_PROXY_COUNT", default=0) == 2
    for wrong in ("-1", "twee", "1.5", "²"):
        variables.setenv("TRUSTED_PROXY_COUNT", wrong)
        with pytest.raises(ImproperlyConfigured, match="whole number"):
            environment.number("TRUSTED_PROXY_COUNT", default=0)
