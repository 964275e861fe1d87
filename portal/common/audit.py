"""Who changed what and when, written by database triggers (django-pghistory)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
from django.db import models

ModelT = TypeVar("ModelT", bound=type[models.Model])


def audited(
    *, exclude: tuple[str, ...] = (), of_link: bool = False, listed_by: str = "company"
) -> Callable[[ModelT], ModelT]:
    """Class decorator: keep each insert, update and delete of a row, without ``exclude``.

    ``of_link`` is for a proxy of the table behind a many-to-many field. ``listed_by`` is
    the foreign key by which a history page reads, newest first: it gets an index when the
    model has it. The person and the request come from
    ``pghistory.middleware.HistoryMiddleware``; see ``source`` for work without a request.
    """

    def decorate(model: ModelT) -> ModelT:
        options: dict[str, Any] = {"exclude": list(exclude)} if exclude else {}
        if of_link:
            options["obj_field"] = None
        concrete = model._meta.concrete_model or model
        if any(field.name == listed_by for field in concrete._meta.local_fields):
            newest_first = models.Index(fields=[listed_by, "-pgh_created_at", "-pgh_id"])
            options["meta"] = {"indexes": [newest_first]}
        track: Callable[[ModelT], ModelT] = pghistory.track(
            pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), **options
        )
        return track(model)

    return decorate


def source(name: str) -> Any:
    """Context manager: what is written inside was written by ``name`` (a task or a command).

    Inside a request it changes nothing about who is named: the person stays.
    """
    return pghistory.context(source=name)
