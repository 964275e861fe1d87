"""Sixty pairs judged beforehand (``pairs.toml``), as problems for the engine."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessments.matching.domain.candidates import Pair, first_broken_limit
from assessments.matching.domain.policy import Policy
from assessments.matching.domain.problem import (
    Activity,
    Company,
    Need,
    Offer,
    PartnerRow,
    Partners,
    Problem,
    Terms,
    make_profile,
)
from assessments.matching.domain.scoring import score_pair
from portal.common.vocabulary import Cell, Opportunity, Verdict

OWN = 400_000_000
FIRST = 2_000_000_000
HOME = (600_000, 700_000)
NO_CANDIDATE_TIER = 4


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged pair with what the engine makes of it; no score when it is no candidate."""

    tier: int
    name: str
    why: str
    expected_limit: str | None
    limit: str | None
    score: int | None

    def __str__(self) -> str:
        return f"[tier {self.tier}, {self.limit or self.score}] {self.name}: {self.why}"


def pairs() -> dict[Opportunity, dict[str, Any]]:
    """The file as it is written, per opportunity."""
    text = Path(__file__).with_name("pairs.toml").read_text(encoding="utf-8")
    return {Opportunity(slug): values for slug, values in tomllib.loads(text).items()}


def judged(opportunity: Opportunity, policy: Policy) -> list[Judged]:
    """The pairs of an opportunity, in the order of the file, scored under the policy."""
    values = pairs()[opportunity]
    problem = _problem(opportunity, values, policy)
    return [
        _judged(Pair(problem, problem.companies[0], row, opportunity), pair)
        for row, pair in enumerate(values["pairs"])
    ]


def _judged(pair: Pair, values: dict[str, Any]) -> Judged:
    limit = first_broken_limit(pair)
    codes = ", ".join(f"{version}:{code}" for version, code, _ in values["codes"])
    return Judged(
        tier=values["tier"],
        name=f"{codes} at {values['km']} km",
        why=values["why"],
        expected_limit=values.get("limit"),
        limit=limit.value if limit else None,
        score=None if limit else score_pair(pair).score,
    )


def _problem(opportunity: Opportunity, values: dict[str, Any], policy: Policy) -> Problem:
    rows: list[PartnerRow] = []
    terms: dict[int, Terms] = {}
    for index, pair in enumerate(values["pairs"]):
        number = FIRST + index
        enterprise = OWN if pair.get("own") else index + 1
        profile = make_profile([(v, code, kind) for v, code, kind in pair["codes"]])
        rows.append((number, enterprise, HOME[0], HOME[1] + pair["km"] * 1000, True, profile))
        if "need" in pair:
            terms[number] = Terms(needs={opportunity: _need(pair["need"])})
    return Problem(policy, (_company(opportunity, values),), Partners.build(rows, terms))


def _need(values: dict[str, Any]) -> Need:
    sets = {name: frozenset(values.get(name, ())) for name in ("asked", "required")}
    return Need(values.get("amount"), values.get("unit", ""), values.get("radius_m"), **sets)


def _company(opportunity: Opportunity, values: dict[str, Any]) -> Company:
    offer = values.get("offers")
    return Company(
        number=OWN,
        points=(HOME,),
        activities=tuple(Activity(Cell(c["cell"]).value, c["share"]) for c in values["cells"]),
        verdicts={opportunity: Verdict.HOOG},
        offers={opportunity: Offer(None, offer["amount"], offer["unit"])} if offer else {},
        competences=frozenset(values.get("competences", ())),
        guides_fte=values.get("guides_fte"),
    )
