"""Deleting everything about a closed company, in one transaction, and remembering that.

Documents lie in the database as well, so that a process that dies half-way has changed
nothing, and the next run begins again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction

from assessments.dashboards.company_data.tables import company_models, of_company
from assessments.dashboards.models import CompanyDeletion
from assessments.matching.models import Match
from companies.profiles.models import Company
from companies.profiles.selectors.belonging import path_to_company, tracked_models
from companies.profiles.selectors.history import condition_for
from companies.profiles.services.facts import lock_company

logger = logging.getLogger(__name__)
Rows = tuple[type[models.Model], tuple[str, ...]]


def due(now: datetime) -> list[int]:
    """Companies that were closed long enough ago, oldest first.

    This is the place for a legal hold: a company on hold must not be in this list.
    """
    before = now - timedelta(days=settings.CLOSED_COMPANY_DAYS)
    closed = Company.objects.filter(closed_at__lte=before)
    return list(closed.order_by("closed_at", "pk").values_list("pk", flat=True))


def sweep(*, now: datetime) -> int:
    """Do what is due: take back matches of closed companies, delete.

    Can be run again at any time; answers how many companies were deleted. A company that
    cannot be deleted is logged and does not hold up the others.
    """
    # A run that had begun before the closing may have written matches after it.
    Match.objects.filter(company__closed_at__isnull=False, is_stale=False).update(
        is_stale=True, proposed=False
    )
    done = 0
    for company_id in due(now):
        try:
            done += delete_company(company_id=company_id, now=now)
        except Exception:
            logger.exception("Company %s could not be deleted", company_id)
    return done


@transaction.atomic
def delete_company(*, company_id: int, now: datetime) -> bool:
    """Delete every row of a company in every room; False when it is not due (any more)."""
    try:
        company = lock_company(company_id)
    except Company.DoesNotExist:
        return False
    if company_id not in due(now) or company.closed_at is None:
        return False  # reopened in between
    tables = children_first(list(company_models()))
    counts: dict[str, int] = {}
    for model, path in tables:
        rows = of_company(model, path, company_id)
        _forget_admin_log(model, rows)
        count = rows.order_by()._raw_delete(rows.db)
        if count:
            counts[model._meta.label] = count
    counts["history"] = _delete_history(company_id)
    CompanyDeletion.objects.create(
        enterprise_number=company.enterprise_number,
        signed_up_at=company.created_at,
        closed_at=company.closed_at,
        deleted_at=now,
        rows_deleted=counts,
    )
    return True


def children_first(tables: Sequence[Rows]) -> list[Rows]:
    """Ordered so that no row is deleted before the rows that point to it.

    ValueError when tables point to each other in a circle.
    """
    waiting = dict(tables)
    ordered: list[Rows] = []
    while waiting:
        pointed_at = {
            field.related_model
            for model in waiting
            for field in model._meta.concrete_fields
            if field.related_model is not model
        }
        free = [model for model in waiting if model not in pointed_at]
        if not free:
            raise ValueError(f"Tables in a circle: {sorted(m._meta.label for m in waiting)}")
        ordered += [(model, waiting.pop(model)) for model in free]
    return ordered


def _forget_admin_log(model: type[models.Model], rows: models.QuerySet[Any]) -> None:
    """The administration's log repeats names of rows."""
    kind = ContentType.objects.get_for_model(model)
    keys = [str(key) for key in rows.values_list("pk", flat=True)]
    LogEntry.objects.filter(content_type=kind, object_id__in=keys).delete()


def _delete_history(company_id: int) -> int:
    """Every history row of the company, and the contexts that nothing uses any more."""
    of_companies = [
        (model, events) for model, events in tracked_models() if path_to_company(model) is not None
    ]
    # By the longest way first: it leads over the history of the tables above.
    of_companies.sort(key=lambda pair: -len(path_to_company(pair[0]) or ()))
    count, contexts = 0, set()
    with connection.cursor() as cursor:
        for model, events in of_companies:
            cursor.execute(
                f"DELETE FROM {events._meta.db_table} e WHERE {condition_for(model)}"  # noqa: S608
                " RETURNING e.pgh_context_id",
                [company_id],
            )
            deleted = cursor.fetchall()
            count += len(deleted)
            contexts |= {row[0] for row in deleted if row[0] is not None}
        used = " AND ".join(
            f"NOT EXISTS (SELECT 1 FROM {events._meta.db_table} e WHERE e.pgh_context_id = c.id)"  # noqa: S608
            for _, events in tracked_models()
        )
        cursor.execute(
            f"DELETE FROM pghistory_context c WHERE c.id = ANY(%s) AND {used}",  # noqa: S608
            [list(contexts)],
        )
    return count
