"""Answer a question from indexes, however much there is to find.

Two ways, because no single one is quick for both rare and common things:

- What fits is gathered from the indexes of words and postcodes, up to ``GATHERED``, and
  sorted. This is exact, and enough for nearly every question.
- When there is more than that, at least one establishment in a few dozen fits (of the
  number that a register holds), so an index that is in the wanted order is walked until
  the page is full.

Nobody can leaf further than ``LISTED``: a longer list says "ask more precisely". So the
last page costs no more than the first, and nothing ever counts the whole table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from companies.register.domain.numbers import ENTERPRISE_STARTS
from companies.register.searching.question import Order, Question

LISTED = 500
GATHERED = 10_000
# The planner may estimate a rare combination as common; these keep it to the way chosen.
# They hold until the end of the transaction, which outside tests is this statement's own.
_GATHER = (
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = on; SET LOCAL enable_sort = on"
)
_WALK = (
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;"
    " SET LOCAL enable_sort = {sort}"
)

_NEAR = "unnest(%(postcodes)s::text[], %(metres)s::int[]) p (postcode, metres)"


@dataclass(frozen=True, slots=True)
class Hit:
    """An establishment that fits; ``metres`` is None when no distance is known or asked."""

    number: str
    metres: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """A part of what fits. ``total`` counts what can be leafed through."""

    hits: tuple[Hit, ...]
    total: int
    has_more: bool


@dataclass(frozen=True)
class Statement:
    """A query of this module with its values, and the settings it is planned under."""

    settings: str
    sql: str
    values: dict[str, Any]

    def rows(self, limit: int = LISTED) -> list[tuple[Any, ...]]:
        """Run it; at most ``limit`` rows."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(self.settings)
            cursor.execute(self.sql, self.values | {"limit": limit})
            return list(cursor.fetchall())


def find(question: Question, start: int, stop: int) -> Found:
    """The establishments from place ``start`` to before ``stop``; three statements at most."""
    if question.is_empty:
        return Found((), 0, has_more=False)
    stop = min(stop, LISTED)
    if question.has_conditions:
        rows = gather(question).rows()
        fit = rows[0][2] if rows else 0
        limit = stop
    else:
        # Everything fits: there is no index to gather it from, and nothing to keep out.
        rows, fit, limit = [], GATHERED + 1, LISTED + 1
    if fit > GATHERED:
        rows = []
        for statement in walks(question):
            if len(rows) < limit:
                rows += statement.rows(limit - len(rows))
        fit = fit if question.has_conditions else len(rows)
    hits = (Hit(row[0], question.distances.get(row[1])) for row in rows[start:stop])
    return Found(tuple(hits), min(fit, LISTED), has_more=fit > LISTED)


def gather(question: Question) -> Statement:
    """All that fits, up to one more than ``GATHERED``, sorted; the first ``LISTED`` rows.

    Rows are (number, postcode, how many fit). The inner query is planned for all of its
    rows, and read no further than the limit.
    """
    conditions, values = _conditions(question)
    tier, join, first = "0", "", "s.tier"
    if question.order is Order.NEAREST and question.distances:
        values |= _distances(question)
        join = f"LEFT JOIN {_NEAR} ON p.postcode = s.postcode"
        first = "p.metres NULLS LAST"
    elif question.order is Order.BEST and question.words:
        values |= {"beginning": question.beginning, "named": question.name_query}
        tier = (
            "(NOT starts_with(s.name_key, %(beginning)s))::int"
            " + (NOT s.words @@ %(named)s::tsquery)::int"
        )
    sql = f"""
        WITH found AS MATERIALIZED (
          SELECT s.establishment_id, s.name_key, s.postcode, {tier} AS tier
          FROM register_searchentry s WHERE {conditions})
        SELECT s.establishment_id, s.postcode, count(*) OVER ()
        FROM (SELECT * FROM found LIMIT {GATHERED + 1}) s {join}
        ORDER BY {first}, s.name_key, s.establishment_id LIMIT %(limit)s
        """  # noqa: S608 - the names are ours
    return Statement(_GATHER, sql, values)


def walks(question: Question) -> list[Statement]:
    """One or two walks along an index that follow each other; rows are (number, postcode)."""
    conditions, values = _conditions(question)
    if question.order is Order.NEAREST and question.distances:
        return [_nearest(question, conditions, values)]
    if question.order is Order.BEST and question.words and question.beginning:
        values["beginning"] = question.beginning
        values["beyond"] = question.beginning + "\U0010ffff"
        first = "s.name_key >= %(beginning)s AND s.name_key < %(beyond)s"
        return [
            _by_name(f"{conditions} AND {first}", values),
            _by_name(f"{conditions} AND NOT ({first})", values),
        ]
    return [_by_name(conditions, values)]


def _by_name(conditions: str, values: dict[str, Any]) -> Statement:
    sql = f"""
        SELECT s.establishment_id, s.postcode FROM register_searchentry s
        WHERE {conditions} ORDER BY s.name_key, s.establishment_id LIMIT %(limit)s
        """  # noqa: S608 - the names are ours
    return Statement(_WALK.format(sort="off"), sql, values)


def _nearest(question: Question, conditions: str, values: dict[str, Any]) -> Statement:
    """Postcode by postcode, the nearest first; places without a known point come nowhere."""
    sql = f"""
        SELECT s.establishment_id, s.postcode
        FROM (SELECT * FROM {_NEAR} ORDER BY metres OFFSET 0) p
        CROSS JOIN LATERAL (
          SELECT s.establishment_id, s.name_key, s.postcode FROM register_searchentry s
          WHERE s.postcode = p.postcode AND {conditions} OFFSET 0) s
        ORDER BY p.metres, s.name_key, s.establishment_id LIMIT %(limit)s
        """  # noqa: S608 - the names are ours
    return Statement(_WALK.format(sort="on"), sql, values | _distances(question))


def _conditions(question: Question) -> tuple[str, dict[str, Any]]:
    parts, values = ["true"], dict[str, Any]()
    if question.number:
        values["number"] = question.number
        parts.append(
            "s.establishment_id IN"
            " (SELECT number FROM register_establishment WHERE enterprise_id = %(number)s)"
            if question.number[0] in ENTERPRISE_STARTS
            else "s.establishment_id = %(number)s"
        )
    if question.text_query:
        values["query"] = question.text_query
        parts.append("s.words @@ %(query)s::tsquery")
    if question.is_limited:
        values["near"] = list(question.distances)
        parts.append("s.postcode = ANY(%(near)s)")
    return " AND ".join(parts), values


def _distances(question: Question) -> dict[str, Any]:
    return {
        "postcodes": list(question.distances),
        "metres": list(question.distances.values()),
    }
