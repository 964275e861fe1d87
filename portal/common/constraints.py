"""Builders for named database constraints, so that each room states its rules alike."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q


def one_of(
    field: str,
    values: type[StrEnum] | type[models.TextChoices],
    *,
    name: str,
    message: Any,
    blank: bool = False,
) -> models.CheckConstraint:
    """``field`` holds a value of ``values`` (or NULL, or with ``blank`` the empty text)."""
    known = [str(member.value) for member in values]
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": ["", *known] if blank else known}),
        name=name,
        violation_error_message=message,
    )


def at_least(field: str, minimum: int, *, name: str, message: Any) -> models.CheckConstraint:
    """``field`` is not below ``minimum`` (or NULL)."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": minimum}), name=name, violation_error_message=message
    )


def between(
    field: str, minimum: int, maximum: int, *, name: str, message: Any
) -> models.CheckConstraint:
    """``minimum`` <= ``field`` <= ``maximum`` (or NULL)."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": minimum, f"{field}__lte": maximum}),
        name=name,
        violation_error_message=message,
    )


def both_or_neither(*, at: str, by: str, name: str, message: Any) -> models.CheckConstraint:
    """A moment and its person are known together or not at all (``*_at`` with ``*_by``)."""
    together = Q(**{f"{at}__isnull": False, f"{by}__isnull": False})
    neither = Q(**{f"{at}__isnull": True, f"{by}__isnull": True})
    return models.CheckConstraint(
        condition=together | neither, name=name, violation_error_message=message
    )
