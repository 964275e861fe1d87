"""Who changed what and when, written by database triggers (django-pghistory)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
from django.db import models

ModelT = TypeVar("ModelT", bound=type[models.Model])


def audited(*, exclude: tuple[str, ...] = (), of_link: bool = False) -> Callable[[ModelT], ModelT]:
    """Class decorator: keep each insert, update and delete of a row, without ``exclude``.

    ``of_link`` is for a proxy of the table behind a many-to-many field. The person and
    the request come from ``pghistory.middleware.HistoryMiddleware``.
    """
    options: dict[str, Any] = {"exclude": list(exclude)} if exclude else {}
    if of_link:
        options["obj_field"] = None
    decorate: Callable[[ModelT], ModelT] = pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), **options
    )
    return decorate
