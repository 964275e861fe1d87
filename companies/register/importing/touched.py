"""What an update touches: which entities, in which files, and how much is known of each.

An update brings, per file, all rows of the entities that it touches and nothing of the
others. What the register already has completes the active ones. An entity that was not
in the register is whole only when it is new, or when every file touches it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection

from companies.register.domain.numbers import ENTERPRISE_STARTS, ESTABLISHMENT_STARTS
from companies.register.domain.records import NATURAL_PERSON
from companies.register.importing.selection import IS_WATCHED, VERSION_OF, place_of

# One bit per file.
BASE, ACTIVITY, NAME, ADDRESS, CONTACT = 1, 2, 4, 8, 16
ALL = 31
_ENTERPRISES_SQL = """
    SELECT number, is_natural_person FROM register_enterprise
    WHERE is_active AND number = ANY(%s)
    """
_PLACES_SQL = """
    SELECT r.number, e.is_natural_person
    FROM register_establishment r JOIN register_enterprise e ON e.number = r.enterprise_id
    WHERE r.is_active AND r.number = ANY(%s)
    """


class Touched:
    """By ten-digit number: the files that touch it, and what the update says of it."""

    def __init__(self, known: Collection[str]) -> None:
        self.known = frozenset(known)
        self.deleted: dict[str, int] = {}
        self.inserted: dict[str, int] = {}
        # Line and values of its row in enterprise.csv or establishment.csv.
        self.bases: dict[str, tuple[int, list[str]]] = {}
        # Its activities as bits of a WatchList.
        self.bits: dict[str, int] = {}
        # Not in the register and whole: they come in.
        self.chosen: set[str] = set()
        # Not staged, and with a valid address now.
        self.addressed: set[str] = set()
        self._active: dict[str, bool] = {}
        self._asked: set[str] = set()
        self._digits: dict[str, str | None] = {}

    def digits(self, printed: str) -> str | None:
        """Ten digits of an enterprise or place; empty for a branch, None for no number."""
        try:
            return self._digits[printed]
        except KeyError:
            found = self._digits[printed] = _digits(printed)
            return found

    def numbers(self) -> set[str]:
        """Whatever the update touches."""
        return self.deleted.keys() | self.inserted.keys()

    def ask(self, numbers: Iterable[str]) -> None:
        """Find out which of these the register has as active."""
        unknown = {number for number in numbers if number not in self._asked}
        self._asked |= unknown
        places = sorted(filter(is_place, unknown))
        enterprises = sorted(unknown.difference(places))
        with connection.cursor() as cursor:
            for query, listed in ((_ENTERPRISES_SQL, enterprises), (_PLACES_SQL, places)):
                if listed:
                    cursor.execute(query, (listed,))
                    self._active.update(cursor.fetchall())

    def is_active(self, number: str) -> bool:
        """The register has it as active."""
        if number not in self._asked:
            self.ask((number,))
        return number in self._active

    def is_staged(self, number: str) -> bool:
        """Its rows matter: it is active, or comes in."""
        return number in self.chosen or self.is_active(number)

    def was_natural(self, number: str) -> bool:
        """An active enterprise, or that of an active place, is a natural person's until now."""
        return self._active.get(number, False)

    def files(self, number: str) -> int:
        """The files that touch it."""
        return self.deleted.get(number, 0) | self.inserted.get(number, 0)

    def is_gone(self, number: str) -> bool:
        """Struck off."""
        return bool(self.deleted.get(number, 0) & BASE) and number not in self.bases

    def is_new(self, number: str) -> bool:
        """It was in no earlier extract."""
        return number in self.bases and not self.deleted.get(number, 0) & BASE

    def is_whole(self, number: str) -> bool:
        """The update tells everything about it."""
        return self.is_new(number) or (number in self.bases and self.deleted.get(number, 0) == ALL)

    def parent(self, number: str) -> str:
        """The enterprise of a place among ``bases``; nothing when that is no number."""
        return self.digits(self.bases[number][1][2]) or ""

    def is_natural(self, number: str) -> bool:
        """An enterprise among ``bases`` is a natural person."""
        return self.bases[number][1][3] == NATURAL_PERSON

    def has_natural_parent(self, number: str) -> bool:
        """The enterprise of a place among ``bases`` is a natural person from now on."""
        parent = self.parent(number)
        if parent in self.bases:
            return self.is_natural(parent)
        return self.is_active(parent) and self.was_natural(parent)

    def has_listing(self, number: str) -> bool:
        """The update brings activities of it."""
        return VERSION_OF[self.bits.get(number, 0)] is not None

    def is_watched(self, number: str) -> bool:
        """By the activities that the update brings of it."""
        return IS_WATCHED[self.bits.get(number, 0)]

    def choose(self) -> None:
        """Decide which whole entities come in; the merge decides about what they inherit."""
        wholes = [n for n in self.bases if not self.is_active(n) and self.is_whole(n)]
        places = [n for n in wholes if is_place(n) and self._may_be_kept(n)]
        parents = {self.parent(n) for n in places}
        parents.update(self.parent(n) for n in self.bases if is_place(n) and self.is_active(n))
        self.chosen.update(
            n
            for n in wholes
            if not is_place(n)
            and (n in self.known or n in parents or (self.is_watched(n) and not self.is_natural(n)))
        )
        self.chosen.update([n for n in places if self.is_staged(self.parent(n))])

    def _may_be_kept(self, place: str) -> bool:
        if self.parent(place) in self.known or not self.has_listing(place):
            return True
        return self.is_watched(place)


def is_place(number: str) -> bool:
    """An establishment's number, not an enterprise's."""
    return number[:1] in ESTABLISHMENT_STARTS


def _digits(printed: str) -> str | None:
    if place_of(printed) is None:
        return None
    digits = printed.replace(".", "")
    return digits if digits[0] in ENTERPRISE_STARTS + ESTABLISHMENT_STARTS else ""
