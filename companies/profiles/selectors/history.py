"""Changes of a company's data, newest first, from the history tables of all its parts.

One statement over all tables: each gives its newest rows by an index, and the cursor
(moment, table, row) makes the last page as quick as the first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q, Value
from django.urls import reverse

from companies.profiles.content.history import SHOWN, Part, Shown
from companies.profiles.domain.history import NOTHING, Event, Kind, whole_blocks
from companies.profiles.models import Company, JoinRequest, Membership
from companies.profiles.selectors.belonging import path_to_company, tracked_models
from portal.accounts.models import User

PAGE_SIZE = 100
SYSTEM, STAFF = "system", "staff"
MEMBERS_SQL = "SELECT user_id::text FROM profiles_membershipevent WHERE company_id = %s"


@dataclass(frozen=True)
class Actor:
    """Who wrote: a person, or (``user_id`` None) the portal itself, from ``source``."""

    user_id: int | None
    source: str = ""
    in_admin: bool = False


@dataclass(frozen=True)
class Table:
    """A history table and how its rows belong to a company."""

    label: str
    rank: int
    model: type[models.Model]
    events: type[models.Model]
    shown: Shown
    where: str

    @property
    def has_object(self) -> bool:
        """Rows have an identity that outlives a change; links between rows have none."""
        return any(field.name == "pgh_obj" for field in self.events._meta.fields)


@dataclass(frozen=True)
class Cursor:
    """Where the page before ended."""

    at: datetime
    rank: int
    key: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.rank}~{self.key}"

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """From an address; None for anything that is no cursor."""
        at, _, rest = text.replace(" ", "+").partition("~")
        rank, _, key = rest.partition("~")
        try:
            moment = datetime.fromisoformat(at)
            if moment.tzinfo is None:
                return None
            # PostgreSQL takes fewer offsets than Python.
            found = cls(moment.astimezone(UTC), int(rank), int(key))
        except (ValueError, OverflowError):
            return None
        fits = 0 <= found.rank < 10_000 and 0 <= found.key < 2**31
        return found if fits and 2000 < moment.year < 9000 else None


@dataclass(frozen=True)
class Wanted:
    """Filters: everything by default. ``person`` is a user's key, SYSTEM or STAFF."""

    part: str = ""
    person: str = ""
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True)
class HistoryPage:
    """Events newest first; ``older`` is where the next page begins."""

    events: tuple[Event, ...]
    older: Cursor | None


@cache
def tables() -> tuple[Table, ...]:
    """Every history table that the page shows."""
    events = {model._meta.label: table for model, table in tracked_models()}
    found = []
    for rank, (label, shown) in enumerate(SHOWN.items()):
        model = apps.get_model(label)
        found.append(Table(label, rank, model, events[label], shown, _where(model, events, "e")))
    return tuple(found)


def condition_for(model: type[models.Model]) -> str:
    """SQL condition on the history table (``e``) of a tracked model for one company.

    Takes the company's key as its one parameter. ValueError when it belongs to none.
    """
    return _where(model, {tracked._meta.label: table for tracked, table in tracked_models()}, "e")


def _where(model: type[models.Model], events: dict[str, type[models.Model]], name: str) -> str:
    """Condition on the history table called ``name`` for one company, one parameter."""
    path = path_to_company(model)
    if model is Company:
        return f"{name}.pgh_obj_id = %s"
    if path is None:
        raise ValueError(f"{model._meta.label} belongs to no company")
    field: Any = model._meta.get_field(path[0])
    if len(path) == 1:
        return f"{name}.{field.column} = %s"
    parent = field.related_model
    if parent._meta.label not in events:
        raise ValueError(f"{parent._meta.label} is not tracked, {model._meta.label} below it is")
    table = events[parent._meta.label]._meta.db_table
    inner = _where(parent, events, f"{name}p")
    keys = f"SELECT {name}p.pgh_obj_id FROM {table} {name}p WHERE {inner}"  # noqa: S608 - our names
    return f"{name}.{field.column} IN ({keys})"


def history_page(
    *, company_id: int, wanted: Wanted, after: Cursor | None = None, size: int = PAGE_SIZE
) -> HistoryPage:
    """One page of a company's changes; two queries whatever their number."""
    rows = _rows(company_id, wanted, after, size + 1)
    before = _rows_before(rows)
    events = [_event(row, before) for row in rows]
    count, more = whole_blocks(events, size=size)
    last = rows[count - 1] if more else None
    older = Cursor(last.at, last.rank, last.key) if last else None
    return HistoryPage(tuple(events[:count]), older)


@dataclass(frozen=True)
class _Row:
    rank: int
    key: int
    at: datetime
    label: str
    object_id: int | None
    values: dict[str, Any]
    metadata: dict[str, Any] | None


def _rows(company_id: int, wanted: Wanted, after: Cursor | None, count: int) -> list[_Row]:
    parts: list[str] = []
    parameters: list[Any] = []
    for table in tables():
        if wanted.part and table.shown.part != wanted.part:
            continue
        conditions, values = _conditions(table, company_id, wanted, after)
        obj = "e.pgh_obj_id" if table.has_object else "NULL::bigint"
        parts.append(
            f"(SELECT {table.rank} AS rank, e.pgh_id, e.pgh_created_at, e.pgh_label, {obj},"  # noqa: S608
            f" to_jsonb(e), c.metadata FROM {table.events._meta.db_table} e"
            " LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id"
            f" WHERE {' AND '.join(conditions)}"
            " ORDER BY e.pgh_created_at DESC, e.pgh_id DESC LIMIT %s)"
        )
        parameters += [*values, count]
    if not parts:
        return []
    every = " UNION ALL ".join(parts)
    order = " ORDER BY pgh_created_at DESC, rank DESC, pgh_id DESC LIMIT %s"
    found = _fetch(f"SELECT * FROM ({every}) AS found{order}", [*parameters, count])  # noqa: S608
    return [_Row(r[0], r[1], r[2], r[3], r[4], _json(r[5]), _json(r[6])) for r in found]


def _conditions(
    table: Table, company_id: int, wanted: Wanted, after: Cursor | None
) -> tuple[list[str], list[Any]]:
    conditions, values = [table.where], [company_id]
    found: list[tuple[str, list[Any]]] = []
    if after is not None:
        if table.rank == after.rank:
            found.append(("(e.pgh_created_at, e.pgh_id) < (%s, %s)", [after.at, after.key]))
        else:
            sign = "<=" if table.rank < after.rank else "<"
            found.append((f"e.pgh_created_at {sign} %s", [after.at]))
    if wanted.since is not None:
        found.append(("e.pgh_created_at >= %s", [wanted.since]))
    if wanted.before is not None:
        found.append(("e.pgh_created_at < %s", [wanted.before]))
    if wanted.person == SYSTEM:
        found.append(("(c.metadata->>'user') IS NULL", []))
    elif wanted.person == STAFF:
        outside = f"(c.metadata->>'user') NOT IN ({MEMBERS_SQL})"
        found.append((outside, [company_id]))
    elif wanted.person:
        found.append(("(c.metadata->>'user') = %s", [wanted.person]))
    for condition, parameters in found:
        conditions.append(condition)
        values += parameters
    return conditions, values


def _rows_before(rows: Iterable[_Row]) -> dict[tuple[int, int], dict[str, Any]]:
    """The values that each updated row had before, by table and event."""
    keys: dict[int, list[int]] = {}
    for row in rows:
        if row.label == Kind.UPDATE:
            keys.setdefault(row.rank, []).append(row.key)
    if not keys:
        return {}
    parts = []
    for rank in keys:
        name = tables()[rank].events._meta.db_table
        parts.append(
            f"SELECT {rank}, e.pgh_id, to_jsonb(p) FROM {name} e JOIN LATERAL ("  # noqa: S608
            f"SELECT * FROM {name} b WHERE b.pgh_obj_id = e.pgh_obj_id AND b.pgh_id < e.pgh_id"
            " ORDER BY b.pgh_id DESC LIMIT 1) p ON TRUE WHERE e.pgh_id = ANY(%s)"
        )
    found = _fetch(" UNION ALL ".join(parts), list(keys.values()))
    return {(rank, key): _json(values) for rank, key, values in found}


def _event(row: _Row, before: dict[tuple[int, int], dict[str, Any]]) -> Event:
    kind = Kind(row.label)
    values = _values(row.values)
    identity = row.object_id if row.object_id is not None else row.values["id"]
    return Event(
        at=row.at,
        who=_actor(row.metadata),
        row=(tables()[row.rank].label, identity),
        kind=kind,
        before=values
        if kind is Kind.DELETE
        else _values(before.get((row.rank, row.key), {}))
        if kind is Kind.UPDATE
        else NOTHING,
        after=NOTHING if kind is Kind.DELETE else values,
    )


def _values(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not name.startswith("pgh_")}


def _actor(metadata: dict[str, Any] | None) -> Actor:
    known = metadata or {}
    user = known.get("user")
    in_admin = str(known.get("url", "")).startswith(reverse("admin:index"))
    if user is None:
        return Actor(None, str(known.get("source", "")), in_admin)
    return Actor(int(user), in_admin=in_admin)


def _fetch(sql: str, parameters: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def people_of(company_id: int, user_ids: Iterable[int]) -> list[User]:
    """These people and everybody who is or was a member, one query, by name.

    Annotated with ``was_member``, ``has_asked`` (to become one) and ``role_names``.
    """
    events: Any = next(t.events for t in tables() if t.label == Membership._meta.label)
    ever = events.objects.filter(company_id=company_id)
    asked = JoinRequest.objects.filter(company_id=company_id)
    people = User.objects.filter(Q(pk__in=set(user_ids)) | Q(pk__in=ever.values("user_id")))
    return list(
        people.annotate(
            was_member=Exists(ever.filter(user_id=OuterRef("pk"))),
            has_asked=Exists(asked.filter(user_id=OuterRef("pk"))),
            role_names=ArrayAgg("groups__name", filter=Q(groups__isnull=False), default=Value([])),
        ).order_by("full_name", "email", "pk")
    )


def parts_shown() -> list[tuple[str, Any]]:
    """The parts that have a table, in their order."""
    used = {table.shown.part for table in tables()}
    return [(part.value, part.label) for part in Part if part in used]


def latest_values(label: str, keys: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What tracked rows last held, the deleted ones included; one query."""
    table = next(table for table in tables() if table.label == label)
    name = table.events._meta.db_table
    found = _fetch(
        f"SELECT DISTINCT ON (e.pgh_obj_id) e.pgh_obj_id, to_jsonb(e) FROM {name} e"  # noqa: S608
        " WHERE e.pgh_obj_id = ANY(%s) ORDER BY e.pgh_obj_id, e.pgh_id DESC",
        [list(keys)],
    )
    return {key: _values(_json(values)) for key, values in found}
