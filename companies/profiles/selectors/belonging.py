"""Which tables hold rows of one company, and by which foreign keys they lead to it.

Rooms above add tables of their own; they are found among all models, so that history,
export and deletion cannot forget one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from companies.profiles.models import Company

_LONGEST = 4


def path_to_company(model: type[models.Model]) -> tuple[str, ...] | None:
    """Names of the foreign keys from ``model`` to its company, the shortest way.

    Empty for Company itself, None for a table that belongs to no company.
    """
    if model._meta.concrete_model is Company:
        return ()
    waiting: deque[tuple[type[models.Model], tuple[str, ...]]] = deque([(model, ())])
    seen = {model}
    while waiting:
        current, path = waiting.popleft()
        for field in current._meta.concrete_fields:
            target = field.related_model
            if not isinstance(target, type) or not issubclass(target, models.Model):
                continue
            if target is Company:
                return (*path, field.name)
            if target not in seen and len(path) + 1 < _LONGEST:
                seen.add(target)
                waiting.append((target, (*path, field.name)))
    return None


def is_event(model: type[models.Model]) -> bool:
    """A history table, filled by triggers."""
    return hasattr(model, "pgh_tracked_model")


def tracked_models() -> Iterator[tuple[type[models.Model], type[models.Model]]]:
    """Each tracked model with its history table."""
    for model in apps.get_models():
        tracked = getattr(model, "pgh_tracked_model", None)
        if tracked is not None and not model._meta.proxy:
            yield tracked, model
