"""What an update cannot complete: entities that may belong in the register from now on.

Their other rows stand in no file of the update, so only the next full extract brings them.
See decision record 19.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from companies.register.importing.selection import IS_WATCHED, WatchList
from companies.register.importing.touched import ACTIVITY, ADDRESS, BASE, CONTACT, Touched, is_place
from companies.register.models import IncompleteReason

LISTED = 200
_LISTED_SQL = """
    SELECT enterprise_id, version, code FROM register_enterpriseactivity
    WHERE enterprise_id = ANY(%s)
    """


def incomplete(touched: Touched, watched: WatchList) -> dict[str, IncompleteReason]:
    """Number -> why it cannot be completed."""
    found: dict[str, IncompleteReason] = {}
    for number in touched.numbers():
        if touched.is_gone(number):
            continue
        reason = _of_place(touched, number) if is_place(number) else _of_enterprise(touched, number)
        if reason is not None:
            found[number] = reason
    for number in _became_watched(touched, watched):
        found.setdefault(number, IncompleteReason.PLACES)
    return found


def _of_enterprise(touched: Touched, number: str) -> IncompleteReason | None:
    matters = number in touched.known or touched.is_watched(number)
    if touched.is_active(number):
        changed_kind = touched.was_natural(number) and number in touched.bases
        is_person = changed_kind and touched.is_natural(number)
        return IncompleteReason.ROWS if changed_kind and not is_person else None
    if not matters or touched.is_new(number):
        return None
    return IncompleteReason.PLACES if touched.is_whole(number) else IncompleteReason.ROWS


def _of_place(touched: Touched, number: str) -> IncompleteReason | None:
    if touched.is_active(number):
        # It moved to an enterprise that nothing is known of, and stays where it was; or it
        # left a natural person, of whose places no contact channels are kept.
        moved = _has_unknown_parent(touched, number) or _left_a_person(touched, number)
    elif touched.is_whole(number):
        wanted = touched.is_watched(number) or not touched.has_listing(number)
        moved = wanted and _has_unknown_parent(touched, number)
    else:
        return _of_unknown_place(touched, number)
    return IncompleteReason.ROWS if moved else None


def _of_unknown_place(touched: Touched, number: str) -> IncompleteReason | None:
    files, parent = touched.files(number), ""
    if number in touched.bases:
        parent = touched.parent(number)
    if parent in touched.known or (files & ACTIVITY and touched.is_watched(number)):
        return IncompleteReason.ROWS
    if files & ACTIVITY:
        return None if touched.has_listing(number) else IncompleteReason.PARENT
    if files & BASE and touched.is_staged(parent):
        return IncompleteReason.ROWS
    is_chance = files & ADDRESS and number in touched.addressed
    return IncompleteReason.ADDRESS if is_chance else None


def _has_unknown_parent(touched: Touched, number: str) -> bool:
    if number not in touched.bases:
        return False
    parent = touched.parent(number)
    return not (touched.is_staged(parent) or touched.is_gone(parent))


def _left_a_person(touched: Touched, number: str) -> bool:
    if number not in touched.bases or touched.files(number) & CONTACT:
        return False
    return touched.was_natural(number) and not touched.has_natural_parent(number)


def _became_watched(touched: Touched, watched: WatchList) -> Iterator[str]:
    """Active enterprises that are watched now and were not: their places may inherit that."""
    asked = {
        number
        for number in touched.numbers()
        if not is_place(number)
        and touched.files(number) & ACTIVITY
        and touched.is_watched(number)
        and number not in touched.known
        and touched.is_active(number)
    }
    was: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_LISTED_SQL, (sorted(asked),))
        for number, version, code in cursor.fetchall():
            was[number] = was.get(number, 0) | watched.bits(version, code)
    return (number for number in sorted(asked) if not IS_WATCHED[was.get(number, 0)])


def listed(found: dict[str, IncompleteReason]) -> list[dict[str, str]]:
    """The first of them by name, as the import keeps them; mere chances are only counted."""
    certain = sorted(
        (reason, number) for number, reason in found.items() if reason != IncompleteReason.ADDRESS
    )
    return [{"number": number, "reason": reason.value} for reason, number in certain[:LISTED]]


def counted(found: dict[str, IncompleteReason]) -> dict[str, int]:
    """How many of each kind, as the counts of the import have them."""
    chances = sum(reason == IncompleteReason.ADDRESS for reason in found.values())
    return {"incomplete": len(found) - chances, "incomplete_address": chances}
