"""Every address of the site, as every persona, against the table of what is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.views.generic import RedirectView

from tests.access import rows
from tests.access.library import LIBRARY_ACCESS
from tests.access.rows import Access
from tests.access.world import World

TESTS = Path(__file__).resolve().parents[1]


def room_modules() -> list[Any]:
    """``tests/<room>/access.py`` of every room that has one."""
    return [
        import_module(f"tests.{path.parent.name}.access")
        for path in sorted(TESTS.glob("*/access.py"))
    ]


def whole_table() -> dict[str, Access]:
    """All rows, each address in exactly one room."""
    table: dict[str, Access] = dict(LIBRARY_ACCESS)
    for module in room_modules():
        twice = table.keys() & module.ACCESS.keys()
        assert not twice, f"{module.__name__} repeats {sorted(twice)}"
        table.update(module.ACCESS)
    return table


def redirects_only(pattern: URLPattern) -> bool:
    """Unnamed addresses of libraries that only point to another one, and the admin's 404."""
    view = getattr(pattern.callback, "view_class", None)
    catches_all = getattr(pattern.callback, "__name__", "") == "catch_all_view"
    return catches_all or view is RedirectView


def site_names(
    patterns: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, str]]:
    """(full name, route) of every pattern of the site; unnamed ones have an empty name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (namespace, pattern.namespace) if part)
            yield from site_names(pattern.url_patterns, inner)
        else:
            name = pattern.name or ""
            if not name and redirects_only(pattern):
                continue
            yield (f"{namespace}:{name}" if namespace and name else name), str(pattern.pattern)


ALL_NAMES = sorted(set(site_names(get_resolver().url_patterns)))
TABLE = whole_table()


@pytest.fixture
def furnished(world: World) -> World:
    """The world, with what each room adds for its own rows."""
    for module in room_modules():
        if hasattr(module, "furnish"):
            module.furnish(world)
    return world


def is_admin(name: str) -> bool:
    """Pages of the Django admin: one rule for all of them."""
    return name.startswith("admin:")


def test_every_address_has_a_name_and_a_row() -> None:
    unnamed = [route for name, route in ALL_NAMES if not name]
    assert not unnamed
    missing = [name for name, _ in ALL_NAMES if name and not is_admin(name) and name not in TABLE]
    assert not missing, f"no row in the URL × role table: {missing}"


def test_no_row_without_an_address() -> None:
    known = {name for name, _ in ALL_NAMES}
    assert not sorted(TABLE.keys() - known)


def test_every_row_names_known_personas() -> None:
    for name, access in TABLE.items():
        assert access.allow | access.forbid <= rows.EVERYONE, name
        assert not access.allow & access.forbid, name


def outcome(response: Any) -> str:
    """What happened, in the words of the table."""
    if response.status_code == 302 and "/account/login" in response["Location"]:
        return "log in"
    return {403: "403", 404: "404"}.get(response.status_code, str(response.status_code))


def expected(access: Access, persona: str) -> str:
    """What the table says for a persona."""
    if persona in access.allow:
        return "through"
    if access.to_log_in or (persona == rows.ANONYMOUS and not access.public):
        return "log in"
    return "403" if persona in access.forbid else "404"


def client_of(world: World, persona: str) -> Client:
    """A browser in which the persona is logged in, the same one for the whole test."""
    clients: dict[str, Client] = world.extra.setdefault("clients", {})
    if persona not in clients:
        clients[persona] = Client()
        if persona != rows.ANONYMOUS:
            clients[persona].force_login(world.people[persona])
    return clients[persona]


def ask(world: World, persona: str, access: Access, name: str) -> Any:
    """One request as one persona; what it writes is undone."""
    from django.db import transaction

    client = client_of(world, persona)
    url = reverse(name, kwargs=dict(access.arguments(world)))
    with transaction.atomic():
        response = getattr(client, access.method)(url, dict(access.data(world)))
        transaction.set_rollback(True)
    return response


def verdict(world: World, name: str, persona: str) -> str | None:
    """What is wrong with the answer to one persona, or None."""
    access = TABLE[name]
    response = ask(world, persona, access, name)
    want, got = expected(access, persona), outcome(response)
    if want != "through":
        return None if got == want else f"{persona}: {got} instead of {want}"
    fine = response.status_code < 400 or response.status_code in access.also_fine
    refused = got in {"log in", "403", "404"} and response.status_code not in access.also_fine
    return None if fine and not refused else f"{persona}: {got} instead of an answer"


@pytest.mark.parametrize("name", sorted(TABLE))
def test_address_as_every_persona(furnished: World, name: str) -> None:
    wrong = [verdict(furnished, name, persona) for persona in sorted(rows.EVERYONE)]
    assert not [line for line in wrong if line]


ADMIN_NAMES = sorted(
    name for name, _ in ALL_NAMES if is_admin(name) and name.endswith(("_changelist", "_add"))
)


def test_admin_is_for_administrators_only(furnished: World) -> None:
    wrong = []
    for name in [*ADMIN_NAMES, "admin:index", "admin:password_change"]:
        for persona in sorted(rows.EVERYONE):
            response = ask(furnished, persona, Access(allow=frozenset()), name)
            allowed = {200, 302, 403} if persona == rows.ADMINISTRATOR else {302, 403}
            if response.status_code not in allowed:
                wrong.append(f"{persona} at {name}: {response.status_code}")
            if persona == rows.ADMINISTRATOR and outcome(response) == "log in":
                wrong.append(f"the administrator is sent to the log-in at {name}")
    assert not wrong
