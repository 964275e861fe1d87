"""Navigation without imports: rooms register providers, the page skeleton asks them.

The cellar knows no room, so each room registers in its ``AppConfig.ready()``::

    navigation.register(my_provider)

A provider takes the request and answers entries (``Item`` or ``Menu``) that this
user may use. It may query, but every page pays for it: keep to one query, and
remember on the request what other providers need as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest

# Places along the bar; rooms use these so that the order does not depend on INSTALLED_APPS.
HOME = 0
COMPANY = 100
READINESS = 200
OPPORTUNITIES = 300
MATCHING = 400
PARTNERS = 500
GOVERNMENT = 600
REGISTER = 700
ADMINISTRATION = 900


@dataclass(frozen=True)
class Item:
    """One link, or, with ``post`` set, one button that sends those fields to ``url``."""

    label: Any  # a string, lazy or not: Django's stubs have no common type
    url: str
    order: int = COMPANY
    post: Mapping[str, str] | None = None
    current: bool = False
    is_menu: bool = field(default=False, init=False)


@dataclass(frozen=True)
class Menu:
    """Items behind one label, such as the companies that a user can switch to."""

    label: Any
    items: tuple[Item, ...]
    order: int = COMPANY
    current: bool = False
    is_menu: bool = field(default=True, init=False)


Entry = Item | Menu
Provider = Callable[[HttpRequest], Iterable[Entry]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider; registering it twice changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def entries_for(request: HttpRequest) -> list[Entry]:
    """What this user may go to, in order, with the entry of this page marked."""
    found = [entry for provider in _providers for entry in provider(request)]
    found.sort(key=lambda entry: entry.order)
    return mark_current(found, request.path)


def mark_current(entries: list[Entry], path: str) -> list[Entry]:
    """Mark the link whose address is the longest beginning of ``path``, and its menu."""
    best = max((url for url in _links(entries) if _covers(url, path)), key=len, default=None)
    return [_marked(entry, best) for entry in entries]


def _links(entries: Iterable[Entry]) -> Iterable[str]:
    for entry in entries:
        if isinstance(entry, Menu):
            yield from _links(entry.items)
        elif entry.post is None:
            yield entry.url


def _covers(url: str, path: str) -> bool:
    """The front page covers only itself; it would begin every path."""
    return path == url or (url.count("/") > 1 and path.startswith(url.rstrip("/") + "/"))


def _marked(entry: Entry, best: str | None) -> Entry:
    if isinstance(entry, Menu):
        items = tuple(replace(item, current=_is(item, best)) for item in entry.items)
        return replace(entry, items=items, current=any(item.current for item in items))
    return replace(entry, current=_is(entry, best))


def _is(item: Item, best: str | None) -> bool:
    return item.post is None and item.url == best
