"""What passed between a company and a partner, and what matching makes of it.

Opinions never enter a score: only introductions do (as earlier contact), and refusals,
which let a pair rest. How often somebody looked counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from assessments.matching.domain.policy import CONTACT_ASKED, CONTACT_INTRODUCED
from assessments.matching.domain.problem import PairKey


@dataclass(frozen=True, slots=True)
class Past:
    """One introduction of a pair, open or over.

    ``introduced``: the partner was contacted at some time; ``agreed``: an agreement was
    made at some time; ``declined_on``: the day on which one of the two declined it.
    """

    key: PairKey
    begun_at: datetime
    asked_by_partner: bool = False
    introduced: bool = False
    agreed: bool = False
    declined_on: date | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """The newest opinion of a side is *not relevant*."""

    key: PairKey
    given_at: datetime
    given_on: date


@dataclass(frozen=True, slots=True)
class History:
    """What a problem needs of it: see ``Problem.contacts`` and ``Problem.resting``."""

    contacts: Mapping[PairKey, int] = field(default_factory=dict)
    resting: frozenset[PairKey] = frozenset()


def rests(decided_on: date, days: int, today: date) -> bool:
    """The day of the decision is the first of ``days`` days of rest."""
    return (today - decided_on).days < days


def history_of(
    pasts: Iterable[Past], refusals: Iterable[Refusal], *, days: int, today: date
) -> History:
    """Contacts and rest as of ``today``, in whatever order the rows come.

    A later introduction lifts an earlier refusal: the two changed their minds. Of several
    introductions the last one decides on rest and the best one on contact; a declined one
    is no contact.
    """
    latest: dict[PairKey, Past] = {}
    contacts: dict[PairKey, int] = {}
    for past in pasts:
        if past.key not in latest or latest[past.key].begun_at < past.begun_at:
            latest[past.key] = past
        if value := _contact(past):
            contacts[past.key] = max(value, contacts.get(past.key, 0))
    resting = {
        past.key
        for past in latest.values()
        if past.declined_on is not None and rests(past.declined_on, days, today)
    }
    resting.update(
        refusal.key
        for refusal in refusals
        if rests(refusal.given_on, days, today)
        and (refusal.key not in latest or latest[refusal.key].begun_at <= refusal.given_at)
    )
    return History(contacts=contacts, resting=frozenset(resting))


def _contact(past: Past) -> int:
    if past.agreed:
        return CONTACT_ASKED
    if past.declined_on is not None:
        return 0
    if past.asked_by_partner:
        return CONTACT_ASKED
    return CONTACT_INTRODUCED if past.introduced else 0
