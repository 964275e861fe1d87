"""How tests ask the database whether a rule is broken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from portal.common.refusals import broken_rule

__all__ = ["breaks", "broken_rule", "keeps_all_rules"]


@contextmanager
def breaks(name: str) -> Iterator[None]:
    """What happens inside breaks the constraint ``name``, deferred ones included."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():  # noqa: PT012
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert broken_rule(caught.value) == name


def keeps_all_rules() -> None:
    """Nothing written so far breaks a deferred rule."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
