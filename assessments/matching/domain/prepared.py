"""What the engine works out once per problem, before it looks at any company.

Register entries are told apart by place and by *kind*: two partners are of one kind when
every activity of every company fits them equally well and they are in one sector. There are
a thousand places and a few thousand kinds where there are half a million partners.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assessments.matching.domain.policy import Policy
from assessments.matching.domain.problem import Need, Partners, Problem, sector_of
from assessments.matching.domain.units import Int64
from portal.common.vocabulary import Opportunity

Int32 = NDArray[np.int32]
Bool = NDArray[np.bool_]
NO_RADIUS = 1 << 40  # metres: larger than any


@dataclass(frozen=True, slots=True)
class Asked:
    """What signed-up partners ask for one opportunity, in columns of one length.

    ``position`` points into ``Columns`` and ascends; ``amount`` is 0 when nothing was said;
    ``unit`` indexes ``units``; ``asked`` and ``required`` are partners x skills.
    """

    position: Int64
    radius: Int64
    amount: Int64
    unit: Int64
    units: tuple[str, ...]
    asked: Bool
    required: Bool


@dataclass(frozen=True, slots=True)
class Columns:
    """Partners that can be candidates for one opportunity, ordered by place.

    ``first[p]`` is where place ``p`` begins (one more than there are places). ``best`` is
    activity x kind: best affinity x class weight (10**12 = 1); ``sector`` is per kind.
    """

    row: Int32
    place: Int32
    kind: Int32
    first: Int64
    position: Int32  # row of the partner -> position here, or -1
    best: Int64
    sector: Int64
    asked: Asked


class Prepared:
    """Places, sectors and, per opportunity, the columns."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        partners = problem.partners
        self.places, self._place = _distinct_places(partners.x, partners.y)
        keys = {activity.key for company in problem.companies for activity in company.activities}
        self.activities = {key: index for index, key in enumerate(sorted(keys))}
        needs = [need for terms in partners.terms.values() for need in terms.needs.values()]
        skills = set().union(*(need.asked | need.required for need in needs))
        self.skills = {skill: index for index, skill in enumerate(sorted(skills))}
        self.sectors = {
            sector: index
            for index, sector in enumerate(sorted({sector_of(p) for p in partners.profiles}))
        }
        self._sector = np.array(
            [self.sectors[sector_of(profile)] for profile in partners.profiles], dtype=np.int64
        )
        self._codes = _Codes(partners)
        self.columns = {
            opportunity: self._columns(opportunity) for opportunity in problem.policy.opportunities
        }

    def _columns(self, opportunity: Opportunity) -> Columns:
        partners = self._problem.partners
        best, watched = self._codes.fits(self._problem.policy, opportunity, self.activities)
        kind, example = _kinds(best, self._sector)
        rows = self._possible(opportunity, best.max(axis=0, initial=0) > 0, watched)
        # The smallest type that holds them: numpy sorts short whole numbers by their digits.
        places = self._place.astype(np.min_scalar_type(len(self.places)))
        rows = rows[np.argsort(places[rows], kind="stable")]
        position = np.full(len(partners), -1, dtype=np.int32)
        position[rows] = np.arange(len(rows), dtype=np.int32)
        place = self._place[rows].astype(np.int32)
        return Columns(
            row=rows.astype(np.int32),
            place=place,
            kind=kind[partners.profile[rows]].astype(np.int32),
            first=np.searchsorted(place, np.arange(len(self.places) + 1)),
            position=position,
            best=best[:, example],
            sector=self._sector[example],
            asked=self._asked(opportunity, position),
        )

    def _possible(self, opportunity: Opportunity, fits: Bool, watched: Bool) -> Int64:
        """Rows that some company could get: there, placed, fitting, watched or asking."""
        partners = self._problem.partners
        possible = watched[partners.profile]
        for number, terms in partners.terms.items():
            row = partners.index_of(number)
            if row is not None:
                asks = opportunity in terms.needs
                possible[row] = not terms.opted_out and (asks or bool(possible[row]))
        possible &= partners.placed & partners.active & fits[partners.profile]
        return np.flatnonzero(possible)

    def _asked(self, opportunity: Opportunity, position: Int32) -> Asked:
        """The needs of partners that are possible, in the order of the columns."""
        partners = self._problem.partners
        found: list[tuple[int, Need]] = []
        for number, terms in partners.terms.items():
            row, need = partners.index_of(number), terms.needs.get(opportunity)
            if row is not None and need is not None and position[row] >= 0:
                found.append((int(position[row]), need))
        found.sort(key=lambda one: one[0])
        needs = [need for _, need in found]
        units = tuple(sorted({need.unit for need in needs}))
        return Asked(
            position=np.array([at for at, _ in found], dtype=np.int64),
            radius=np.array(
                [NO_RADIUS if n.radius_m is None else n.radius_m for n in needs], dtype=np.int64
            ),
            amount=np.array([need.amount or 0 for need in needs], dtype=np.int64),
            unit=np.array([units.index(need.unit) for need in needs], dtype=np.int64),
            units=units,
            asked=self._sets([need.asked for need in needs]),
            required=self._sets([need.required for need in needs]),
        )

    def _sets(self, sets: list[frozenset[str]]) -> Bool:
        table = np.zeros((len(sets), len(self.skills)), dtype=bool)
        for at, skills in enumerate(sets):
            table[at, [self.skills[skill] for skill in skills]] = True
        return table


class _Codes:
    """The codes of all profiles end to end, so that each distinct code is looked up once."""

    def __init__(self, partners: Partners) -> None:
        profiles = partners.profiles
        self.profiles = len(profiles)
        index: dict[tuple[str, str, str], int] = {}
        flat = [index.setdefault(code, len(index)) for profile in profiles for code in profile]
        self._flat = np.array(flat, dtype=np.int64)
        sizes = np.array([len(profile) for profile in profiles], dtype=np.int64)
        # Profiles without codes are left out: a reduction needs at least one value.
        self._filled = np.flatnonzero(sizes)
        self._starts = (np.cumsum(sizes) - sizes)[self._filled]
        plain: dict[tuple[str, str], int] = {}
        self._plain_of = np.array(
            [plain.setdefault(code[:2], len(plain)) for code in index], dtype=np.int64
        )
        self._plain = list(plain)
        self._class_of = [kind for _, _, kind in index]

    def fits(
        self, policy: Policy, opportunity: Opportunity, activities: dict[str, int]
    ) -> tuple[Int64, Bool]:
        """Best affinity x class weight (activity x profile), and which profiles are watched."""
        shape = (len(activities), len(self._plain))
        affinity = np.array(
            [
                [policy.affinity(opportunity, key, *code) for code in self._plain]
                for key in activities
            ],
            dtype=np.int64,
        ).reshape(shape)
        weights = np.array([policy.class_weights[kind] for kind in self._class_of], dtype=np.int64)
        values = affinity[:, self._plain_of] * weights
        watched_codes = np.array(
            [policy.is_watched(opportunity, *code) for code in self._plain], dtype=bool
        )[self._plain_of]
        best = np.zeros((len(activities), self.profiles), dtype=np.int64)
        watched = np.zeros(self.profiles, dtype=bool)
        if len(self._filled):
            best[:, self._filled] = np.maximum.reduceat(values[:, self._flat], self._starts, axis=1)
            watched[self._filled] = np.logical_or.reduceat(watched_codes[self._flat], self._starts)
        return best, watched


def _kinds(best: Int64, sector: Int64) -> tuple[Int64, Int64]:
    """The kind of each profile, and a profile of each kind."""
    joined, size = sector, int(sector.max(initial=0)) + 1
    for row in best:
        values, number = np.unique(row, return_inverse=True)
        if size * len(values) >= 1 << 62:
            distinct, joined = np.unique(joined, return_inverse=True)
            size = len(distinct)
        joined = joined * len(values) + number
        size *= len(values)
    _, example, kind = np.unique(joined, return_index=True, return_inverse=True)
    return kind, example


def _distinct_places(x: Int64, y: Int64) -> tuple[Int64, Int64]:
    """Distinct places sorted by x then y, and the place of each partner."""
    if not len(x):
        return np.empty((0, 2), dtype=np.int64), np.empty(0, dtype=np.int64)
    # One number per place sorts far faster than pairs do; both fit in 31 bits.
    joined = ((x - x.min()) << 31) | (y - y.min())
    _, first, place = np.unique(joined, return_index=True, return_inverse=True)
    return np.stack((x[first], y[first]), axis=1), place.reshape(-1)
