"""Which parts of a profile are filled in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """Parts of the profile, in the order in which they are best filled in."""

    ACTIVITIES = "activities"
    WORKFORCE = "workforce"
    CUSTOMERS = "customers"
    OFFERS = "offers"
    COMPETENCES = "competences"


@dataclass(frozen=True)
class Completeness:
    """The parts that are there."""

    done: frozenset[Part]

    @property
    def missing(self) -> tuple[Part, ...]:
        """What is still to be filled in, in order."""
        return tuple(part for part in Part if part not in self.done)

    @property
    def is_complete(self) -> bool:
        """Every part is there."""
        return not self.missing


def completeness(
    *, activities: int, has_workforce: bool, customers: int, offers: int, competences: int
) -> Completeness:
    """From the number of rows per part."""
    filled = {
        Part.ACTIVITIES: activities > 0,
        Part.WORKFORCE: has_workforce,
        Part.CUSTOMERS: customers > 0,
        Part.OFFERS: offers > 0,
        Part.COMPETENCES: competences > 0,
    }
    return Completeness(frozenset(part for part, is_there in filled.items() if is_there))
