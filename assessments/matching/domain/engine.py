"""All candidates of a company at once, and its exact best K per opportunity.

What a partner scores splits into a part of its place (proximity), a part of its
activity profile (activity, sector) and constants, as long as it is an ordinary
register entry. So per company the places and the distinct profiles are scored,
and a partner costs two look-ups and one addition. The few partners that are
special for the company (signed up, customer, own enterprise, history) are scored
one by one and put over it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assessments.matching.domain.candidates import (
    Pair,
    company_limit,
    company_radius_m,
    first_broken_limit,
)
from assessments.matching.domain.policy import CONTACT_NONE, UNKNOWN, Weights
from assessments.matching.domain.problem import Company, Problem, sector_of, share_weights
from assessments.matching.domain.ranking import NEVER, SPAN, sort_key, split_key, tie_hash
from assessments.matching.domain.scoring import diversification_of, score_pair
from assessments.matching.domain.units import (
    MILLION,
    Int64,
    contribution,
    contribution_array,
    distance_m,
    half_up_array,
)
from portal.common.vocabulary import Opportunity

Int32 = NDArray[np.int32]
BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Ranked:
    """Best K of one company and opportunity, best first.

    ``rows`` are rows of the partner columns; ``equal_others[i]`` counts the other
    candidates (stored or not) with the same score and distance.
    """

    company: Company
    opportunity: Opportunity
    rows: tuple[int, ...]
    scores: tuple[int, ...]
    distances: tuple[int, ...]
    equal_others: tuple[int, ...]
    candidates: int
    pairs: int


@dataclass(frozen=True, slots=True)
class _Columns:
    """Partners that can be candidates for one opportunity, ordered by place."""

    row: Int32
    place: Int32
    profile: Int32
    position: Int32  # row of the partner -> position here, or -1
    best: Int64  # activity x profile: best affinity x class weight (10**12 = 1)


class Engine:
    """Prepared once per problem; ``rank`` answers for one company and opportunity."""

    def __init__(self, problem: Problem, *, block: int = BLOCK) -> None:
        self.problem = problem
        self._block = block
        partners = problem.partners
        self._places, self._place = _distinct_places(partners.x, partners.y)
        keys = {activity.key for company in problem.companies for activity in company.activities}
        self._activity = {key: index for index, key in enumerate(sorted(keys))}
        sectors = sorted({sector_of(profile) for profile in partners.profiles})
        self._sectors = sectors
        index = {sector: number for number, sector in enumerate(sectors)}
        self._sector = np.array([index[sector_of(p)] for p in partners.profiles], dtype=np.int64)
        # Codes of the profiles end to end; profiles without codes are left out.
        codes = {code for profile in partners.profiles for code in profile}
        self._codes = sorted(codes)
        code_index = {code: number for number, code in enumerate(self._codes)}
        sizes = np.array([len(profile) for profile in partners.profiles], dtype=np.int64)
        self._filled = np.flatnonzero(sizes)
        self._starts = (np.cumsum(sizes) - sizes)[self._filled]
        self._flat = np.array(
            [code_index[code] for profile in partners.profiles for code in profile], dtype=np.int64
        )
        self._by_enterprise = np.argsort(partners.enterprise, kind="stable")
        self._columns = {
            opportunity: self._prepare(opportunity) for opportunity in problem.policy.opportunities
        }
        self._history: dict[tuple[int, Opportunity], set[int]] = {}
        for company, number, opportunity in (*problem.contacts, *problem.resting):
            row = partners.index_of(number)
            if row is not None:
                self._history.setdefault((company, opportunity), set()).add(row)
        self._signed_up = {
            opportunity: [
                row
                for number, terms in sorted(partners.terms.items())
                if opportunity in terms.needs and (row := partners.index_of(number)) is not None
            ]
            for opportunity in problem.policy.opportunities
        }

    def rank(self, company: Company, opportunity: Opportunity) -> Ranked:
        """The best K partners of a company for an opportunity, exactly."""
        keys, start = self._keys(company, opportunity)
        return self._best(keys, company, opportunity, start)

    def solve(self, companies: Iterable[Company] | None = None) -> list[Ranked]:
        """Every company and opportunity, in canonical order."""
        chosen = self.problem.companies if companies is None else companies
        return [
            self.rank(company, opportunity)
            for company in sorted(chosen, key=lambda company: company.number)
            for opportunity in sorted(self.problem.policy.opportunities)
        ]

    def rank_of(self, pair: Pair) -> int:
        """Rank (from 1) of a candidate among all candidates, stored or not."""
        scored = score_pair(pair)
        key = sort_key(scored.score, scored.distance_m)
        hashed = tie_hash(pair.company.number, pair.opportunity, pair.number)
        keys, rows = self.all_keys(pair.company, pair.opportunity)
        better = int(np.count_nonzero(keys > key))
        tied = rows[keys == key]
        return (
            1 + better + sum(self._hash(pair.company, pair.opportunity, r) < hashed for r in tied)
        )

    def all_keys(self, company: Company, opportunity: Opportunity) -> tuple[Int64, Int32]:
        """Sort keys and rows of every candidate, in no order that means anything."""
        keys, start = self._keys(company, opportunity)
        there = keys >= 0
        rows = self._columns[opportunity].row[start : start + len(keys)]
        return keys[there], rows[there]

    def _keys(self, company: Company, opportunity: Opportunity) -> tuple[Int64, int]:
        """Sort keys of the partners near enough (NEVER: no candidate), and where they begin."""
        policy = self.problem.policy
        columns = self._columns[opportunity]
        if company_limit(policy, company, opportunity) is not None or not company.activities:
            return np.empty(0, dtype=np.int64), 0
        potential = policy.potentials[company.verdicts[opportunity]]
        weights = policy.opportunities[opportunity].weights
        radius = company_radius_m(policy, company, opportunity)
        by_place, low, high = self._key_by_place(company, radius, potential, weights)
        by_profile = self._key_by_profile(company, opportunity, potential, weights)
        start, end = (int(edge) for edge in np.searchsorted(columns.place, (low, high)))
        keys = np.empty(end - start, dtype=np.int64)
        for first in range(start, end, self._block):
            last = min(first + self._block, end)
            np.add(
                by_place[columns.place[first:last] - low],
                by_profile[columns.profile[first:last]],
                out=keys[first - start : last - start],
            )
        self._put_specials(keys, company, opportunity, start)
        return keys, start

    # Preparation

    def _prepare(self, opportunity: Opportunity) -> _Columns:
        partners = self.problem.partners
        best, watched = self._by_profile(opportunity)
        fits = best.max(axis=0, initial=0) > 0
        possible = watched[partners.profile]
        for number, terms in partners.terms.items():
            row = partners.index_of(number)
            if row is not None:
                asks = opportunity in terms.needs
                possible[row] = not terms.opted_out and (asks or bool(possible[row]))
        possible &= partners.placed & partners.active & fits[partners.profile]
        rows = np.flatnonzero(possible)
        rows = rows[np.argsort(self._place[rows], kind="stable")]
        position = np.full(len(partners), -1, dtype=np.int32)
        position[rows] = np.arange(len(rows), dtype=np.int32)
        return _Columns(
            row=rows.astype(np.int32),
            place=self._place[rows].astype(np.int32),
            profile=partners.profile[rows].astype(np.int32),
            position=position,
            best=best,
        )

    def _by_profile(self, opportunity: Opportunity) -> tuple[Int64, NDArray[np.bool_]]:
        """Best affinity x class weight (activity x profile), and which profiles are watched.

        Each distinct code is looked up once; a profile takes the maximum over its codes.
        """
        policy, profiles = self.problem.policy, self.problem.partners.profiles
        values = np.array(
            [
                [
                    policy.affinity(opportunity, key, version, code) * policy.class_weights[kind]
                    for version, code, kind in self._codes
                ]
                for key in self._activity
            ],
            dtype=np.int64,
        ).reshape(len(self._activity), len(self._codes))
        watched_codes = np.array(
            [policy.is_watched(opportunity, version, code) for version, code, _ in self._codes],
            dtype=bool,
        )
        best = np.zeros((len(self._activity), len(profiles)), dtype=np.int64)
        watched = np.zeros(len(profiles), dtype=bool)
        filled, starts, flat = self._filled, self._starts, self._flat
        if len(filled):
            best[:, filled] = np.maximum.reduceat(values[:, flat], starts, axis=1)
            watched[filled] = np.logical_or.reduceat(watched_codes[flat], starts)
        return best, watched

    # One company

    def _key_by_place(
        self, company: Company, radius: int, potential: int, weights: Weights
    ) -> tuple[Int64, int, int]:
        """Sort-key part of each place from ``low`` to ``high`` (places are sorted by x)."""
        xs = self._places[:, 0]
        low = int(np.searchsorted(xs, min(x for x, _ in company.points) - radius))
        high = int(np.searchsorted(xs, max(x for x, _ in company.points) + radius, side="right"))
        near = self._places[low:high]
        squared = np.full(len(near), np.iinfo(np.int64).max, dtype=np.int64)
        for x, y in company.points:
            np.minimum(squared, (near[:, 0] - x) ** 2 + (near[:, 1] - y) ** 2, out=squared)
        metres = distance_m(squared)
        inside = metres <= radius
        component = half_up_array(MILLION * np.where(inside, radius - metres, 0), radius)
        part = contribution_array(potential, weights.proximity, component)
        keys = part * SPAN + (SPAN - 1 - metres)
        keys[~inside] = NEVER
        return keys, low, high

    def _key_by_profile(
        self, company: Company, opportunity: Opportunity, potential: int, weights: Weights
    ) -> Int64:
        """Sort-key part of each activity profile, constants of ordinary partners included."""
        best = self._columns[opportunity].best
        shares = share_weights(company.activities)
        gathered = np.zeros(best.shape[1], dtype=np.int64)
        fits = np.zeros(best.shape[1], dtype=bool)
        for activity, share in zip(company.activities, shares, strict=True):
            values = best[self._activity[activity.key]]
            gathered += values * share
            fits |= values > 0
        component = half_up_array(gathered, MILLION * sum(shares))
        by_sector = np.array(
            [
                contribution(
                    potential,
                    weights.diversification,
                    diversification_of(company.customers, None, sector),
                )
                for sector in self._sectors
            ],
            dtype=np.int64,
        )
        constant = (
            contribution(potential, weights.capacity, UNKNOWN)
            + contribution(potential, weights.competence, UNKNOWN)
            + contribution(potential, weights.contact, CONTACT_NONE)
        )
        part = contribution_array(potential, weights.activity, component)
        keys: Int64 = (part + by_sector[self._sector] + constant) * SPAN
        keys[~fits] = NEVER
        return keys

    def _put_specials(
        self, keys: Int64, company: Company, opportunity: Opportunity, start: int
    ) -> None:
        """Score what is not an ordinary register entry for this company one by one."""
        position = self._columns[opportunity].position
        enterprises = {company.number, *company.group}
        enterprises.update(c.enterprise for c in company.customers if c.enterprise is not None)
        rows = set(self._signed_up[opportunity])
        rows.update(self._history.get((company.number, opportunity), ()))
        for enterprise in enterprises:
            rows.update(self._rows_of(enterprise))
        for row in sorted(rows):
            place = int(position[row]) - start
            if 0 <= place < len(keys) and keys[place] >= 0:
                pair = Pair(self.problem, company, row, opportunity)
                if first_broken_limit(pair) is None:
                    scored = score_pair(pair)
                    keys[place] = sort_key(scored.score, scored.distance_m)
                else:
                    keys[place] = NEVER

    def _rows_of(self, enterprise: int) -> list[int]:
        ordered = self.problem.partners.enterprise
        first = np.searchsorted(ordered, enterprise, sorter=self._by_enterprise)
        last = np.searchsorted(ordered, enterprise, side="right", sorter=self._by_enterprise)
        return [int(row) for row in self._by_enterprise[first:last]]

    def _best(self, keys: Int64, company: Company, opportunity: Opportunity, start: int) -> Ranked:
        """Exact best K: all above the K-th key, then the ties at it by their hash."""
        rows = self._columns[opportunity].row
        top_k = self.problem.policy.top_k
        there = np.flatnonzero(keys >= 0)
        count = len(there)
        if count > top_k:
            cut = int(np.partition(keys[there], count - top_k)[count - top_k])
            there = there[keys[there] >= cut]
        chosen = [(int(keys[at]), int(rows[start + at])) for at in there]
        entries = sorted((-key, self._hash(company, opportunity, row), row) for key, row in chosen)
        tied: dict[int, int] = {}
        for key, _ in chosen:
            tied[key] = tied.get(key, 0) + 1
        kept = entries[:top_k]
        split = [split_key(-entry[0]) for entry in kept]
        return Ranked(
            company=company,
            opportunity=opportunity,
            rows=tuple(entry[2] for entry in kept),
            scores=tuple(score for score, _ in split),
            distances=tuple(distance for _, distance in split),
            equal_others=tuple(tied[-entry[0]] - 1 for entry in kept),
            candidates=count,
            pairs=len(keys),
        )

    def _hash(self, company: Company, opportunity: Opportunity, row: int) -> str:
        number = int(self.problem.partners.number[row])
        return tie_hash(company.number, opportunity, number)


def _distinct_places(x: Int64, y: Int64) -> tuple[Int64, Int64]:
    """Distinct places sorted by x then y, and the place of each partner."""
    if not len(x):
        return np.empty((0, 2), dtype=np.int64), np.empty(0, dtype=np.int64)
    places, place = np.unique(np.stack((x, y), axis=1), axis=0, return_inverse=True)
    return places, place.reshape(-1).astype(np.int64)
