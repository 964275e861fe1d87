"""Shapes of the demo companies. All of it is fictional."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from portal.common.vocabulary import Cell, Opportunity


@dataclass(frozen=True)
class DemoActivity:
    """Share of turnover in %, size band, and what is known of the work (None: unknown).

    Series, season and whether it could move abroad follow from it: ``usual_of``.
    """

    cell: Cell | None
    share: int
    fte_band: str
    custom_work: bool | None = None
    just_in_time: bool | None = None
    manual_share: int | None = None
    automatable: bool | None = None
    description: str = ""
    nace_code: str = ""


@dataclass(frozen=True)
class DemoUsual:
    """What work of one kind is mostly like: can it move abroad, in what series, when."""

    relocatable: bool
    series_size: str
    seasonality: str


USUAL: dict[Cell, DemoUsual] = {
    Cell.GRONDSTOFFEN_LANDBOUW: DemoUsual(False, "large", "season"),
    Cell.GRONDSTOFFEN_VOEDING: DemoUsual(False, "large", "peaks"),
    Cell.GRONDSTOFFEN_TEXTIEL: DemoUsual(True, "large", "steady"),
    Cell.MAAK_METAAL: DemoUsual(True, "medium", "steady"),
    Cell.MAAK_HOUT: DemoUsual(False, "medium", "steady"),
    Cell.MAAK_TEXTIEL: DemoUsual(True, "small", "peaks"),
    Cell.MAAK_DRUKKERIJ: DemoUsual(False, "small", "peaks"),
    Cell.HANDLING_VERPAKKING: DemoUsual(True, "large", "peaks"),
    Cell.HANDLING_VOEDING: DemoUsual(False, "large", "season"),
    Cell.HANDLING_TEXTIEL: DemoUsual(True, "medium", "season"),
}
# Other work of the demo companies is done on the spot: gardens, sorting, repair.
USUAL_OUTSIDE = DemoUsual(False, "single", "season")


def usual_of(activity: DemoActivity) -> DemoUsual | None:
    """The usual answers; None for a company that told nothing of the work yet.

    Custom work comes in smaller series, and is done near the customer.
    """
    if activity.manual_share is None:
        return None
    usual = USUAL[activity.cell] if activity.cell else USUAL_OUTSIDE
    return replace(usual, relocatable=False, series_size="small") if activity.custom_work else usual


@dataclass(frozen=True)
class DemoWorkforce:
    """FTE of target-group workers by guidance level, and who guides them.

    ``guides`` are qualified, ``in_training`` come on top of them.
    ``split``: shares (%) of the three target-group categories, in the order of the decree.
    """

    high: int
    middle: int
    low: int
    guides: float
    in_training: float = 0
    supervision: float = 4
    split: tuple[int, int, int] = (70, 20, 10)
    doorstroom: int = 0
    enclave: int = 0
    on_location: int = 0


@dataclass(frozen=True)
class DemoCompany:
    """One maatwerk company: place, work, people, customers, offers, readiness levels.

    ``customers``: (name, NACE division, share of turnover in %).
    ``offers``: opportunity -> (radius in km or None, amount in its unit).
    ``levels``: readiness level per transition, in the fixed order; 0 = not answered yet.
    ``hosts``: host companies of its enclaves. ``product_share``: its own product in turnover (%).
    """

    name: str
    postcode: str
    activities: tuple[DemoActivity, ...]
    workforce: DemoWorkforce | None
    customers: tuple[tuple[str, str, int], ...] = ()
    offers: dict[Opportunity, tuple[int | None, int]] = field(default_factory=dict)
    competences: tuple[str, ...] = ()
    levels: tuple[int, int, int, int, int, int, int] | None = None
    second_place: str = ""
    far_from_customers: bool = False
    hosts: int = 1
    product_share: int = 3
    status: str = "verified"


# First and last day of what a company offers; one of them is over.
OFFER_PERIODS: dict[tuple[str, Opportunity], tuple[date, date]] = {
    ("De Chocoladehand vzw (demo)", Opportunity.ENCLAVE): (date(2026, 9, 1), date(2028, 8, 31)),
    ("Alleskunners Limburg vzw (demo)", Opportunity.SAMENWERKING): (
        date(2025, 1, 1),
        date(2025, 12, 31),
    ),
}
