"""The probes: alive without a database, ready only when every part is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from portal.runtime import preparation, views


@pytest.fixture(autouse=True)
def _nothing_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_migrations_seen", False)


def fails() -> bool:
    raise OperationalError("no route to db.secret.example as user portal")


def test_alive_needs_no_database(client: Client) -> None:
    """Without the ``db`` fixture every query fails the test."""
    answer = client.get(reverse("runtime:healthz"))
    assert answer.status_code == 200
    assert answer.json() == {"alive": True}
    assert "no-store" in answer["Cache-Control"]


def test_probes_answer_under_any_host_name(client: Client, settings: Any) -> None:
    """A load balancer asks by IP address, over plain http."""
    settings.ALLOWED_HOSTS = ["portal.example"]
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz", headers={"host": "10.1.2.3"}).status_code == 200
    assert client.get("/account/login/", headers={"host": "10.1.2.3"}).status_code in {301, 400}


@pytest.mark.django_db
def test_ready_when_all_parts_are(
    client: Client, django_assert_max_num_queries: Callable[[int], Any], settings: Any
) -> None:
    if not settings.CELERY_BROKER_URL.startswith("pgmq"):
        pytest.skip("about the queue in the database")
    answer = client.get(reverse("runtime:readyz"))
    assert answer.status_code == 200, answer.content
    assert answer.json() == {
        "ready": True,
        "parts": {"database": "ok", "migrations": "ok", "broker": "ok"},
    }
    with django_assert_max_num_queries(2):  # migrations are looked at once
        client.get(reverse("runtime:readyz"))


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["database", "migrations", "broker"])
def test_not_ready_names_the_part_and_no_secret(
    client: Client, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setitem(views.LOOKS, part, fails)
    answer = client.get(reverse("runtime:readyz"))
    assert answer.status_code == 503
    assert answer.json()["ready"] is False
    assert answer.json()["parts"][part] == "failed"
    assert b"secret" not in answer.content


@pytest.mark.django_db
def test_an_unapplied_migration_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparation, "unapplied", lambda: ["runtime.0003_later"])
    assert client.get(reverse("runtime:readyz")).json()["parts"]["migrations"] == "failed"


@pytest.mark.django_db
def test_a_dead_outside_broker_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views.current_app.conf, "broker_write_url", "redis://127.0.0.1:9/0")
    assert views._works("broker", views._broker) is False
