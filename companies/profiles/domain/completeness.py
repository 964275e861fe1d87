"""Which parts of a profile are filled in, and what "profile complete" means.

Complete means that every part is answered. A part is answered when it holds something,
or when the company said that it has none of it. Only parts where "none" is a true answer
can be answered that way (``NONE_POSSIBLE``): a company without machines or certificates
exists, one without work, people, customers or a place does not, and without an offer
nothing can be matched. Every part is needed, because each feeds a verdict, a check or a
match (the pages name which); an unanswered part would be read as "none" there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# Facts older than this are asked to be looked at again: about once a year, as the
# yearly figures of the department are.
FRESH_FOR = timedelta(days=365)


class Part(StrEnum):
    """Parts of the profile, in the order in which they are best filled in."""

    ESTABLISHMENTS = "establishments"
    ACTIVITIES = "activities"
    WORKFORCE = "workforce"
    CUSTOMERS = "customers"
    OFFERS = "offers"
    COMPETENCES = "competences"
    EQUIPMENT = "equipment"
    CURRENT_WORK = "current_work"


NONE_POSSIBLE = frozenset({Part.COMPETENCES, Part.EQUIPMENT, Part.CURRENT_WORK})


@dataclass(frozen=True)
class Completeness:
    """The parts that are asked, and those that are answered."""

    asked: frozenset[Part]
    done: frozenset[Part]

    @property
    def missing(self) -> tuple[Part, ...]:
        """What is still to be answered, in order."""
        return tuple(part for part in Part if part in self.asked and part not in self.done)

    @property
    def is_complete(self) -> bool:
        """Every part is answered."""
        return not self.missing


def completeness(rows: Mapping[Part, int], *, confirmed: Collection[Part] = ()) -> Completeness:
    """From the number of rows per part and the parts that somebody confirmed.

    Parts without an entry in ``rows`` are not asked.
    """
    done = {
        part
        for part, count in rows.items()
        if count > 0 or (part in NONE_POSSIBLE and part in confirmed)
    }
    return Completeness(frozenset(rows), frozenset(done))


def is_stale(confirmed_on: date, *, today: date) -> bool:
    """Whether what was last confirmed then should be looked at again."""
    return today - confirmed_on > FRESH_FOR
