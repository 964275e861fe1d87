"""Writes to the register: reference data, known numbers, imports of KBO Open Data."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Sequence

from django.db import transaction

from companies.register.content import postal, watch_list
from companies.register.domain.numbers import parse_enterprise_number
from companies.register.importing.apply import Outcome, apply_extract
from companies.register.importing.differences import Differences
from companies.register.importing.errors import ImportRefusedError
from companies.register.models import KnownNumber, PostalPoint, RegisterImport, WatchedNace
from companies.register.searching import entries
from portal.accounts.models import User
from portal.common import runs
from portal.common.run_rows import RunStatus

logger = logging.getLogger(__name__)


@transaction.atomic
def load_reference() -> None:
    """Load the postal points, and the watch list where there is none yet; repeatable.

    The postal table is the portal's own and follows its file. The watch list belongs to
    the administrator once it is there: a code taken off it does not come back.
    """
    points = [
        PostalPoint(
            postcode=point.postcode,
            name=point.name,
            province=point.province.value,
            latitude=point.latitude,
            longitude=point.longitude,
            x_m=point.x_m,
            y_m=point.y_m,
        )
        for point in postal.read_points()
    ]
    columns = ("name", "province", "latitude", "longitude", "x_m", "y_m")
    PostalPoint.objects.bulk_create(
        points, update_conflicts=True, unique_fields=["postcode"], update_fields=columns
    )
    if not WatchedNace.objects.exists():
        WatchedNace.objects.bulk_create(
            WatchedNace(version=version.value, prefix=prefix, opportunity=opportunity.value)
            for version, prefix, opportunity in watch_list.watched()
        )


@transaction.atomic
def remember_number(*, number: str) -> None:
    """Keep this enterprise in every import from now on, whatever its activities.

    Called when a company signs up or becomes a partner. Raises a NumberError when
    ``number`` is no enterprise number.
    """
    KnownNumber.objects.get_or_create(number=parse_enterprise_number(number))


@transaction.atomic
def remember_numbers(*, numbers: Iterable[str]) -> None:
    """Like ``remember_number`` for many numbers of ten digits at once; one query."""
    wanted = sorted({parse_enterprise_number(number) for number in numbers})
    # Sorted, so that two transactions that add the same numbers wait instead of deadlocking.
    KnownNumber.objects.bulk_create(
        [KnownNumber(number=number) for number in wanted], ignore_conflicts=True
    )


@transaction.atomic
def request_import(
    *, source: str, requested_by: User | None = None, is_dry_run: bool = False
) -> RegisterImport:
    """Queue an import of the ZIP or folder at ``source``, a path on this machine.

    A dry run does the same and reports the same, and then takes it all back.
    """
    return RegisterImport.objects.create(
        source_name=source, requested_by=requested_by, is_dry_run=is_dry_run
    )


@transaction.atomic
def cancel_import(*, pk: int) -> bool:
    """Stop an import that waits or goes on; False when it had ended already."""
    return runs.cancel(RegisterImport, pk)


@transaction.atomic
def supersede_imports(*, pk: int) -> None:
    """Cancel queued imports of the same source, for instance one whose process was killed."""
    source = RegisterImport.objects.values_list("source_name", flat=True).get(pk=pk)
    waiting = RegisterImport.objects.filter(source_name=source, status=RunStatus.QUEUED)
    for other in waiting.exclude(pk=pk).order_by("pk").values_list("pk", flat=True):
        runs.cancel(RegisterImport, other)


@transaction.atomic
def refresh_search(*, numbers: Sequence[str] | None = None) -> int:
    """Let the search know what the register says now; how many of its rows changed.

    ``numbers`` are the establishments that may have changed, themselves or through their
    enterprise; without them it looks at all, with the watch list of this moment.
    """
    return entries.refresh(numbers)


def run_import(*, pk: int) -> bool:
    """Do a queued import; False when it is not there to be done (yet).

    Readers see the old register until the new one is there as a whole. What was wrong
    stands in the row; an unexpected error is raised again after it was noted.
    """
    token = runs.claim(RegisterImport, pk)
    if token is None:
        return False
    try:
        with runs.keeping(RegisterImport, pk, token) as keeper:
            _import(pk, token, keeper)
    except ImportRefusedError as error:
        runs.fail(RegisterImport, pk, token, error=str(error))
    except runs.RunLostError:
        logger.warning("register import %s was cancelled or taken over", pk)
    except Exception as error:
        runs.fail(RegisterImport, pk, token, error=f"{type(error).__name__}: {error}")
        raise
    return True


def _import(pk: int, token: uuid.UUID, keeper: runs.Keeper) -> None:
    def told(done: int, total: int) -> None:
        # In KiB: a full extract has more bytes than the column can count.
        keeper.note(done >> 10, total >> 10)

    def finish(outcome: Outcome) -> None:
        Differences.forget_old()
        runs.finish(RegisterImport, pk, token, **outcome.columns())

    apply_extract(RegisterImport.objects.get(pk=pk), told, finish)
