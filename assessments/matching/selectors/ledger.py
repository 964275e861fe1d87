"""Reads over the ledger: what passed between companies and partners."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from assessments.matching.domain.history import History, Past, Refusal, history_of
from assessments.matching.domain.introductions import INTRODUCED_STATES, Side, State
from assessments.matching.domain.problem import PairKey
from assessments.matching.enums import Opinion
from assessments.matching.models import Interaction, Introduction, Match
from portal.common.vocabulary import Opportunity

# Company, opportunity, establishment, as rows name them.
Triple = tuple[int, str, str]
TRIPLE = ("company_id", "opportunity", "establishment_id")
AGREED_STATES = (State.AGREEMENT, State.RUNNING)


def history(
    company_ids: Mapping[int, int], *, days: int, today: date
) -> tuple[History, dict[int, str]]:
    """Contacts and rest of these companies as of ``today``, and their hashes; two queries.

    ``company_ids`` leads from enterprise numbers to keys, which the hashes go by.
    """
    numbers = {pk: number for number, pk in company_ids.items()}
    pasts, refusals = _pasts(numbers), _refusals(numbers)
    hashes = {company_ids[number]: text for number, text in _hashes(pasts, refusals).items()}
    return history_of(pasts, refusals, days=days, today=today), hashes


def history_hashes(companies: Iterable[int]) -> dict[int, str]:
    """What passed of each company in one word; none without history; two queries.

    It changes with what was decided, not with the day: the run of the night sees rest
    that is over. What somebody only saw is not in it.
    """
    keys = {pk: pk for pk in companies}
    return _hashes(_pasts(keys), _refusals(keys))


def _hashes(pasts: Iterable[Past], refusals: Iterable[Refusal]) -> dict[int, str]:
    """By the company of the keys; the hash itself does not hold which number that is."""
    lines: dict[int, list[str]] = {}
    rows: list[Past | Refusal] = [*pasts, *refusals]
    for one in rows:
        company, number, opportunity = one.key
        lines.setdefault(company, []).append(repr(replace(one, key=(0, number, opportunity))))
    return {
        number: sha256("|".join(sorted(found)).encode()).hexdigest()
        for number, found in lines.items()
    }


def _pair(numbers: Mapping[int, int], company_id: int, opportunity: str, place: str) -> PairKey:
    return (numbers[company_id], int(place), Opportunity(opportunity))


def _pasts(numbers: Mapping[int, int]) -> list[Past]:
    rows = (
        Introduction.objects.filter(company__in=list(numbers))
        .order_by("pk")
        .annotate(
            begun_at=Min("steps__taken_at"),
            asked=Count("steps", filter=Q(steps__number=1, steps__side=Side.PARTNER)),
            introduced=Count("steps", filter=Q(steps__state__in=sorted(INTRODUCED_STATES))),
            agreed=Count("steps", filter=Q(steps__state__in=sorted(AGREED_STATES))),
            declined_at=Max("steps__taken_at", filter=Q(steps__state=State.DECLINED)),
        )
        .values_list(*TRIPLE, "begun_at", "asked", "introduced", "agreed", "declined_at")
    )
    return [
        Past(
            _pair(numbers, *row[:3]),
            row[3],
            asked_by_partner=bool(row[4]),
            introduced=bool(row[5]),
            agreed=bool(row[6]),
            declined_on=None if row[7] is None else timezone.localdate(row[7]),
        )
        for row in rows
    ]


def _refusals(numbers: Mapping[int, int]) -> list[Refusal]:
    newest = newest_opinions().filter(company__in=list(numbers))
    rows = newest.values_list(*TRIPLE, "opinion", "given_at")
    return [
        Refusal(_pair(numbers, *row[:3]), row[4], timezone.localdate(row[4]))
        for row in rows
        if row[3] == Opinion.NOT_RELEVANT
    ]


def newest_opinions() -> QuerySet[Interaction]:
    """The newest opinion of each side on each pair and opportunity: the one that counts."""
    by = ("company_id", "opportunity", "establishment_id", "side")
    return Interaction.objects.order_by(*by, "-pk").distinct(*by)


def open_triples() -> frozenset[Triple]:
    """Pairs and opportunities with an introduction under way; one query."""
    return frozenset(Introduction.objects.open().order_by("pk").values_list(*TRIPLE))


def proposed_triples(*, besides: int | None = None) -> frozenset[Triple]:
    """Current proposals, without those of the company ``besides``; one query."""
    rows = Match.objects.filter(proposed=True, is_stale=False)
    if besides is not None:
        rows = rows.exclude(company=besides)
    return frozenset(rows.order_by("pk").values_list(*TRIPLE))


def kept_triples(companies: Collection[int]) -> frozenset[Triple]:
    """Current proposals of these companies that somebody saw or marked; two queries.

    What is not relevant any more to one of the two is not kept.
    """
    rows = newest_opinions().filter(company__in=companies).values_list(*TRIPLE, "opinion")
    seen: set[Triple] = set()
    refused: set[Triple] = set()
    for company_id, opportunity, place, opinion in rows:
        chosen = refused if opinion == Opinion.NOT_RELEVANT else seen
        chosen.add((company_id, opportunity, place))
    current = Match.objects.filter(company__in=companies, proposed=True, is_stale=False)
    return frozenset(seen - refused) & frozenset(current.order_by("pk").values_list(*TRIPLE))
