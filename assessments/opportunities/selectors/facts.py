"""Encode: what rooms below know of companies, as facts for the rules.

The number of queries does not depend on the number of companies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from assessments.opportunities.content.support import SUPPORT_TOPICS
from assessments.opportunities.domain.facts import (
    ActivityShare,
    FactName,
    Facts,
    Span,
    weights,
)
from assessments.opportunities.selectors.places import (
    Neighbourhood,
    Point,
    is_near,
    places_of_customers,
    points_of,
)
from assessments.opportunities.selectors.scenarios import chosen_figures
from assessments.readiness.models import PAYING_KINDS
from assessments.readiness.selectors import (
    ReadinessProfile,
    measures_by_topic,
    readiness_profiles,
)
from companies.profiles.domain.completeness import Part
from companies.profiles.domain.guidance import COUNTED_GROUPS, guides
from companies.profiles.enums import (
    COBOTS,
    OPERATOR_SUPPORT,
    Seasonality,
    SeriesSize,
)
from companies.profiles.models import Activity, WorkforceNorm, WorkforceYear
from companies.profiles.selectors import (
    CompanyProfile,
    company_profiles,
    fte_by_cell,
    norms_of,
)
from portal.common.vocabulary import (
    Cell,
    Criterion,
    GuidanceLevel,
    Opportunity,
    Sector,
    ValueChainStep,
)

Values = dict[FactName, Span]

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
    "operator_support": FactName.OPERATOR_SUPPORT,
    "resilience": FactName.RESILIENCE,
}
# What calculators hand on (``Definition.feeds``), as a fact for the rules.
CALCULATED_FACTS: Final = {
    "local_cost_premium_percent": FactName.LOCAL_COST_PREMIUM,
    "payback_years": FactName.PAYBACK_YEARS,
    "break_even_share_of_market_percent": FactName.BREAK_EVEN_MARKET_SHARE,
    "joint_saving_percent": FactName.JOINT_SAVING,
    "host_share_percent": FactName.HOST_SHARE,
}
FOOD_SECTORS: Final = frozenset({Sector.LANDBOUW, Sector.VOEDING})
METAL_WOOD: Final = frozenset({Sector.METAAL, Sector.HOUT})
SHORT_SERIES: Final = frozenset({SeriesSize.SINGLE, SeriesSize.SMALL})
# Equipment bought in these years is called recent; the study gives no age, so it is ours.
RECENT_YEARS: Final = 10
# What money that pays for investment in technology that works with people is about.
INVESTMENT_TOPICS: Final = SUPPORT_TOPICS[Opportunity.FVDT, Criterion.INVESTERING]


def collect_facts(company_ids: Iterable[int], *, today: date) -> dict[int, Facts]:
    """Facts by company id, for the ids that exist; offers that are over count as none."""
    profiles = company_profiles(sorted(set(company_ids)))
    readiness = readiness_profiles([profile.company.pk for profile in profiles])
    norms = list(WorkforceNorm.objects.order_by("-valid_from", "pk"))
    places = places_of_customers(profiles)
    neighbourhood = Neighbourhood()
    surroundings = investment_facts(today)
    calculated = chosen_figures([profile.company.pk for profile in profiles], today=today)
    return {
        profile.company.pk: Facts(
            activities=_shares(profile.activities),
            values={
                **_activity_facts(profile.activities),
                **_customer_facts(profile, places),
                **_neighbour_facts(profile, neighbourhood),
                **_workforce_facts(profile.workforce, norms),
                **_offer_facts(profile, today),
                **_competence_facts(profile),
                **_equipment_facts(profile, today),
                **_current_work_facts(profile),
                **_readiness_facts(readiness.get(profile.company.pk)),
                **_calculated_facts(calculated.get(profile.company.pk, {})),
                **surroundings,
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
        FactName.RELOCATABLE_SHARE: answered([item.relocatable for item in activities]),
        FactName.SHORT_SERIES_SHARE: answered(
            [item.series_size in SHORT_SERIES if item.series_size else None for item in activities]
        ),
        FactName.PEAK_SHARE: answered(
            [
                item.seasonality != Seasonality.STEADY if item.seasonality else None
                for item in activities
            ]
        ),
        FactName.ACTIVITY_COUNT: Span.exactly(len(activities)),
        FactName.MAIN_ACTIVITY_SHARE: Span.exactly(Fraction(100 * max(parts), total)),
    }


def _customer_facts(profile: CompanyProfile, places: Mapping[str, Sequence[Point]]) -> Values:
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
    own = points_of(profile.establishments)
    if own:
        known = [places[c.enterprise_number] for c in customers if c.enterprise_number in places]
        near = sum(1 for points in known if is_near(own, points))
        unknown = len(customers) - len(known)
        facts[FactName.NEARBY_CUSTOMER_COUNT] = Span(Fraction(near), Fraction(near + unknown))
    return facts


def _neighbour_facts(profile: CompanyProfile, neighbourhood: Neighbourhood) -> Values:
    own = points_of(profile.establishments)
    cells = {activity.cell for activity in profile.activities if activity.cell}
    if not own or not cells:
        return {}
    count = neighbourhood.complementary(own, cells)
    return {FactName.COMPLEMENTARY_NEIGHBOURS: Span.exactly(count)}


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
        counted = sum(fte for (group, _), fte in cells.items() if group in COUNTED_GROUPS)
        # Only in tens: enough to weigh, and it tells less of a small team.
        tens = round(10 * Fraction(counted) / total)
        facts[FactName.WEAKEST_GROUPS_SHARE] = Span.exactly(10 * tens)
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


def _equipment_facts(profile: CompanyProfile, today: date) -> Values:
    """Equipment without a year may be recent or not; a company that has none has no recent."""
    rows = profile.equipment
    if not rows and Part.EQUIPMENT not in profile.confirmed:
        return {}
    total = sum(row.quantity for row in rows)
    since = today.year - RECENT_YEARS
    recent = sum(row.quantity for row in rows if row.year_bought and row.year_bought >= since)
    undated = sum(row.quantity for row in rows if row.year_bought is None)
    aids = any(row.kind in OPERATOR_SUPPORT | COBOTS for row in rows)
    return {
        FactName.RECENT_EQUIPMENT_SHARE: Span(
            Fraction(100 * recent, total or 1), Fraction(100 * (recent + undated), total or 1)
        ),
        FactName.OPERATOR_AIDS: Span.exactly(aids),
    }


def _current_work_facts(profile: CompanyProfile) -> Values:
    """As long as nothing is listed or confirmed, nothing is known; then the rest is absent."""
    products, enclaves = profile.own_products, profile.enclaves
    told = products or enclaves or profile.cooperations
    if not told and Part.CURRENT_WORK not in profile.confirmed:
        return {}
    sold = sum(product.turnover_share or 0 for product in products)
    is_open = any(product.turnover_share is None for product in products)
    hosts: Counter[str] = Counter()
    for enclave in enclaves:
        hosts[enclave.host_number or enclave.host_name.casefold()] += enclave.places
    largest = Fraction(100 * max(hosts.values()), hosts.total()) if hosts else Fraction(0)
    return {
        FactName.OWN_PRODUCT_COUNT: Span.exactly(len(products)),
        FactName.OWN_PRODUCT_SHARE: Span(Fraction(sold), Fraction(100 if is_open else sold)),
        FactName.ENCLAVE_COUNT: Span.exactly(len(enclaves)),
        FactName.HOST_COUNT: Span.exactly(len(hosts)),
        FactName.LARGEST_HOST_SHARE: Span.exactly(largest),
        FactName.EARLIER_COOPERATION: Span.exactly(bool(profile.cooperations)),
    }


def _readiness_facts(profile: ReadinessProfile | None) -> Values:
    """Only from a submitted scan: the company was told that others see nothing earlier.

    A part that the questionnaire of the scan did not have yet is not known.
    """
    if profile is None or profile.submitted_at is None:
        return {}
    facts: Values = {}
    if profile.overall is not None:
        facts[FactName.READINESS_MEAN] = Span(profile.overall.low, profile.overall.high)
    for part in (*profile.scores.transitions, *profile.scores.modules):
        name = READINESS_FACTS.get(part.slug)
        if name is not None and part.score is not None:
            facts[name] = Span(part.score.low, part.score.high)
    return facts


def _calculated_facts(figures: Mapping[str, Fraction]) -> Values:
    """From the scenarios that the company lets count; what none hands on is not asked."""
    return {
        CALCULATED_FACTS[name]: Span.exactly(value)
        for name, value in figures.items()
        if name in CALCULATED_FACTS
    }


def investment_facts(today: date) -> Values:
    """Whether a call or subsidy for technology is open; the same for all. One query.

    One without dates does not count: the list ships without any, and a verdict does not lean
    on money of which nobody noted that it can be asked for.
    """
    by_topic = measures_by_topic(today)
    fits = any(
        measure.kind in PAYING_KINDS and not measure.lacks_dates
        for topic in INVESTMENT_TOPICS
        for measure in by_topic.get(topic, ())
    )
    return {FactName.INVESTMENT_CALL: Span.exactly(fits)}
