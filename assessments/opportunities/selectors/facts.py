"""Encode: what rooms below know of companies, as facts for the rules.

The number of queries does not depend on the number of companies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from assessments.opportunities.domain.facts import (
    ActivityShare,
    FactName,
    Facts,
    Span,
    weights,
)
from assessments.readiness.selectors import ReadinessProfile, readiness_profiles
from companies.profiles.domain.guidance import guides
from companies.profiles.models import Activity, CompanyEstablishment, WorkforceNorm, WorkforceYear
from companies.profiles.selectors import (
    CompanyProfile,
    company_profiles,
    fte_by_cell,
    norms_of,
)
from companies.register.models import Establishment
from portal.common.vocabulary import Cell, GuidanceLevel, Opportunity, Sector, ValueChainStep

Values = dict[FactName, Span]
Point = tuple[int, int]

NEARBY_M: Final = 25_000
# UNIZO (2025) names telecom, energy, food, finance and security as strategic; the
# divisions of NACE 2025 that stand for them: food and drinks, energy, telecom,
# finance and insurance, security.
STRATEGIC_DIVISIONS: Final = frozenset({"10", "11", "35", "61", "64", "65", "66", "80"})
SALES_COMPETENCES: Final = frozenset({"verkoop-marketing", "productontwikkeling"})
READINESS_FACTS: Final = {
    "wcmt": FactName.READINESS_WCMT,
    "e2e": FactName.READINESS_E2E,
    "digital": FactName.READINESS_DIGITAL,
    "human": FactName.READINESS_HUMAN,
    "network": FactName.READINESS_NETWORK,
    "eco": FactName.READINESS_ECO,
    "smart": FactName.READINESS_SMART,
}
FOOD_SECTORS: Final = frozenset({Sector.LANDBOUW, Sector.VOEDING})
METAL_WOOD: Final = frozenset({Sector.METAAL, Sector.HOUT})


def collect_facts(company_ids: Iterable[int], *, today: date) -> dict[int, Facts]:
    """Facts by company id, for the ids that exist; offers that are over count as none."""
    profiles = company_profiles(sorted(set(company_ids)))
    readiness = readiness_profiles([profile.company.pk for profile in profiles])
    norms = list(WorkforceNorm.objects.order_by("-valid_from", "pk"))
    places = _places_of_customers(profiles)
    return {
        profile.company.pk: Facts(
            activities=_shares(profile.activities),
            values={
                **_activity_facts(profile.activities),
                **_customer_facts(profile, places),
                **_workforce_facts(profile.workforce, norms),
                **_offer_facts(profile, today),
                **_competence_facts(profile),
                **_readiness_facts(readiness.get(profile.company.pk)),
            },
            workforce_year=profile.workforce.year if profile.workforce else None,
        )
        for profile in profiles
    }


def _shares(activities: Sequence[Activity]) -> tuple[ActivityShare, ...]:
    return tuple(
        ActivityShare(
            Cell(activity.cell) if activity.cell else None,
            activity.turnover_share,
            "" if activity.cell else activity.description,
        )
        for activity in activities
    )


def _activity_facts(activities: Sequence[Activity]) -> Values:
    if not activities:
        return {}
    shares = _shares(activities)
    parts = weights(shares)
    total = sum(parts)

    def in_cells(wanted: Callable[[Cell], bool]) -> Span:
        part = sum(
            weight
            for share, weight in zip(shares, parts, strict=True)
            if share.cell is not None and wanted(share.cell)
        )
        return Span.exactly(Fraction(100 * part, total))

    def answered(values: Sequence[bool | None]) -> Span:
        sure = sum(weight for value, weight in zip(values, parts, strict=True) if value)
        open_ = sum(weight for value, weight in zip(values, parts, strict=True) if value is None)
        return Span(Fraction(100 * sure, total), Fraction(100 * (sure + open_), total))

    def mean(values: Sequence[int | None]) -> Span:
        pairs = list(zip(values, parts, strict=True))
        low = sum((value or 0) * weight for value, weight in pairs)
        high = sum((100 if value is None else value) * weight for value, weight in pairs)
        return Span(Fraction(low, total), Fraction(high, total))

    return {
        FactName.MAKING_SHARE: in_cells(lambda cell: cell.step is ValueChainStep.MAAK),
        FactName.HANDLING_SHARE: in_cells(lambda cell: cell.step is ValueChainStep.HANDLING),
        FactName.FOOD_SHARE: in_cells(lambda cell: cell.sector in FOOD_SECTORS),
        FactName.METAL_WOOD_SHARE: in_cells(lambda cell: cell.sector in METAL_WOOD),
        FactName.CUSTOM_WORK_SHARE: answered([item.custom_work for item in activities]),
        FactName.JUST_IN_TIME_SHARE: answered([item.just_in_time for item in activities]),
        FactName.AUTOMATABLE_SHARE: answered([item.automatable for item in activities]),
        FactName.MANUAL_SHARE: mean([item.manual_share for item in activities]),
        FactName.ACTIVITY_COUNT: Span.exactly(len(activities)),
        FactName.MAIN_ACTIVITY_SHARE: Span.exactly(Fraction(100 * max(parts), total)),
    }


def _customer_facts(profile: CompanyProfile, places: dict[str, list[Point]]) -> Values:
    customers = profile.customers
    if not customers:
        return {}
    strategic = sum(
        customer.turnover_share
        for customer in customers
        if customer.nace_division in STRATEGIC_DIVISIONS
    )
    facts = {
        FactName.LARGEST_CUSTOMER_SHARE: Span.exactly(
            max(customer.turnover_share for customer in customers)
        ),
        FactName.CUSTOMER_COUNT: Span.exactly(len(customers)),
        FactName.STRATEGIC_CUSTOMER_SHARE: Span.exactly(strategic),
    }
    own = [point for place in profile.establishments if (point := _point(place)) is not None]
    if own:
        known = [places[c.enterprise_number] for c in customers if c.enterprise_number in places]
        near = sum(1 for points in known if _is_near(own, points))
        unknown = len(customers) - len(known)
        facts[FactName.NEARBY_CUSTOMER_COUNT] = Span(Fraction(near), Fraction(near + unknown))
    return facts


def _point(place: CompanyEstablishment | Establishment) -> Point | None:
    return None if place.x_m is None or place.y_m is None else (place.x_m, place.y_m)


def _is_near(own: Iterable[Point], theirs: Iterable[Point]) -> bool:
    pairs = [(one, other) for one in own for other in theirs]
    return any((a - x) ** 2 + (b - y) ** 2 <= NEARBY_M**2 for (a, b), (x, y) in pairs)


def _places_of_customers(profiles: Iterable[CompanyProfile]) -> dict[str, list[Point]]:
    """Points of the active establishments that the register knows, by enterprise number.

    A customer whose places are unknown is absent: it may be near or far.
    """
    numbers = {
        customer.enterprise_number
        for profile in profiles
        for customer in profile.customers
        if customer.enterprise_number
    }
    if not numbers:
        return {}
    found: defaultdict[str, list[Point]] = defaultdict(list)
    rows = Establishment.objects.filter(
        enterprise__in=numbers, is_active=True, x_m__isnull=False, y_m__isnull=False
    ).order_by("pk")
    for place in rows:
        point = _point(place)
        if point is not None:
            found[place.enterprise_id].append(point)
    return dict(found)


def _workforce_facts(workforce: WorkforceYear | None, norms: Sequence[WorkforceNorm]) -> Values:
    if workforce is None:
        return {}
    cells = fte_by_cell(workforce)
    heads = sum(cell.heads for cell in workforce.cells.all())
    total = Fraction(sum(cells.values()))
    facts: Values = {}
    norm = next((norm for norm in norms if norm.valid_from.year <= workforce.year), None)
    if total:
        light = sum(fte for (_, level), fte in cells.items() if level is not GuidanceLevel.HOOG)
        facts[FactName.LOW_MIDDLE_SHARE] = Span.exactly(100 * Fraction(light) / total)
        facts[FactName.SUPERVISION_SHARE] = Span.exactly(
            min(Fraction(100), 100 * Fraction(workforce.supervision_fte) / total)
        )
    if total and norm is not None:
        held = guides(cells, available=workforce.guides_fte, norms=norms_of(norm))
        facts[FactName.GUIDES_SURPLUS] = Span.exactly(held.surplus)
    if heads:
        for name, part in (
            (FactName.ENCLAVE_SHARE, workforce.enclave_heads),
            (FactName.ON_LOCATION_SHARE, workforce.on_location_heads),
        ):
            facts[name] = Span.exactly(min(Fraction(100), Fraction(100 * part, heads)))
    return facts


def _offer_facts(profile: CompanyProfile, today: date) -> Values:
    """An offer without an amount (only a radius), or that is over, says nothing."""
    facts: Values = {}
    offers = {name: row for name, row in profile.offers.items() if not row.is_over(today)}
    enclave = offers.get(Opportunity.ENCLAVE)
    if enclave is not None and enclave.amount is not None:
        facts[FactName.ENCLAVE_PLACES] = Span.exactly(enclave.amount)
    partnership = offers.get(Opportunity.SAMENWERKING)
    if partnership is not None and partnership.amount is not None:
        facts[FactName.PARTNERSHIP_OFFER] = Span.exactly(partnership.amount > 0)
    return facts


def _competence_facts(profile: CompanyProfile) -> Values:
    """As long as nothing is ticked, nothing is known; then what is not ticked is absent."""
    if not profile.competences:
        return {}
    certificates = sum(1 for competence in profile.competences if competence.is_certificate)
    return {
        FactName.CERTIFICATE_COUNT: Span.exactly(certificates),
        FactName.SALES_SKILLS: Span.exactly(bool(profile.competence_slugs & SALES_COMPETENCES)),
    }


def _readiness_facts(profile: ReadinessProfile | None) -> Values:
    """Only from a submitted scan: the company was told that others see nothing earlier."""
    if profile is None or profile.submitted_at is None:
        return {}
    facts: Values = {}
    if profile.overall is not None:
        facts[FactName.READINESS_MEAN] = Span(profile.overall.low, profile.overall.high)
    for transition in profile.scores.transitions:
        name = READINESS_FACTS.get(transition.slug)
        if name is not None and transition.score is not None:
            facts[name] = Span(transition.score.low, transition.score.high)
    return facts
