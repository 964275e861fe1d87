"""Bringing extracts from the folder into the register: on request, or night after night.

Whoever asks, one import waits or goes on at a time. The night takes what comes next. An
extract that failed is tried again on later nights, three times in all, and then left until
its file changes or somebody asks; one that a person cancelled is left at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from companies.register import selectors, services
from companies.register.importing.folder import (
    FolderError,
    FoundExtract,
    Standing,
    extract_named,
    extracts_in,
    next_extract,
    standing,
)
from companies.register.models import RegisterImport
from portal.accounts.models import User
from portal.common.run_rows import RunStatus

MOST_TRIES = 3
BETWEEN_TRIES = timedelta(hours=20)


class ImportUnderWayError(Exception):
    """Another import waits or goes on; ``row`` is that one."""

    def __init__(self, row: RegisterImport) -> None:
        super().__init__(f"import {row.pk} is {row.status}")
        self.row = row


@dataclass(frozen=True, slots=True)
class Ready:
    """An extract of the folder with its standing and the last attempt to bring it in."""

    extract: FoundExtract
    standing: Standing
    last: RegisterImport | None


def ready() -> list[Ready]:
    """What lies in the folder; FolderError when it cannot be read, nothing without a folder."""
    if settings.KBO_FOLDER is None:
        return []
    found = extracts_in(settings.KBO_FOLDER)
    current = _current_number()
    following = next_extract(found, current)
    attempts = _attempts(found)
    return [
        Ready(
            extract=one,
            standing=standing(one, current=current, following=following),
            last=next(iter(attempts.get(str(one.path), ())), None),
        )
        for one in found
    ]


@transaction.atomic
def start(*, name: str, is_dry_run: bool, by: User) -> RegisterImport:
    """Queue the extract with this file name in the folder.

    Raises FolderError when the folder has no such extract, ImportUnderWayError when
    another import waits or goes on.
    """
    if settings.KBO_FOLDER is None:
        raise FolderError("No folder is configured")
    found = extract_named(settings.KBO_FOLDER, name)
    _alone()
    return services.request_import(source=str(found.path), requested_by=by, is_dry_run=is_dry_run)


@transaction.atomic
def start_next(*, now: datetime) -> RegisterImport | None:
    """Queue what comes next; None when there is nothing to do, or something goes on already.

    Raises FolderError when the folder cannot be read.
    """
    if settings.KBO_FOLDER is None:
        return None
    found = extracts_in(settings.KBO_FOLDER)
    attempts = _attempts(found)
    wanted = next_extract(
        [one for one in found if _may_be_tried(one, attempts.get(str(one.path), ()), now)],
        _current_number(),
    )
    if wanted is None:
        return None
    try:
        _alone()
    except ImportUnderWayError:
        return None
    return services.request_import(source=str(wanted.path))


def name_in_folder(source: str) -> str:
    """The file name of a source that lies in the folder, else nothing."""
    folder = settings.KBO_FOLDER
    path = Path(source)
    if folder is None or path.parent != folder.resolve():
        return ""
    return path.name


def _alone() -> None:
    """Hold the place of whoever asks until the transaction ends; see ``ImportUnderWayError``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('register.intake'))")
    row = selectors.import_under_way()
    if row is not None:
        raise ImportUnderWayError(row)


def _current_number() -> int | None:
    current = selectors.current_import()
    return current.extract_number if current else None


def _attempts(found: Sequence[FoundExtract]) -> dict[str, list[RegisterImport]]:
    """The imports of these files by path, the newest first; one query."""
    sources = [str(one.path) for one in found]
    by_source: dict[str, list[RegisterImport]] = {}
    for row in selectors.imports_of(sources):
        by_source.setdefault(row.source_name, []).append(row)
    return by_source


def _may_be_tried(one: FoundExtract, attempts: Sequence[RegisterImport], now: datetime) -> bool:
    """Whether the night may take this file, as it is since it changed."""
    since = [row for row in attempts if row.queued_at > one.changed_at and not row.is_dry_run]
    if any(row.status == RunStatus.CANCELLED for row in since):
        return False
    failed = [row for row in since if row.status == RunStatus.FAILED]
    if not failed:
        return True
    return len(failed) < MOST_TRIES and now - failed[0].queued_at >= BETWEEN_TRIES
