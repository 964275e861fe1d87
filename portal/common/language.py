"""Choosing a language: the cookie is ours, remembering it for a user is a hook."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

Hook = Callable[[HttpRequest, str], None]
_hooks: list[Hook] = []


def on_change(hook: Hook) -> None:
    """Call ``hook(request, language)`` when somebody chooses a language; once per hook."""
    if hook not in _hooks:
        _hooks.append(hook)


def changed(request: HttpRequest, language: str) -> None:
    """Tell every hook about the choice."""
    for hook in _hooks:
        hook(request, language)
