"""Merging two establishments: all in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import datetime
from typing import Any

import pgtrigger
from django.db import IntegrityError, connection, transaction

from companies.partners.merging.models import EstablishmentMerge
from companies.partners.merging.plan import Choice, Plan, Step, make_plan, plain
from companies.partners.models import Partner
from companies.partners.opt_out.services import carry_along
from companies.partners.services import repeat_consent
from companies.register.models import Establishment
from companies.register.services import remember_number
from portal.accounts.models import User
from portal.common.refusals import reason_of

# Merges wait for each other: two at once could make a survivor of what just ended.
MERGE_LOCK = 7_302_002
LOSER = "loser"


class MergeRefusedError(Exception):
    """The two are not merged, and nothing changed; ``code`` says why, for the message.

    ``not_found``, ``same``, ``merged`` (one of them ended before), ``inactive`` (what would
    stay is struck off), ``obstacles`` (people must settle something first), ``changed``
    (something moved since the page was shown) or ``rule`` (the database refused; see
    ``detail``).
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def plan_of(*, survivor: str, loser: str) -> Plan:
    """What merging the two numbers would do; MergeRefusedError when they cannot be merged."""
    if survivor == loser:
        raise MergeRefusedError("same")
    rows = Establishment.objects.select_related("enterprise").in_bulk([survivor, loser])
    if len(rows) < 2:
        raise MergeRefusedError("not_found")
    if EstablishmentMerge.objects.filter(loser__in=rows).exists():
        raise MergeRefusedError("merged")
    if not rows[survivor].is_active:
        raise MergeRefusedError("inactive")
    return make_plan(survivor=rows[survivor], loser=rows[loser])


def merge(
    *,
    survivor: str,
    loser: str,
    chosen: Mapping[str, str],
    seen: str,
    note: str,
    by: User,
    now: datetime,
) -> EstablishmentMerge:
    """Carry all that belongs to ``loser`` over to ``survivor``, and remember it.

    ``chosen`` says, by the key of a choice, ``loser`` where the value of that entry stands
    afterwards. ``seen`` is the hash of the plan that was shown. Raises MergeRefusedError,
    after which nothing has changed.
    """
    try:
        with transaction.atomic():
            return _merge(
                survivor=survivor,
                loser=loser,
                chosen=chosen,
                seen=seen,
                note=note,
                by=by,
                now=now,
            )
    except IntegrityError as error:
        raise MergeRefusedError("rule", str(reason_of(error))) from error


def _merge(
    *,
    survivor: str,
    loser: str,
    chosen: Mapping[str, str],
    seen: str,
    note: str,
    by: User,
    now: datetime,
) -> EstablishmentMerge:
    _lock(survivor, loser)
    plan = plan_of(survivor=survivor, loser=loser)
    if plan.obstacles:
        raise MergeRefusedError("obstacles")
    if plan.seen != seen:
        raise MergeRefusedError("changed")
    log = [_choose(choice, chosen.get(choice.key, "") == LOSER) for choice in plan.choices]
    log += [_move(step) for step in plan.steps]
    if (carried := carry_along(loser=loser, survivor=survivor, now=now, by=by)) is not None:
        log.append(
            {"relation": "partners.OptOut", "pk": carried.pk, "name": survivor, "did": "copied"}
        )
    if (partner := Partner.objects.filter(establishment=survivor).first()) is not None:
        remember_number(number=plan.survivor.enterprise_id)
        repeat_consent(partner)
    # What only a later statement or the end of the transaction would refuse, is refused now.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return EstablishmentMerge.objects.create(
        loser=loser, survivor=survivor, merged_at=now, merged_by=by, note=note.strip(), moved=log
    )


def _lock(survivor: str, loser: str) -> None:
    """The two places, in the order of their numbers, and all other merges."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MERGE_LOCK])
    places = Establishment.objects.filter(pk__in=(survivor, loser)).order_by("pk")
    list(places.select_for_update(of=("self",)))
    partners = Partner.objects.filter(establishment__in=(survivor, loser)).order_by("pk")
    list(partners.select_for_update(of=("self",)))


def _choose(choice: Choice, takes_loser: bool) -> dict[str, Any]:
    """Give the twin the values that stand; the log keeps those that do not."""
    stands, ends = (choice.row, choice.twin) if takes_loser else (choice.twin, choice.row)
    entry = _entry(choice.relation.name, choice.twin, "chosen") | {
        "fields": [
            {"field": one.name, "stands": plain(stands, one), "ends": plain(ends, one)}
            for one in choice.fields
        ],
        "of": "loser" if takes_loser else "survivor",
    }
    if takes_loser:
        values = {one.attname: getattr(choice.row, one.attname) for one in choice.fields}
        type(choice.twin)._base_manager.filter(pk=choice.twin.pk).update(**values)
    return entry


def _move(step: Step) -> dict[str, Any]:
    """Give the row its new owner; a row with a twin stays, and the log says so."""
    if step.twin is not None:
        return _entry(step.relation.name, step.row, "kept") | {"twin": step.twin.pk}
    rows = step.relation.model._base_manager.filter(pk=step.row.pk)
    lifted = step.relation.handling.lifted
    # Without a name, ``ignore`` would lift every trigger, those of the history too.
    with pgtrigger.ignore(*lifted) if lifted else nullcontext():
        rows.update(**{step.relation.field.name: step.target})
    return _entry(step.relation.name, step.row, "moved")


def _entry(relation: str, row: Any, did: str) -> dict[str, Any]:
    return {"relation": relation, "pk": row.pk, "name": str(row), "did": did}
