"""The history of a company in words: whose change, of what, from which value to which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from django.db import models
from django.utils import formats, timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from companies.profiles.content.history import Part
from companies.profiles.content.legal_forms import LEGAL_FORMS
from companies.profiles.content.sectors import SECTORS
from companies.profiles.domain.history import Block, Event, Kind, Line, fold
from companies.profiles.models.reference import in_english
from companies.profiles.selectors import history as selectors
from companies.profiles.selectors.history import Actor, Table
from companies.register.domain.numbers import format_enterprise_number
from portal.accounts.models import User
from portal.accounts.roles import ROLE_LABELS, Role
from portal.common.components import localised

WITH_UNIT = re.compile(r"^(?P<label>.+) \((?P<unit>[^()]+)\)$")
LONGEST_TEXT = 200
Names = Mapping[tuple[str, int], str]


@dataclass(frozen=True)
class StepView:
    """One value that changed."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class LineView:
    """What happened to one row, ready for the page."""

    kind: str
    title: str
    steps: Sequence[StepView]
    details: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class EventView:
    """One single write, for who wants to see everything."""

    at: datetime
    part: str
    line: LineView


@dataclass(frozen=True)
class BlockView:
    """What one person did in one go, by part; ``events`` only when lines hide some."""

    who: str
    first_at: datetime
    last_at: datetime
    parts: Sequence[tuple[str, Sequence[LineView]]]
    events: Sequence[EventView]
    hidden_count: int


@cache
def _tables() -> dict[str, Table]:
    return {table.label: table for table in selectors.tables()}


@cache
def _fields(label: str) -> dict[str, models.Field[Any, Any]]:
    return {field.column: field for field in _tables()[label].model._meta.concrete_fields}


def _foreign(label: str, column: str) -> type[models.Model] | None:
    field = _fields(label).get(column)
    related = field.related_model if field is not None else None
    return related if isinstance(related, type) else None


class People:
    """Names as this reader may see them.

    Members by name. Advisers by name too: they decide on the company and are its
    contact. Other staff by role only, unless the reader is staff: a company deals with
    the government there, not with a person.
    """

    def __init__(self, company_id: int, people: Iterable[User], *, reader_is_staff: bool) -> None:
        self.company_id = company_id
        self.by_key: dict[int, Any] = {person.pk: person for person in people}
        self.reader_is_staff = reader_is_staff

    def name(self, key: int) -> str:
        """A person; somebody whose account is gone is a former user."""
        person = self.by_key.get(key)
        if person is None or not (person.full_name or person.email):
            return _("former user")
        roles = [role for role in Role if role.value in person.role_names]
        if person.was_member or person.has_asked:
            return str(person)
        if not roles:
            return str(person) if self.reader_is_staff else _("former user")
        role = str(ROLE_LABELS[roles[0]]).lower()
        if self.reader_is_staff or Role.ADVISER in roles:
            return _("%(person)s (%(role)s)") % {"person": person, "role": role}
        return _("Government (%(role)s)") % {"role": role}

    def actor(self, actor: Actor) -> str:
        """Who made a change."""
        if actor.user_id is None:
            return _("The portal itself")
        name = self.name(actor.user_id)
        if actor.in_admin:
            return _("%(person)s, in the administration") % {"person": name}
        return name

    def add(self, key: int) -> None:
        """Look up one more person, such as the one who declined a sign-up; one query."""
        found = selectors.people_of(self.company_id, [key])
        self.by_key |= {person.pk: person for person in found}
        self.by_key.setdefault(key, None)

    def members(self) -> list[tuple[str, str]]:
        """Choices for the filter."""
        return [
            (str(key), self.name(key))
            for key, person in self.by_key.items()
            if person is not None and person.was_member
        ]


def people_of(company_id: int, events: Iterable[Event], *, reader_is_staff: bool) -> People:
    """Everybody whom the events name, and all members; one query."""
    keys: set[int] = set()
    for event in events:
        if isinstance(event.who, Actor) and event.who.user_id is not None:
            keys.add(event.who.user_id)
        keys |= {key for model, key in _references(event) if model is User}
    found = selectors.people_of(company_id, keys)
    return People(company_id, found, reader_is_staff=reader_is_staff)


def _references(event: Event) -> Iterator[tuple[type[models.Model], int]]:
    label = _label(event)
    shown = _tables()[label].shown
    for values in (event.before, event.after):
        for column, value in values.items():
            target = _foreign(label, column)
            if target is not None and isinstance(value, int) and not shown.hides(column):
                yield target, value


def _label(event: Event) -> str:
    return str(cast("tuple[str, int]", event.row)[0])


class Wording:
    """Turns blocks into what the page shows; all names are looked up beforehand."""

    def __init__(self, events: Sequence[Event], people: People) -> None:
        self.people = people
        self.names: dict[tuple[str, int], str] = {}
        wanted: dict[type[models.Model], set[int]] = {}
        for event in events:
            for target, key in _references(event):
                if target is not User:
                    wanted.setdefault(target, set()).add(key)
        for target, keys in wanted.items():
            self._look_up(target, keys)

    def _look_up(self, target: type[models.Model], keys: set[int]) -> None:
        label = target._meta.label
        if label in _tables():
            for key, values in selectors.latest_values(label, keys).items():
                self.names[label, key] = self.title(label, values)
        else:
            for key, row in target._default_manager.in_bulk(keys).items():
                self.names[label, key] = str(row)

    def blocks(self, events: Sequence[Event]) -> list[BlockView]:
        """Newest first; blocks in which nothing is left to tell are left out."""
        views = (self._block(block) for block in fold(events))
        return [view for view in views if view.parts]

    def _block(self, block: Block) -> BlockView:
        of_part: dict[Part, list[LineView]] = {}
        events: list[Event] = []
        for line in block.lines:
            view = self._line(line)
            if view is not None:
                part = _tables()[_label(line.events[0])].shown.part
                of_part.setdefault(part, []).append(view)
                events += line.events
        shown = sum(max(1, len(line.steps)) for lines in of_part.values() for line in lines)
        singles = [one for event in events if (one := self._single(event)) is not None]
        single_steps = sum(max(1, len(single.line.steps)) for single in singles)
        folded = single_steps > shown
        actor = block.who if isinstance(block.who, Actor) else Actor(None)
        return BlockView(
            who=capfirst(self.people.actor(actor)),
            first_at=block.first_at,
            last_at=block.last_at,
            parts=[(str(part.label), of_part[part]) for part in Part if part in of_part],
            events=sorted(singles, key=lambda view: view.at, reverse=True) if folded else (),
            hidden_count=len(singles),
        )

    def _single(self, event: Event) -> EventView | None:
        line = fold([event])[0].lines
        view = self._line(line[0]) if line else None
        if view is None:
            return None
        return EventView(event.at, str(_tables()[_label(event)].shown.part.label), view)

    def rows_of(self, event: Event) -> Iterator[tuple[Any, ...]]:
        """One event as plain rows: moment, who, part, what happened, row, value, old, new."""
        view = self._single(event)
        if view is None or not isinstance(event.who, Actor):
            return
        head = (event.at, capfirst(self.people.actor(event.who)), view.part)
        line = view.line
        for step in line.steps:
            yield (*head, line.kind, line.title, step.label, step.old, step.new)
        removed = line.kind == Kind.DELETE
        for label, value in line.details:
            old, new = (value, "") if removed else ("", value)
            yield (*head, line.kind, line.title, label, old, new)
        if not line.steps and not line.details:
            yield (*head, line.kind, line.title, "", "", "")

    def _line(self, line: Line) -> LineView | None:
        label = _label(line.events[0])
        shown = _tables()[label].shown
        order = list(_fields(label))
        steps = [
            StepView(
                self.column(label, step.column),
                self.value(label, step.column, step.old),
                self.value(label, step.column, step.new),
            )
            for step in sorted(line.steps, key=lambda step: order.index(step.column))
            if not shown.hides(step.column)
        ]
        if line.kind is Kind.UPDATE and line.steps and not steps:
            return None
        details: list[tuple[str, str]] = []
        if line.kind is not Kind.UPDATE:
            details = [
                (self.column(label, column), self.value(label, column, value))
                for column, value in sorted(
                    line.values.items(), key=lambda item: order.index(item[0])
                )
                if value not in (None, "", 0, False, [], {})
                and column not in shown.title
                and not shown.hides(column)
            ]
            if shown.skip_empty and not details:
                return None
        return LineView(line.kind.value, self.title(label, line.values), steps, details)

    def title(self, label: str, values: Mapping[str, Any]) -> str:
        """What names the row."""
        columns = _tables()[label].shown.title
        found = (self.value(label, name, values.get(name)) for name in columns if values.get(name))
        return " · ".join(found)

    def column(self, label: str, column: str) -> str:
        """The label of a column, without its unit."""
        name = _verbose(label, column)
        found = WITH_UNIT.match(name)
        return found["label"] if found and _is_number(_fields(label).get(column)) else name

    def value(self, label: str, column: str, value: Any) -> str:
        """A value with its unit, in the reader's language."""
        if value is None or value == "":
            return _("nothing")
        field = _fields(label).get(column)
        target = _foreign(label, column)
        if target is User:
            return self.people.name(int(value))
        if target is not None:
            return self.names.get((target._meta.label, int(value)), _("something removed"))
        if column in SPECIAL:
            return str(SPECIAL[column](value))
        if field is not None and field.flatchoices:
            return str(dict(field.flatchoices).get(value, value))
        return _plain(field, _verbose(label, column), value)


def _verbose(label: str, column: str) -> str:
    field = _fields(label).get(column)
    return str(field.verbose_name) if field is not None else column


def _is_number(field: models.Field[Any, Any] | None) -> bool:
    return isinstance(field, models.IntegerField | models.DecimalField | models.FloatField)


def _number(field: models.Field[Any, Any] | None, name: str, value: float) -> str:
    if field is not None and "year" in field.name.split("_"):
        return str(value)
    unit = WITH_UNIT.match(name)
    return f"{localised(value)} {unit['unit']}" if unit else localised(value)


def _plain(field: models.Field[Any, Any] | None, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return _number(field, name, value)
    if isinstance(field, models.DateTimeField) and (moment := parse_datetime(str(value))):
        return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    if isinstance(field, models.DateField) and (day := parse_date(str(value))):
        return formats.date_format(day, "DATE_FORMAT")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return Truncator(str(value)).chars(LONGEST_TEXT)


def _sector(code: str) -> str:
    dutch, english = SECTORS.get(code, (code, code))
    return english if in_english() else dutch


# Columns whose values stand for something that no model says.
SPECIAL: dict[str, Any] = {
    "nace_division": _sector,
    "legal_form": lambda code: LEGAL_FORMS.get(code, code),
    "enterprise_number": format_enterprise_number,
    "host_number": format_enterprise_number,
    "partner_number": format_enterprise_number,
}
