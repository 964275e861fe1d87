"""Rooms bring the navigation; the cellar sorts it and marks where we are."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from portal.common import navigation
from portal.common.navigation import Item, Menu


@pytest.fixture(autouse=True)
def _own_providers(monkeypatch):
    monkeypatch.setattr(navigation, "_providers", [])


def test_entries_come_in_their_order_whoever_registers_first():
    navigation.register(lambda request: [Item("Matches", "/matching/", navigation.MATCHING)])
    navigation.register(lambda request: [Item("Home", "/", navigation.HOME)])
    entries = navigation.entries_for(RequestFactory().get("/"))
    assert [entry.label for entry in entries] == ["Home", "Matches"]


def test_a_provider_counts_once():
    def provider(request):
        return [Item("Home", "/", navigation.HOME)]

    navigation.register(provider)
    navigation.register(provider)
    assert len(navigation.entries_for(RequestFactory().get("/"))) == 1


def marked(path: str) -> list[str]:
    entries = navigation.mark_current(
        [
            Item("Home", "/"),
            Item("Company", "/companies/1/"),
            Item("Workforce", "/companies/1/workforce/"),
            Menu(
                "More", (Item("Scan", "/readiness/"), Item("Switch", "/switch/", post={"to": "1"}))
            ),
        ],
        path,
    )
    flat = [*entries, *(item for entry in entries if entry.is_menu for item in entry.items)]
    return [entry.label for entry in flat if entry.current]


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        ("/", ["Home"]),
        ("/companies/1/", ["Company"]),
        ("/companies/1/members/", ["Company"]),
        ("/companies/1/workforce/edit/", ["Workforce"]),
        ("/companies/12/", []),
        ("/readiness/3/", ["More", "Scan"]),
        ("/switch/", []),
        ("/elsewhere/", []),
    ],
)
def test_the_longest_address_that_fits_is_where_we_are(path, labels):
    assert marked(path) == labels
