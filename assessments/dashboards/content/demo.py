"""Shapes of the demo companies. All of it is fictional."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.common.vocabulary import Cell, Opportunity


@dataclass(frozen=True)
class DemoActivity:
    """Share of turnover in %, size band, and what is known of the work (None: unknown)."""

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
class DemoWorkforce:
    """FTE of target-group workers by guidance level, and who guides them.

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
    status: str = "verified"
