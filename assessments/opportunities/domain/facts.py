"""The facts that rules may read: names, units, and where a company enters them.

A fact is always a span (lowest, highest possible value) of exact fractions: a
yes is (1, 1), a no (0, 0), a readiness score with open answers a real range. A
fact that nobody entered is absent. Labels and questions stand in
``assessments.opportunities.content``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import Final

from portal.common.vocabulary import Cell

# Figures of a year that lies further back than this are called outdated.
OUTDATED_AFTER_YEARS: Final = 2


class Unit(StrEnum):
    """How a fact is counted and written."""

    PERCENT = "percent"
    FTE = "fte"
    COUNT = "count"
    PLACES = "places"
    LEVEL = "level"
    YEARS = "years"
    YES_NO = "yes_no"


class FactName(StrEnum):
    """Every fact that a rule may read."""

    MAKING_SHARE = "making_share"
    HANDLING_SHARE = "handling_share"
    FOOD_SHARE = "food_share"
    METAL_WOOD_SHARE = "metal_wood_share"
    CUSTOM_WORK_SHARE = "custom_work_share"
    JUST_IN_TIME_SHARE = "just_in_time_share"
    AUTOMATABLE_SHARE = "automatable_share"
    MANUAL_SHARE = "manual_share"
    RELOCATABLE_SHARE = "relocatable_share"
    SHORT_SERIES_SHARE = "short_series_share"
    PEAK_SHARE = "peak_share"
    ACTIVITY_COUNT = "activity_count"
    MAIN_ACTIVITY_SHARE = "main_activity_share"
    COMPLEMENTARY_NEIGHBOURS = "complementary_neighbours"
    LARGEST_CUSTOMER_SHARE = "largest_customer_share"
    CUSTOMER_COUNT = "customer_count"
    STRATEGIC_CUSTOMER_SHARE = "strategic_customer_share"
    NEARBY_CUSTOMER_COUNT = "nearby_customer_count"
    GUIDES_SURPLUS = "guides_surplus"
    LOW_MIDDLE_SHARE = "low_middle_share"
    WEAKEST_GROUPS_SHARE = "weakest_groups_share"
    ENCLAVE_SHARE = "enclave_share"
    ON_LOCATION_SHARE = "on_location_share"
    SUPERVISION_SHARE = "supervision_share"
    ENCLAVE_PLACES = "enclave_places"
    PARTNERSHIP_OFFER = "partnership_offer"
    CERTIFICATE_COUNT = "certificate_count"
    SALES_SKILLS = "sales_skills"
    RECENT_EQUIPMENT_SHARE = "recent_equipment_share"
    OPERATOR_AIDS = "operator_aids"
    OWN_PRODUCT_COUNT = "own_product_count"
    OWN_PRODUCT_SHARE = "own_product_share"
    ENCLAVE_COUNT = "enclave_count"
    HOST_COUNT = "host_count"
    LARGEST_HOST_SHARE = "largest_host_share"
    EARLIER_COOPERATION = "earlier_cooperation"
    READINESS_MEAN = "readiness_mean"
    READINESS_WCMT = "readiness_wcmt"
    READINESS_E2E = "readiness_e2e"
    READINESS_DIGITAL = "readiness_digital"
    READINESS_HUMAN = "readiness_human"
    READINESS_NETWORK = "readiness_network"
    READINESS_ECO = "readiness_eco"
    READINESS_SMART = "readiness_smart"
    OPERATOR_SUPPORT = "operator_support"
    RESILIENCE = "resilience"
    INVESTMENT_CALL = "investment_call"
    LOCAL_COST_PREMIUM = "local_cost_premium"
    PAYBACK_YEARS = "payback_years"
    BREAK_EVEN_MARKET_SHARE = "break_even_market_share"
    JOINT_SAVING = "joint_saving"
    HOST_SHARE = "host_share"


@dataclass(frozen=True, slots=True)
class FactSpec:
    """What a fact is: its unit, page of entry, and whether a company can move it.

    ``entered_at`` is a URL name taking ``company_id``. ``step`` is the smallest
    change that a person would write down. A fact that follows from the mix of
    activities is not ``changeable``: the counterfactual does not propose it. One that is
    ``optional`` is the outcome of a calculation that a company may make or not: while it is
    absent nobody asked, and no criterion is unknown for want of it (decision 14).
    """

    unit: Unit
    entered_at: str
    changeable: bool = True
    step: Fraction = Fraction(1)
    maximum: int | None = None
    optional: bool = False


ACTIVITIES: Final = "profiles:activities"
WORKFORCE: Final = "profiles:workforce"
CUSTOMERS: Final = "profiles:customers"
OFFERS: Final = "profiles:offers"
COMPETENCES: Final = "profiles:competences"
EQUIPMENT: Final = "profiles:equipment"
CURRENT_WORK: Final = "profiles:current_work"
READINESS: Final = "readiness:overview"
# Where a company finds the calculations.
CALCULATIONS: Final = "opportunities:calculators"


def _share(entered_at: str, *, changeable: bool = True) -> FactSpec:
    return FactSpec(Unit.PERCENT, entered_at, changeable, maximum=100)


def _level() -> FactSpec:
    return FactSpec(Unit.LEVEL, READINESS, step=Fraction(1, 5), maximum=5)


def _yes_no(entered_at: str, *, changeable: bool = True) -> FactSpec:
    return FactSpec(Unit.YES_NO, entered_at, changeable, maximum=1)


def _calculated(unit: Unit) -> FactSpec:
    return FactSpec(unit, CALCULATIONS, optional=True)


CATALOGUE: Final[Mapping[FactName, FactSpec]] = {
    FactName.MAKING_SHARE: _share(ACTIVITIES, changeable=False),
    FactName.HANDLING_SHARE: _share(ACTIVITIES, changeable=False),
    FactName.FOOD_SHARE: _share(ACTIVITIES, changeable=False),
    FactName.METAL_WOOD_SHARE: _share(ACTIVITIES, changeable=False),
    FactName.CUSTOM_WORK_SHARE: _share(ACTIVITIES),
    FactName.JUST_IN_TIME_SHARE: _share(ACTIVITIES),
    FactName.AUTOMATABLE_SHARE: _share(ACTIVITIES, changeable=False),
    FactName.MANUAL_SHARE: _share(ACTIVITIES, changeable=False),
    FactName.RELOCATABLE_SHARE: _share(ACTIVITIES, changeable=False),
    FactName.SHORT_SERIES_SHARE: _share(ACTIVITIES, changeable=False),
    FactName.PEAK_SHARE: _share(ACTIVITIES, changeable=False),
    FactName.ACTIVITY_COUNT: FactSpec(Unit.COUNT, ACTIVITIES, changeable=False),
    FactName.MAIN_ACTIVITY_SHARE: _share(ACTIVITIES, changeable=False),
    FactName.COMPLEMENTARY_NEIGHBOURS: FactSpec(Unit.COUNT, ACTIVITIES, changeable=False),
    FactName.LARGEST_CUSTOMER_SHARE: _share(CUSTOMERS),
    FactName.CUSTOMER_COUNT: FactSpec(Unit.COUNT, CUSTOMERS),
    FactName.STRATEGIC_CUSTOMER_SHARE: _share(CUSTOMERS),
    FactName.NEARBY_CUSTOMER_COUNT: FactSpec(Unit.COUNT, CUSTOMERS),
    FactName.GUIDES_SURPLUS: FactSpec(Unit.FTE, WORKFORCE, step=Fraction(1, 10)),
    FactName.LOW_MIDDLE_SHARE: _share(WORKFORCE, changeable=False),
    FactName.WEAKEST_GROUPS_SHARE: _share(WORKFORCE, changeable=False),
    FactName.ENCLAVE_SHARE: _share(WORKFORCE),
    FactName.ON_LOCATION_SHARE: _share(WORKFORCE),
    FactName.SUPERVISION_SHARE: _share(WORKFORCE),
    FactName.ENCLAVE_PLACES: FactSpec(Unit.PLACES, OFFERS),
    FactName.PARTNERSHIP_OFFER: _yes_no(OFFERS),
    FactName.CERTIFICATE_COUNT: FactSpec(Unit.COUNT, COMPETENCES),
    FactName.SALES_SKILLS: _yes_no(COMPETENCES),
    FactName.RECENT_EQUIPMENT_SHARE: _share(EQUIPMENT),
    FactName.OPERATOR_AIDS: _yes_no(EQUIPMENT),
    FactName.OWN_PRODUCT_COUNT: FactSpec(Unit.COUNT, CURRENT_WORK),
    FactName.OWN_PRODUCT_SHARE: _share(CURRENT_WORK),
    FactName.ENCLAVE_COUNT: FactSpec(Unit.COUNT, CURRENT_WORK),
    FactName.HOST_COUNT: FactSpec(Unit.COUNT, CURRENT_WORK),
    FactName.LARGEST_HOST_SHARE: _share(CURRENT_WORK),
    FactName.EARLIER_COOPERATION: _yes_no(CURRENT_WORK),
    FactName.READINESS_MEAN: _level(),
    FactName.READINESS_WCMT: _level(),
    FactName.READINESS_E2E: _level(),
    FactName.READINESS_DIGITAL: _level(),
    FactName.READINESS_HUMAN: _level(),
    FactName.READINESS_NETWORK: _level(),
    FactName.READINESS_ECO: _level(),
    FactName.READINESS_SMART: _level(),
    FactName.OPERATOR_SUPPORT: _level(),
    FactName.RESILIENCE: _level(),
    FactName.INVESTMENT_CALL: _yes_no(READINESS, changeable=False),
    FactName.LOCAL_COST_PREMIUM: _calculated(Unit.PERCENT),
    FactName.PAYBACK_YEARS: _calculated(Unit.YEARS),
    FactName.BREAK_EVEN_MARKET_SHARE: _calculated(Unit.PERCENT),
    FactName.JOINT_SAVING: _calculated(Unit.PERCENT),
    FactName.HOST_SHARE: _calculated(Unit.PERCENT),
}
OPTIONAL: Final = frozenset(name for name, spec in CATALOGUE.items() if spec.optional)


@dataclass(frozen=True, slots=True)
class Span:
    """Lowest and highest value that a fact can still have; equal when it is known."""

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            message = f"a span needs its lowest value first, not {self.low} > {self.high}"
            raise ValueError(message)

    @classmethod
    def exactly(cls, value: Fraction | int | bool) -> Span:
        """A known value; yes and no become 1 and 0."""
        exact = Fraction(value)
        return cls(exact, exact)


@dataclass(frozen=True, slots=True)
class ActivityShare:
    """One activity: a cell of the study, or ``None`` for work outside it; share in %."""

    cell: Cell | None
    share: int | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the rules may know of one company at one moment."""

    activities: tuple[ActivityShare, ...] = ()
    values: Mapping[FactName, Span] = field(default_factory=dict)
    workforce_year: int | None = None

    def with_values(self, values: Mapping[FactName, Span]) -> Facts:
        """These facts with some values replaced."""
        return replace(self, values={**self.values, **values})


def weights(activities: tuple[ActivityShare, ...]) -> tuple[int, ...]:
    """Whole-number weights in proportion to the shares of turnover.

    Given shares count as they stand, whatever their sum. Activities without a
    share divide equally what the given ones leave of 100 %. When nothing is
    given (or only zeros), all activities weigh the same.
    """
    given = sum(activity.share for activity in activities if activity.share is not None)
    missing = sum(1 for activity in activities if activity.share is None)
    rest = max(0, 100 - given)
    # Multiplied by the number of missing shares, so that the rest divides exactly.
    scale = missing or 1
    shares = tuple(
        rest if activity.share is None else activity.share * scale for activity in activities
    )
    return shares if any(shares) else (1,) * len(activities)


def is_outdated(year: int | None, *, this_year: int) -> bool:
    """The figures of ``year`` are older than ``OUTDATED_AFTER_YEARS`` full years."""
    return year is not None and this_year - year > OUTDATED_AFTER_YEARS
