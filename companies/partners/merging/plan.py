"""What a merge would do, row by row, before anything happens."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from companies.partners.merging.relations import Relation, Rule, relations_to
from companies.register.models import Establishment


@dataclass(frozen=True)
class Step:
    """One row of the entry that ends: it moves, or stays because its twin stands."""

    relation: Relation
    row: models.Model
    target: models.Model  # what its foreign key leads to afterwards, when it moves
    twin: models.Model | None = None

    @property
    def moves(self) -> bool:
        """The row moves to the survivor."""
        return self.twin is None


@dataclass(frozen=True)
class Choice:
    """Fields of two twins that differ, of which one value stands afterwards.

    Several fields are chosen together when they are one: ``*_at`` with its ``*_by``.
    """

    relation: Relation
    twin: models.Model
    row: models.Model
    fields: tuple[models.Field[Any, Any], ...]

    @property
    def key(self) -> str:
        """What identifies the choice in a form."""
        return f"{self.twin._meta.label_lower}-{self.twin.pk}-{self.fields[0].name}"

    @property
    def starts_with_loser(self) -> bool:
        """Nothing stands at the survivor, so that taking the other value loses nothing.

        Not for a moment and its person, such as a consent: nobody agreed for the survivor.
        """
        value = getattr(self.twin, self.fields[0].attname)
        return len(self.fields) == 1 and value in ("", None)


@dataclass(frozen=True)
class Stays:
    """Rows that remain with the entry that ends: how many of which relation."""

    relation: Relation
    count: int


@dataclass(frozen=True)
class Plan:
    """All that a merge of two establishments would do, in the order in which it happens."""

    survivor: Establishment
    loser: Establishment
    steps: list[Step] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    obstacles: list[Step] = field(default_factory=list)
    stays: list[Stays] = field(default_factory=list)

    @property
    def moving(self) -> list[Step]:
        """The rows that get another owner."""
        return [step for step in self.steps if step.moves]

    @property
    def standing(self) -> list[Step]:
        """The rows that stay because the survivor has the same."""
        return [step for step in self.steps if not step.moves]

    @property
    def seen(self) -> str:
        """A hash of what would happen, so that a change behind the page is noticed."""
        parts = [
            [self.survivor.pk, self.loser.pk],
            *(
                [step.relation.name, step.row.pk, step.twin.pk if step.twin else None]
                for step in (*self.steps, *self.obstacles)
            ),
            *(
                [choice.key, plain(choice.twin, one), plain(choice.row, one)]
                for choice in self.choices
                for one in choice.fields
            ),
        ]
        return sha256(json.dumps(parts, cls=DjangoJSONEncoder).encode()).hexdigest()


def make_plan(*, survivor: Establishment, loser: Establishment) -> Plan:
    """Walk over everything that belongs to ``loser``; writes nothing."""
    plan = Plan(survivor=survivor, loser=loser)
    _walk(plan, survivor=survivor, loser=loser)
    return plan


def plain(row: models.Model, one: models.Field[Any, Any]) -> Any:
    """A value as JSON holds it."""
    return json.loads(json.dumps(getattr(row, one.attname), cls=DjangoJSONEncoder))


def _walk(plan: Plan, *, survivor: models.Model, loser: models.Model) -> None:
    for relation in sorted(relations_to(type(loser)), key=lambda one: one.name):
        rule = relation.handling.rule
        rows = relation.rows_of(loser)
        if rule is Rule.STAYS:
            if count := rows.count():
                plan.stays.append(Stays(relation, count))
            continue
        for row in rows:
            twin = relation.twin_of(row, survivor)
            step = Step(relation, row, survivor, twin)
            if twin is not None and rule is Rule.ALONE:
                plan.obstacles.append(step)
                continue
            plan.steps.append(step)
            if twin is None:
                continue
            if rule is Rule.CHOOSE:
                plan.choices.extend(_differences(relation, twin, row))
            _walk(plan, survivor=twin, loser=row)


def _differences(relation: Relation, twin: models.Model, row: models.Model) -> Iterator[Choice]:
    candidates = {
        one.name: one
        for one in twin._meta.concrete_fields
        if one.editable and not one.primary_key and one.name != relation.field.name
    }
    done: set[str] = set()
    for name in candidates:
        if name in done:
            continue
        group = _with_its_pair(candidates, name)
        done.update(part.name for part in group)
        if any(getattr(twin, part.attname) != getattr(row, part.attname) for part in group):
            yield Choice(relation, twin, row, group)


def _with_its_pair(
    candidates: Mapping[str, models.Field[Any, Any]], name: str
) -> tuple[models.Field[Any, Any], ...]:
    for ending, other in (("_at", "_by"), ("_by", "_at")):
        pair = name.removesuffix(ending) + other
        if name.endswith(ending) and pair in candidates:
            return candidates[name], candidates[pair]
    return (candidates[name],)
