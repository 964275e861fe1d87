"""All candidates of a company at once, and its exact best K per opportunity.

What a partner scores splits into a part of its place (proximity), a part of its kind
(activity, sector) and constants, as long as it is an ordinary register entry. So per company
the places and the kinds are scored, and a partner costs two look-ups and one addition. What
signed-up partners ask is put over it for all of them at once; the few that are special for
the company (customer, own enterprise, history) are scored one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from assessments.matching.domain.candidates import (
    Pair,
    company_limit,
    company_radius_m,
    first_broken_limit,
)
from assessments.matching.domain.policy import CONTACT_NONE, UNKNOWN, Weights
from assessments.matching.domain.prepared import Bool, Columns, Prepared
from assessments.matching.domain.problem import Company, Problem, share_weights
from assessments.matching.domain.ranking import NEVER, SPAN, sort_key, split_key, tie_hash
from assessments.matching.domain.scoring import NO_OFFER, diversification_of, score_pair
from assessments.matching.domain.units import (
    MILLION,
    Int64,
    contribution,
    contribution_array,
    distance_m,
    half_up_array,
)
from portal.common.vocabulary import Opportunity

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
class _Scored:
    """Sort keys of all candidates, their positions in the columns (ascending), pairs seen."""

    keys: Int64
    positions: Int64
    pairs: int


class Engine:
    """Prepared once per problem; ``rank`` answers for one company and opportunity."""

    def __init__(self, problem: Problem, *, block: int = BLOCK) -> None:
        self.problem = problem
        self._block = block
        self._prepared = Prepared(problem)
        partners = problem.partners
        self._by_enterprise = np.argsort(partners.enterprise, kind="stable")
        self._history: dict[tuple[int, Opportunity], set[int]] = {}
        for company, number, opportunity in (*problem.contacts, *problem.resting):
            row = partners.index_of(number)
            if row is not None:
                self._history.setdefault((company, opportunity), set()).add(row)

    def rank(self, company: Company, opportunity: Opportunity) -> Ranked:
        """The best K partners of a company for an opportunity, exactly."""
        return self._best(self._scored(company, opportunity), company, opportunity)

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

    def all_keys(self, company: Company, opportunity: Opportunity) -> tuple[Int64, Int64]:
        """Sort keys and rows of every candidate, in no order that means anything."""
        scored = self._scored(company, opportunity)
        rows = self._prepared.columns[opportunity].row[scored.positions]
        return scored.keys, rows.astype(np.int64)

    def _scored(self, company: Company, opportunity: Opportunity) -> _Scored:
        """Every candidate of a company and opportunity."""
        policy = self.problem.policy
        columns = self._prepared.columns[opportunity]
        if company_limit(policy, company, opportunity) is not None or not company.activities:
            return _Scored(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), 0)
        potential = policy.potentials[company.verdicts[opportunity]]
        weights = policy.opportunities[opportunity].weights
        radius = company_radius_m(policy, company, opportunity)
        by_place, near, low = self._key_by_place(company, radius, potential, weights)
        by_kind, fits = self._key_by_kind(company, columns, potential, weights)
        positions = self._positions(columns, near, fits, low)
        keys = by_kind[columns.kind[positions]]
        keys += by_place[columns.place[positions] - low]
        self._put_asked(keys, positions, company, opportunity)
        self._put_specials(keys, positions, company, opportunity)
        there = keys >= 0
        pairs = int(columns.first[low + len(near)] - columns.first[low])
        return _Scored(keys[there], positions[there], pairs)

    def _positions(self, columns: Columns, near: Bool, fits: Bool, low: int) -> Int64:
        """Positions of the partners near enough whose kind fits, block by block."""
        first = columns.first[low : low + len(near) + 1]
        inside = np.repeat(near, np.diff(first))
        start, end = int(first[0]), int(first[-1])
        found = []
        for begin in range(start, end, self._block):
            stop = min(begin + self._block, end)
            chosen = fits[columns.kind[begin:stop]]
            chosen &= inside[begin - start : stop - start]
            found.append(np.flatnonzero(chosen) + begin)
        return np.concatenate(found) if found else np.empty(0, dtype=np.int64)

    def _key_by_place(
        self, company: Company, radius: int, potential: int, weights: Weights
    ) -> tuple[Int64, Bool, int]:
        """Sort-key part of each place from ``low`` on, and which of them are near enough."""
        places = self._prepared.places
        xs = places[:, 0]
        low = int(np.searchsorted(xs, min(x for x, _ in company.points) - radius))
        high = int(np.searchsorted(xs, max(x for x, _ in company.points) + radius, side="right"))
        strip = places[low:high]
        squared = np.full(len(strip), np.iinfo(np.int64).max, dtype=np.int64)
        for x, y in company.points:
            np.minimum(squared, (strip[:, 0] - x) ** 2 + (strip[:, 1] - y) ** 2, out=squared)
        metres = distance_m(squared)
        near = metres <= radius
        component = half_up_array(MILLION * np.where(near, radius - metres, 0), radius)
        part = contribution_array(potential, weights.proximity, component)
        return part * SPAN + (SPAN - 1 - metres), near, low

    def _key_by_kind(
        self, company: Company, columns: Columns, potential: int, weights: Weights
    ) -> tuple[Int64, Bool]:
        """Sort-key part of each kind, constants of ordinary partners included; which fit."""
        shares = share_weights(company.activities)
        gathered = np.zeros(columns.best.shape[1], dtype=np.int64)
        fits = np.zeros(columns.best.shape[1], dtype=bool)
        for activity, share in zip(company.activities, shares, strict=True):
            values = columns.best[self._prepared.activities[activity.key]]
            gathered += values * share
            fits |= values > 0
        component = half_up_array(gathered, MILLION * sum(shares))
        part = contribution_array(potential, weights.activity, component)
        by_sector = self._by_sector(company, potential, weights)
        constant = (
            contribution(potential, weights.capacity, UNKNOWN)
            + contribution(potential, weights.competence, UNKNOWN)
            + contribution(potential, weights.contact, CONTACT_NONE)
        )
        keys: Int64 = (part + by_sector[columns.sector] + constant) * SPAN
        return keys, fits

    def _by_sector(self, company: Company, potential: int, weights: Weights) -> Int64:
        """Contribution of diversification per sector; only those of customers differ."""
        sectors = self._prepared.sectors
        found = np.full(
            len(sectors), contribution(potential, weights.diversification, MILLION), dtype=np.int64
        )
        for sector in {customer.division for customer in company.customers}:
            if sector in sectors:
                component = diversification_of(company.customers, None, sector)
                found[sectors[sector]] = contribution(potential, weights.diversification, component)
        return found

    def _put_asked(
        self, keys: Int64, positions: Int64, company: Company, opportunity: Opportunity
    ) -> None:
        """Put what signed-up partners ask over the keys of ordinary register entries."""
        asked = self._prepared.columns[opportunity].asked
        which, at = _meeting(positions, asked.position)
        if not len(at):
            return
        policy = self.problem.policy
        potential = policy.potentials[company.verdicts[opportunity]]
        weights = policy.opportunities[opportunity].weights
        own = company_radius_m(policy, company, opportunity)
        score, rest = np.divmod(keys[at], SPAN)
        distance = SPAN - 1 - rest
        radius = np.minimum(asked.radius[which], own)
        has = np.array([skill in company.competences for skill in self._prepared.skills], bool)
        lacks = (asked.required[which] & ~has).any(axis=1)
        for weight, before, after in (
            (weights.proximity, _proximity(distance, own), _proximity(distance, radius)),
            (weights.capacity, UNKNOWN, self._capacity(company, opportunity, which)),
            (weights.competence, UNKNOWN, _competence(asked.asked[which], has)),
        ):
            was = contribution_array(potential, weight, np.asarray(before, dtype=np.int64))
            score += contribution_array(potential, weight, after) - was
        changed = score * SPAN + rest
        changed[(distance > radius) | lacks] = NEVER
        keys[at] = changed

    def _capacity(self, company: Company, opportunity: Opportunity, which: Int64) -> Int64:
        """Offered against sought in one unit, in millionths; UNKNOWN where not comparable."""
        asked = self._prepared.columns[opportunity].asked
        offer = company.offers.get(opportunity, NO_OFFER)
        found = np.full(len(which), UNKNOWN, dtype=np.int64)
        if offer.amount is None or offer.unit not in asked.units:
            return found
        same = asked.unit[which] == asked.units.index(offer.unit)
        known = np.flatnonzero(same & (asked.amount[which] > 0))
        sought = asked.amount[which[known]]
        offered = np.full(len(known), MILLION * offer.amount, dtype=np.int64)
        found[known] = np.minimum(MILLION, half_up_array(offered, sought))
        return found

    def _put_specials(
        self, keys: Int64, positions: Int64, company: Company, opportunity: Opportunity
    ) -> None:
        """Score what is no ordinary entry for this very company one by one."""
        enterprises = {company.number, *company.group}
        enterprises.update(c.enterprise for c in company.customers if c.enterprise is not None)
        rows = set(self._history.get((company.number, opportunity), ()))
        for enterprise in enterprises:
            rows.update(self._rows_of(enterprise))
        there = sorted(
            (int(self._prepared.columns[opportunity].position[row]), row) for row in rows
        )
        which, at = _meeting(positions, np.array([one[0] for one in there], dtype=np.int64))
        for index, place in zip(which, at, strict=True):
            pair = Pair(self.problem, company, there[index][1], opportunity)
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

    def _best(self, scored: _Scored, company: Company, opportunity: Opportunity) -> Ranked:
        """Exact best K: all above the K-th key, then the ties at it by their hash."""
        rows = self._prepared.columns[opportunity].row
        top_k = self.problem.policy.top_k
        keys, positions = scored.keys, scored.positions
        count = len(keys)
        there = np.arange(count)
        if count > top_k:
            cut = int(np.partition(keys, count - top_k)[count - top_k])
            there = np.flatnonzero(keys >= cut)
        chosen = [(int(keys[at]), int(rows[positions[at]])) for at in there]
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
            pairs=scored.pairs,
        )

    def _hash(self, company: Company, opportunity: Opportunity, row: int) -> str:
        number = int(self.problem.partners.number[row])
        return tie_hash(company.number, opportunity, number)


def _meeting(positions: Int64, wanted: Int64) -> tuple[Int64, Int64]:
    """Which of ``wanted`` are among ``positions`` (both ascending), and where."""
    at = np.searchsorted(positions, wanted)
    which = np.flatnonzero(at < len(positions))
    which = which[positions[at[which]] == wanted[which]]
    return which, at[which]


def _proximity(distance: Int64, radius: Int64 | int) -> Int64:
    """1 at distance 0, 0 at the radius and beyond, in millionths."""
    return half_up_array(MILLION * np.maximum(radius - distance, 0), radius)


def _competence(asked: Bool, has: Bool) -> Int64:
    """Share of what is asked that the company has, in millionths; UNKNOWN when nothing is."""
    wanted = asked.sum(axis=1)
    share = half_up_array(MILLION * (asked & has).sum(axis=1), np.maximum(wanted, 1))
    return np.where(wanted > 0, share, UNKNOWN)
