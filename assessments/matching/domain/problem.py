"""The input of matching as frozen values: companies, partners, what passed between them.

Companies are few (hundreds) and stand as objects; partners are many (up to
millions) and stand as columns. What makes a partner special (it signed up, it
refused) is kept apart by establishment number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assessments.matching.domain.policy import Policy
from assessments.matching.domain.units import Int64
from portal.common.vocabulary import Opportunity, Verdict

Point = tuple[int, int]
# (NACE version, code, KBO classification) of each activity, in canonical order.
ActivityProfile = tuple[tuple[str, str, str], ...]
# (company's enterprise number, establishment number, opportunity)
PairKey = tuple[int, int, Opportunity]

_CLASS_ORDER = {"MAIN": 0, "SECO": 1, "ANCI": 2}


@dataclass(frozen=True, slots=True)
class Activity:
    """Work of a company: a cell of the study, or ``version:code`` when outside it."""

    key: str
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a company offers for an opportunity, and how far it will go (metres)."""

    radius_m: int | None = None
    amount: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class CustomerShare:
    """A customer's share of turnover in whole percents; ``division`` of NACE 2025."""

    enterprise: int | None
    division: str
    share: int


@dataclass(frozen=True, slots=True)
class Company:
    """A maatwerk company. ``verdicts``: an adviser's, or the lowest still possible."""

    number: int
    points: tuple[Point, ...] = ()
    activities: tuple[Activity, ...] = ()
    verdicts: Mapping[Opportunity, Verdict] = field(default_factory=dict)
    offers: Mapping[Opportunity, Offer] = field(default_factory=dict)
    competences: frozenset[str] = frozenset()
    customers: tuple[CustomerShare, ...] = ()
    # Enterprise numbers of its declared group, besides its own.
    group: frozenset[int] = frozenset()
    # Qualified and in-training guides in hundredths of an FTE; None when unknown.
    guides_fte: int | None = None

    def is_own(self, enterprise: int) -> bool:
        """The enterprise is the company itself or one of its group."""
        return enterprise == self.number or enterprise in self.group


@dataclass(frozen=True, slots=True)
class Need:
    """What a signed-up partner seeks for an opportunity.

    ``asked`` are the competences and certificates asked; ``required`` those of
    them that are certificates, without which there is no match.
    """

    amount: int | None = None
    unit: str = ""
    radius_m: int | None = None
    asked: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a signed-up partner said."""

    opted_out: bool = False
    needs: Mapping[Opportunity, Need] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Partners:
    """Columns of the partners, all of one length.

    ``number`` and ``enterprise`` are register numbers without dots, as integers;
    ``profile`` indexes ``profiles``; ``x``/``y`` are whole metres, meaningless
    where ``placed`` is False.
    """

    number: Int64
    enterprise: Int64
    x: Int64
    y: Int64
    placed: NDArray[np.bool_]
    active: NDArray[np.bool_]
    profile: Int64
    profiles: tuple[ActivityProfile, ...]
    terms: Mapping[int, Terms] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.number)

    @classmethod
    def build(
        cls, rows: Sequence[PartnerRow], terms: Mapping[int, Terms] | None = None
    ) -> Partners:
        """Columns in canonical order (by establishment number) from rows in any order."""
        ordered = sorted(rows, key=lambda row: row[0])
        profiles = {profile: index for index, profile in enumerate(sorted({r[5] for r in ordered}))}
        columns = cls(
            number=np.array([r[0] for r in ordered], dtype=np.int64),
            enterprise=np.array([r[1] for r in ordered], dtype=np.int64),
            x=np.array([0 if r[2] is None else r[2] for r in ordered], dtype=np.int64),
            y=np.array([0 if r[3] is None else r[3] for r in ordered], dtype=np.int64),
            placed=np.array([r[2] is not None and r[3] is not None for r in ordered], dtype=bool),
            active=np.array([r[4] for r in ordered], dtype=bool),
            profile=np.array([profiles[r[5]] for r in ordered], dtype=np.int64),
            profiles=tuple(profiles),
            terms=dict(terms or {}),
        )
        for name in ("number", "enterprise", "x", "y", "placed", "active", "profile"):
            getattr(columns, name).flags.writeable = False
        if len(np.unique(columns.number)) != len(columns):
            raise ValueError("an establishment stands twice among the partners")
        return columns

    def index_of(self, number: int) -> int | None:
        """Row of an establishment, or None when it is not among the partners."""
        row = int(np.searchsorted(self.number, number))
        return row if row < len(self) and int(self.number[row]) == number else None


# Establishment number, enterprise number, x and y in metres, whether it is active,
# and its activities.
PartnerRow = tuple[int, int, int | None, int | None, bool, ActivityProfile]


@dataclass(frozen=True, slots=True)
class Problem:
    """All that a run looks at."""

    policy: Policy
    companies: tuple[Company, ...]
    partners: Partners
    # Contact component in millionths where it is not "never contacted".
    contacts: Mapping[PairKey, int] = field(default_factory=dict)
    # Pairs that decided against each other within the cooling-off period.
    resting: frozenset[PairKey] = frozenset()

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.companies, key=lambda company: company.number))
        object.__setattr__(self, "companies", ordered)


def make_profile(rows: Sequence[tuple[str, str, str]]) -> ActivityProfile:
    """Activities in canonical order: main first, then version and code."""
    return tuple(sorted(set(rows), key=lambda row: (_CLASS_ORDER[row[2]], row[0], row[1])))


# The divisions whose digits changed their meaning between NACE 2008 and 2025:
# trade in and repair of vehicles (45) went to retail trade (47) for its larger part.
_DIVISIONS_2008 = {"45": "47"}


def sector_of(profile: ActivityProfile) -> str:
    """The partner's sector: division (NACE 2025) of its first, most important activity."""
    if not profile:
        return ""
    version, code, _ = profile[0]
    division = code[:2]
    return division if version == "2025" else _DIVISIONS_2008.get(division, division)


def share_weights(activities: Sequence[Activity]) -> tuple[int, ...]:
    """Whole weights of the activities from their shares of turnover.

    Activities without a share divide what the others leave of 100 % equally; no
    shares at all (or only zeros) means equal weights.
    """
    unknown = sum(activity.share is None for activity in activities)
    given = sum(activity.share or 0 for activity in activities)
    rest = max(0, 100 - given)
    scale = max(1, unknown)
    weights = tuple(
        rest if activity.share is None else activity.share * scale for activity in activities
    )
    return weights if any(weights) else (1,) * len(activities)
