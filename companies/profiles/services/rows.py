"""Replacing the rows of one part of a profile, leaving alone what stays the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import models

ModelT = TypeVar("ModelT", bound=models.Model)
Fields = Mapping[str, Any]


def replace(
    existing: Mapping[Hashable, ModelT],
    wanted: Mapping[Hashable, Fields],
    new: type[ModelT],
    **parent: Any,
) -> None:
    """Make the rows under ``parent`` equal to ``wanted``; both maps share their keys."""
    for key in existing.keys() - wanted.keys():
        existing[key].delete()
    for key, fields in wanted.items():
        row = existing.get(key)
        if row is None:
            new._default_manager.create(**parent, **fields)
            continue
        changed = [name for name, value in fields.items() if getattr(row, name) != value]
        if changed:
            for name in changed:
                setattr(row, name, fields[name])
            row.save(update_fields=changed)


def numbered(keys: Iterable[str]) -> list[tuple[str, int]]:
    """Each key with how often it came before, so that equal keys stay apart."""
    seen: dict[str, int] = {}
    found = []
    for key in keys:
        found.append((key, seen.get(key, 0)))
        seen[key] = seen.get(key, 0) + 1
    return found


def replace_list(
    model: type[ModelT],
    *,
    company_id: int,
    rows: Sequence[Fields],
    key: Callable[[Fields], str],
) -> None:
    """Make the company's rows of ``model`` equal to ``rows``, which all have the same fields.

    ``key`` tells from its fields which row is which; equal keys are told apart by order.
    """
    stored = list(model._default_manager.filter(company_id=company_id).order_by("pk"))
    names = list(rows[0]) if rows else []
    # Without wanted rows there is nothing to compare with: all stored ones go.
    stored_keys = numbered(
        key({name: getattr(row, name) for name in names}) if names else "" for row in stored
    )
    replace(
        dict(zip(stored_keys, stored, strict=True)),
        dict(zip(numbered(key(row) for row in rows), rows, strict=True)),
        model,
        company_id=company_id,
    )
