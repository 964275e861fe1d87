"""The slow, obvious matching: fractions and loops, nothing shared with the engine.

It reads the same frozen input and follows the text of the design sentence by
sentence. The tests hold the engine against it.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from hashlib import sha256
from typing import Any

from assessments.matching.domain.problem import Company, Problem
from portal.common.vocabulary import Opportunity, Verdict

MILLION = 1_000_000
CLASSES = ["MAIN", "SECO", "ANCI"]


def half_up(value: Fraction) -> int:
    """Nearest whole, halves up."""
    whole, rest = divmod(value.numerator, value.denominator)
    return whole + (1 if Fraction(rest, value.denominator) >= Fraction(1, 2) else 0)


def metres(company: Company, x: int, y: int) -> int:
    """Distance with fifty digits."""
    with localcontext() as context:
        context.prec = 50
        nearest = min(Decimal((px - x) ** 2 + (py - y) ** 2).sqrt() for px, py in company.points)
        return int(nearest.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def affinity(
    problem: Problem, opportunity: Opportunity, activity: str, version: str, code: str
) -> int:
    """Longest own prefix first (outside the cells), then the longest of the partner's code."""
    best: tuple[tuple[int, int], int] | None = None
    for key, value in problem.policy.affinities.items():
        if key.opportunity != opportunity or key.version != version:
            continue
        if not code.startswith(key.prefix):
            continue
        if ":" in activity:
            own_version, own_code = activity.split(":")
            if ":" not in key.activity:
                continue
            row_version, row_prefix = key.activity.split(":")
            if row_version != own_version or not own_code.startswith(row_prefix):
                continue
        elif key.activity != activity:
            continue
        length = (len(key.activity) if ":" in activity else 0, len(key.prefix))
        if best is None or length > best[0]:
            best = (length, value)
    return best[1] if best else 0


def shares(company: Company) -> list[Fraction]:
    """Shares that sum to one."""
    given = [activity.share for activity in company.activities]
    rest = max(0, 100 - sum(share for share in given if share is not None))
    missing = sum(share is None for share in given)
    values = [Fraction(rest, missing) if s is None else Fraction(s) for s in given]
    if sum(values) == 0:
        values = [Fraction(1)] * len(values)
    return [value / sum(values) for value in values]


def sector(profile: Any) -> str:
    """Division of the most important code."""
    if not profile:
        return ""
    version, code, _ = min(profile, key=lambda row: (CLASSES.index(row[2]), row[0], row[1]))
    return "47" if version != "2025" and code[:2] == "45" else code[:2]


def match(  # noqa: C901, PLR0911, PLR0912, PLR0915 - one page, read from top to bottom
    problem: Problem, company: Company, row: int, opportunity: Opportunity
) -> Any:
    """(score, distance) of a candidate, else None."""
    policy, partners = problem.policy, problem.partners
    number, enterprise = int(partners.number[row]), int(partners.enterprise[row])
    codes = partners.profiles[int(partners.profile[row])]
    terms = partners.terms.get(number)
    need = terms.needs.get(opportunity) if terms else None
    offer = company.offers.get(opportunity)
    # 2 place, 1 distance
    if not company.points or not partners.placed[row]:
        return None
    distance = metres(company, int(partners.x[row]), int(partners.y[row]))
    radii = [
        offer.radius_m if offer and offer.radius_m else policy.opportunities[opportunity].radius_m
    ]
    if need and need.radius_m:
        radii.append(need.radius_m)
    radius = min(radii)
    if distance > radius:
        return None
    # 3 activity
    watched = any(
        code.startswith(prefix)
        for version, code, _ in codes
        for watched_version, prefix in policy.watched.get(opportunity, ())
        if version == watched_version
    )
    if not watched and need is None:
        return None
    best = [
        max(
            (
                Fraction(affinity(problem, opportunity, a.key, v, c), MILLION)
                * Fraction(policy.class_weights[k], MILLION)
                for v, c, k in codes
            ),
            default=Fraction(0),
        )
        for a in company.activities
    ]
    if not any(best):
        return None
    # 4 partner, 5 rest
    if (terms and terms.opted_out) or not partners.active[row]:
        return None
    if enterprise == company.number or enterprise in company.group:
        return None
    if (company.number, number, opportunity) in problem.resting:
        return None
    # 6 guides, 7 certificates, 8 assessment
    if opportunity == Opportunity.ENCLAVE and company.guides_fte == 0:
        return None
    if need and any(c not in company.competences for c in need.required):
        return None
    verdict = company.verdicts.get(opportunity)
    if verdict is None:
        return None
    order = [Verdict.LAAG, Verdict.GEMIDDELD, Verdict.HOOG]
    floor = policy.opportunities[opportunity].floor
    if floor and order.index(verdict) < order.index(floor):
        return None
    # components
    activity = sum((s * b for s, b in zip(shares(company), best, strict=True)), Fraction(0))
    proximity = 1 - Fraction(distance, radius)
    capacity = competence = Fraction(1, 2)
    if offer and need and offer.amount is not None and need.amount and offer.unit == need.unit:
        capacity = min(Fraction(1), Fraction(offer.amount, need.amount))
    if need and need.asked:
        competence = Fraction(sum(c in company.competences for c in need.asked), len(need.asked))
    here = sum(c.share for c in company.customers if c.enterprise == enterprise)
    around = sum(
        c.share
        for c in company.customers
        if c.division == sector(codes) and c.enterprise != enterprise
    )
    diversification = 1 - min(Fraction(1), Fraction(here, 100) + Fraction(around, 200))
    contact = Fraction(
        problem.contacts.get((company.number, number, opportunity), 300_000), MILLION
    )
    weights = policy.opportunities[opportunity].weights
    score = 0
    for name, value in (
        ("activity", activity),
        ("proximity", proximity),
        ("capacity", capacity),
        ("competence", competence),
        ("diversification", diversification),
        ("contact", contact),
    ):
        component = half_up(value * MILLION)
        weighted = Fraction(policy.potentials[verdict], MILLION) * Fraction(
            getattr(weights, name), MILLION
        )
        score += half_up(weighted * component)
    return score, distance


def solve(problem: Problem) -> dict[tuple[int, Opportunity], list[tuple[int, int, int]]]:
    """(number, score, distance) of all candidates per company and opportunity, in rank order."""
    found = {}
    for company in problem.companies:
        for opportunity in problem.policy.opportunities:
            rows = []
            for row in range(len(problem.partners)):
                result = match(problem, company, row, opportunity)
                if result is not None:
                    score, distance = result
                    number = int(problem.partners.number[row])
                    text = f"{company.number:010d}|{opportunity.value}|{number:010d}"
                    hashed = sha256(text.encode()).hexdigest()
                    rows.append(((-score, distance, hashed), number, score, distance))
            rows.sort()
            found[company.number, opportunity] = [row[1:] for row in rows]
    return found
