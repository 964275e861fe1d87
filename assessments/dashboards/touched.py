"""Which companies' matches and introductions an import of the register touches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from assessments.matching.models import Introduction, Match
from assessments.matching.words import partner_name
from companies.profiles.access import companies_visible_to
from companies.profiles.models import Company
from companies.profiles.models.company import CompanyQuerySet
from companies.register.difference_words import Change, changes_of
from companies.register.models import DifferenceKind, Establishment, RegisterDifference
from portal.accounts.models import User

# A new establishment is nobody's partner yet.
TOUCHING = (DifferenceKind.GONE, DifferenceKind.CHANGED, DifferenceKind.RETURNED)
MOST_SHOWN = 10
"""Partners of one company that the page shows; the others are counted."""


@dataclass(slots=True)
class TouchedPartner:
    """One partner that changed or disappeared, with what a company has with it."""

    establishment: Establishment
    difference: RegisterDifference
    changes: list[Change]
    matches: list[Match] = field(default_factory=list)
    introductions: list[Introduction] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Never that of a natural person."""
        return partner_name(self.establishment)

    @property
    def weight(self) -> tuple[int, int, int, str]:
        """What asks attention first: open introductions, partners that are gone, proposals."""
        return (
            0 if any(one.is_open for one in self.introductions) else 1,
            TOUCHING.index(DifferenceKind(self.difference.kind)),
            0 if any(match.proposed for match in self.matches) else 1,
            self.establishment.pk,
        )


@dataclass(frozen=True, slots=True)
class TouchedCompany:
    """A company with the partners of its matches and introductions that an import touches."""

    company: Company
    counts: Sequence[tuple[Any, int]]
    partners: Sequence[TouchedPartner]
    more: int


def touching(import_id: int, kind: str = "") -> QuerySet[RegisterDifference]:
    """The differences of an import that can touch a company, of one kind when it is given."""
    found = RegisterDifference.objects.filter(register_import=import_id, kind__in=TOUCHING)
    return found.filter(kind=kind) if kind else found


def touched_companies(user: User, differences: QuerySet[RegisterDifference]) -> CompanyQuerySet:
    """Companies that this person may see and that have a match or introduction with any."""
    numbers = differences.order_by().values("number")
    match = Match.objects.filter(company=OuterRef("pk"), establishment__in=numbers)
    introduction = Introduction.objects.filter(company=OuterRef("pk"), establishment__in=numbers)
    return (
        companies_visible_to(user)
        .not_closed()
        .filter(Exists(match) | Exists(introduction))
        .order_by("name_key", "pk")
    )


def partners_of(
    companies: Iterable[Company], differences: QuerySet[RegisterDifference]
) -> list[TouchedCompany]:
    """What is touched of each of these companies; four queries."""
    listed = list(companies)
    numbers = differences.order_by().values("number")
    found: dict[int, dict[str, TouchedPartner]] = defaultdict(dict)
    matches = list(
        Match.objects.filter(company__in=listed, establishment__in=numbers)
        .select_related("establishment__enterprise")
        .order_by("is_stale", "rank", "pk")
    )
    introductions = list(
        Introduction.objects.filter(company__in=listed, establishment__in=numbers)
        .select_related("establishment__enterprise")
        .order_by("-pk")
    )
    places = {match.establishment_id for match in matches}
    places |= {introduction.establishment_id for introduction in introductions}
    by_number = {
        one.number: one for one in differences.filter(number__in=places).order_by("number")
    }
    changes = changes_of(by_number.values())

    def partner(one: Match | Introduction) -> TouchedPartner:
        difference = by_number[one.establishment_id]
        return found[one.company_id].setdefault(
            one.establishment_id,
            TouchedPartner(one.establishment, difference, changes[difference.pk]),
        )

    for match in matches:
        partner(match).matches.append(match)
    for introduction in introductions:
        partner(introduction).introductions.append(introduction)
    return [_touched(company, found[company.pk].values()) for company in listed]


def _touched(company: Company, partners: Iterable[TouchedPartner]) -> TouchedCompany:
    ordered = sorted(partners, key=lambda one: one.weight)
    kinds = Counter(one.difference.kind for one in ordered)
    return TouchedCompany(
        company=company,
        counts=[(kind.label, kinds[kind.value]) for kind in TOUCHING if kinds[kind.value]],
        partners=ordered[:MOST_SHOWN],
        more=max(0, len(ordered) - MOST_SHOWN),
    )
