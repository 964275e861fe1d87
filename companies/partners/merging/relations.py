"""What belongs to a place or a partner, found among all models, and what a merge does with it.

Rooms above cannot be imported from here. Their tables are found by their foreign keys, and
each room says in its ``AppConfig.ready()`` what happens to its own::

    relations.register("matching.Match.establishment", Rule.CARRY)

A test walks all relations and fails for one without a rule; at run time such a relation is
carried along, and a row that cannot be moved stops the whole merge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from companies.partners.models import Partner
from companies.profiles.selectors.belonging import is_event
from companies.register.models import Establishment


class Rule(StrEnum):
    """What happens to the rows of the entry that ends.

    A *twin* is a row of the survivor beside which the moved row could not stand: a unique
    rule of the database forbids it.
    """

    # Rows move. A row with a twin stays where it is; what hangs on it moves to the twin.
    CARRY = "carry"
    # As CARRY, and a person chooses field by field which values the twin has afterwards.
    CHOOSE = "choose"
    # Rows move. A twin must first be settled by people: until then there is no merge.
    ALONE = "alone"
    # Rows say something about the old entry itself (the register's copy, history).
    STAYS = "stays"


@dataclass(frozen=True)
class Handling:
    """The rule of a relation, and triggers that must not stop its rows from moving.

    ``lifted`` are names as ``pgtrigger.ignore`` takes them: ``app.Model:trigger``.
    """

    rule: Rule
    lifted: tuple[str, ...] = ()


_handlings: dict[str, Handling] = {}
DEFAULT = Handling(Rule.CARRY)
HISTORY = Handling(Rule.STAYS)


def register(relation: str, rule: Rule, *, lifted: tuple[str, ...] = ()) -> None:
    """Say what a merge does with ``relation`` (``app.Model.field``)."""
    _handlings[relation] = Handling(rule, lifted)


def registered() -> frozenset[str]:
    """All relations with a rule."""
    return frozenset(_handlings)


@dataclass(frozen=True)
class Relation:
    """A foreign key (or one-to-one) that leads to the rows being merged."""

    model: type[models.Model]
    field: models.ForeignKey[Any, Any]

    @property
    def name(self) -> str:
        """``app.Model.field``."""
        return f"{self.model._meta.label}.{self.field.name}"

    @property
    def label(self) -> str:
        """What the rows are, in the language of the page and in the plural."""
        proxies = (
            model
            for model in apps.get_models()
            if model._meta.proxy and model._meta.concrete_model is self.model
        )
        # A table between two models has its words at the proxy that stands for it.
        return str(next(proxies, self.model)._meta.verbose_name_plural)

    @property
    def is_history(self) -> bool:
        """Kept by triggers about what was then; nobody rewrites it."""
        return is_event(self.model)

    @property
    def handling(self) -> Handling:
        """What a merge does with it."""
        return HISTORY if self.is_history else _handlings.get(self.name, DEFAULT)

    def rows_of(self, target: models.Model) -> models.QuerySet[models.Model]:
        """The rows that belong to ``target``, with what they refer to; one query."""
        keys = [one.name for one in self.model._meta.concrete_fields if one.many_to_one]
        rows = self.model._base_manager.filter(**{self.field.name: target.pk}).order_by("pk")
        return rows.select_related(*keys) if keys else rows

    def twin_of(self, row: models.Model, survivor: models.Model) -> models.Model | None:
        """The row of the survivor beside which ``row`` could not stand; None when it can move."""
        for names, condition in _unique_sets(self.model, self.field.name):
            others = {name: getattr(row, _column(self.model, name)) for name in names}
            if None in others.values():
                continue  # unknown is never equal
            rows = self.model._base_manager.filter(condition)
            if condition and not rows.filter(pk=row.pk).exists():
                continue
            twin = rows.filter(**others, **{self.field.name: survivor.pk}).first()
            if twin is not None:
                return twin
        return None


def relations_to(model: type[models.Model]) -> Iterator[Relation]:
    """Every foreign key of a stored table that leads to ``model``, hidden ones too."""
    for found in model._meta.get_fields(include_hidden=True):
        if isinstance(found, models.ManyToOneRel) and isinstance(found.field, models.ForeignKey):
            yield Relation(found.field.model, found.field)


def reachable() -> dict[str, Relation]:
    """By name, every relation that a merge meets: to a place, a partner, and what moves."""
    found: dict[str, Relation] = {}
    waiting: list[type[models.Model]] = [Establishment, Partner]
    seen = set(waiting)
    while waiting:
        for relation in relations_to(waiting.pop()):
            found[relation.name] = relation
            follows = relation.handling.rule in {Rule.CARRY, Rule.CHOOSE}
            if follows and relation.model not in seen:
                seen.add(relation.model)
                waiting.append(relation.model)
    return found


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    return str(getattr(field, "attname", name))


def _unique_sets(model: type[models.Model], name: str) -> Iterator[tuple[list[str], Q]]:
    """(the other fields, condition) of each unique rule in which the field takes part.

    A rule over expressions is left to the database: it stops the merge when it is broken.
    """
    field = model._meta.get_field(name)
    if getattr(field, "unique", False):
        yield [], Q()
    for together in model._meta.unique_together:
        if name in together:
            yield [other for other in together if other != name], Q()
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and name in constraint.fields:
            others = [other for other in constraint.fields if other != name]
            yield others, constraint.condition or Q()
