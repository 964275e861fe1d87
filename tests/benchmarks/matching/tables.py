"""The same problem as tables, for databases to work on: one CSV file each.

What a database would find hardest is worked out beforehand and not timed: the longest prefix
of every code, the place of every partner, sets of skills as bits.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from assessments.matching.domain.candidates import company_limit, company_radius_m
from assessments.matching.domain.policy import COMPONENTS
from assessments.matching.domain.problem import Company, Problem, sector_of, share_weights
from assessments.matching.domain.scoring import NO_OFFER
from portal.common.vocabulary import Opportunity

# Columns and their types, in both dialects.
TABLES: dict[str, str] = {
    "partner": (
        "number bigint, enterprise bigint, place integer, profile integer, sector text,"
        " is_open boolean"
    ),
    "place": "place integer, x bigint, y bigint",
    "profile_code": "profile integer, version text, code text, kind text",
    "code_fit": "opportunity text, activity text, version text, code text, kind text, fit bigint",
    "watched": "opportunity text, version text, code text",
    "company": (
        "company bigint, opportunity text, potential bigint, radius bigint, amount bigint,"
        " unit text, skills integer, " + ", ".join(f"w_{name} bigint" for name in COMPONENTS)
    ),
    "company_point": "company bigint, x bigint, y bigint",
    "company_activity": "company bigint, activity text, weight bigint, total bigint",
    "customer": "company bigint, enterprise bigint, division text, share bigint",
    "need": (
        "number bigint, opportunity text, amount bigint, unit text, radius bigint,"
        " asked integer, required integer"
    ),
    "opted_out": "number bigint",
    "contact": "company bigint, number bigint, opportunity text, value bigint",
    "resting": "company bigint, number bigint, opportunity text",
}
NOBODY = -1


def write_tables(problem: Problem, folder: Path) -> None:
    """One file per table, without a header; an absent value is nothing."""
    rows = _rows(problem)
    for name in TABLES:
        with (folder / f"{name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows(rows[name])


def _rows(problem: Problem) -> dict[str, Iterable[tuple[Any, ...]]]:
    partners = problem.partners
    places, place = np.unique(
        np.stack((partners.x, partners.y), axis=1), axis=0, return_inverse=True
    )
    place = np.where(partners.placed, place.reshape(-1), NOBODY)
    is_open = partners.active & partners.placed
    sectors = [sector_of(profile) for profile in partners.profiles]
    codes = sorted({code for profile in partners.profiles for code in profile})
    skills = _Bits(problem)
    return {
        "partner": (
            (int(number), int(firm), int(at), int(profile), sectors[profile], bool(there))
            for number, firm, at, profile, there in zip(
                partners.number,
                partners.enterprise,
                place,
                partners.profile,
                is_open,
                strict=True,
            )
        ),
        "place": ((at, int(x), int(y)) for at, (x, y) in enumerate(places)),
        "profile_code": (
            (at, *code) for at, profile in enumerate(partners.profiles) for code in profile
        ),
        "code_fit": _fits(problem, codes),
        "watched": (
            (opportunity.value, version, code)
            for opportunity in problem.policy.opportunities
            for version, code in sorted({(version, code) for version, code, _ in codes})
            if problem.policy.is_watched(opportunity, version, code)
        ),
        "company": _companies(problem, skills),
        "company_point": ((c.number, x, y) for c in problem.companies for x, y in c.points),
        "company_activity": (
            (company.number, activity.key, weight, sum(weights))
            for company in problem.companies
            for weights in [share_weights(company.activities)]
            for activity, weight in zip(company.activities, weights, strict=True)
        ),
        "customer": (
            (company.number, one.enterprise or NOBODY, one.division, one.share)
            for company in problem.companies
            for one in company.customers
        ),
        "need": (
            (number, opportunity.value, need.amount or 0, need.unit, need.radius_m or 1 << 40,
             skills.of(need.asked), skills.of(need.required))
            for number, terms in partners.terms.items()
            for opportunity, need in terms.needs.items()
        ),
        "opted_out": ((number,) for number, terms in partners.terms.items() if terms.opted_out),
        "contact": (
            (company, number, opportunity.value, value)
            for (company, number, opportunity), value in problem.contacts.items()
        ),
        "resting": ((company, number, opp.value) for company, number, opp in problem.resting),
    }  # fmt: skip


class _Bits:
    """Sets of skills as whole numbers."""

    def __init__(self, problem: Problem) -> None:
        terms = problem.partners.terms.values()
        known = {skill for one in terms for need in one.needs.values() for skill in need.asked}
        self._known = sorted(known)

    def of(self, skills: frozenset[str]) -> int:
        """One bit per skill that is known."""
        return sum(1 << at for at, skill in enumerate(self._known) if skill in skills)


def _fits(problem: Problem, codes: list[tuple[str, str, str]]) -> Iterator[tuple[Any, ...]]:
    policy = problem.policy
    activities = sorted({a.key for company in problem.companies for a in company.activities})
    for opportunity in policy.opportunities:
        for activity in activities:
            for version, code, kind in codes:
                fit = policy.affinity(opportunity, activity, version, code)
                if fit * policy.class_weights[kind]:
                    yield (opportunity.value, activity, version, code, kind,
                           fit * policy.class_weights[kind])  # fmt: skip


def _companies(problem: Problem, skills: _Bits) -> Iterator[tuple[Any, ...]]:
    """Company and opportunity, those without a limit of their own."""
    policy = problem.policy

    def row(company: Company, opportunity: Opportunity) -> tuple[Any, ...]:
        offer = company.offers.get(opportunity, NO_OFFER)
        weights = policy.opportunities[opportunity].weights
        return (
            company.number,
            opportunity.value,
            policy.potentials[company.verdicts[opportunity]],
            company_radius_m(policy, company, opportunity),
            NOBODY if offer.amount is None else offer.amount,
            offer.unit,
            skills.of(company.competences),
            *(getattr(weights, name) for name in COMPONENTS),
        )

    for company in problem.companies:
        for opportunity in policy.opportunities:
            if company_limit(policy, company, opportunity) is None:
                yield row(company, opportunity)
