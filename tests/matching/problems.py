"""Problems to match: the worked company of the design, and random small worlds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import strategies as st

from assessments.matching.domain.policy import AffinityKey, OpportunityPolicy, Policy, Weights
from assessments.matching.domain.problem import (
    Activity,
    Company,
    CustomerShare,
    Need,
    Offer,
    PartnerRow,
    Partners,
    Problem,
    Terms,
    make_profile,
)
from portal.common.vocabulary import Cell, Opportunity, Verdict

ENCLAVE = Opportunity.ENCLAVE
PACKING, METAL = Cell.HANDLING_VERPAKKING.value, Cell.MAAK_METAAL.value
RADII = {
    Opportunity.ENCLAVE: 25_000,
    Opportunity.SAMENWERKING: 40_000,
    Opportunity.RESHORING: 60_000,
    Opportunity.EIGEN_PRODUCTEN: 100_000,
    Opportunity.FVDT: 150_000,
}
A, B, C, D = 2_000_000_001, 2_000_000_002, 2_000_000_003, 2_000_000_004


def worked_policy(**changes: Any) -> Policy:
    """Default weights, and the affinities of the three worked pairs."""
    values: dict[str, Any] = {
        "version": 1,
        "opportunities": {ENCLAVE: OpportunityPolicy(RADII[ENCLAVE])},
        "affinities": {
            AffinityKey(ENCLAVE, PACKING, "2025", "1082"): 900_000,
            AffinityKey(ENCLAVE, METAL, "2025", "2553"): 800_000,
        },
        "watched": {ENCLAVE: frozenset({("2025", "10"), ("2025", "25")})},
    }
    return Policy(**(values | changes))


def worked_company(**changes: Any) -> Company:
    """Packing 60, metal 40, four guides, six places, 30 % of turnover in food."""
    values: dict[str, Any] = {
        "number": 400_000_000,
        "points": ((600_000, 700_000),),
        "activities": (Activity(PACKING, 60), Activity(METAL, 40)),
        "verdicts": {ENCLAVE: Verdict.HOOG},
        "offers": {ENCLAVE: Offer(25_000, 6, "places")},
        "competences": frozenset({"haccp"}),
        "customers": (CustomerShare(None, "10", 30),),
        "guides_fte": 400,
    }
    return Company(**(values | changes))


def worked_problem(
    company: Company | None = None, policy: Policy | None = None, **changes: Any
) -> Problem:
    """Partners A to D of the design."""
    chocolate = make_profile([("2025", "10820", "MAIN")])
    machining = make_profile([("2025", "25530", "SECO")])
    seeks = Need(8, "places", None, frozenset({"haccp"}), frozenset({"haccp"}))
    near = Need(8, "places", 8_000, frozenset({"haccp"}), frozenset({"haccp"}))
    partners = Partners.build(
        [
            (A, 411, 600_000, 710_000, True, chocolate),
            (B, 412, 620_000, 700_000, True, machining),
            (C, 413, 600_000, 726_000, True, chocolate),
            (D, 414, 600_000, 710_000, True, chocolate),
        ],
        {
            A: Terms(needs={ENCLAVE: seeks}),
            C: Terms(needs={ENCLAVE: seeks}),
            D: Terms(needs={ENCLAVE: near}),
        },
    )
    return Problem(
        policy=policy or worked_policy(),
        companies=(company or worked_company(),),
        partners=partners,
        **changes,
    )


OPPORTUNITIES = (Opportunity.ENCLAVE, Opportunity.SAMENWERKING)
VERSIONS = ("2025", "2008")
CODES = ("10820", "10390", "25530", "25620", "45200", "47110", "82920")
PREFIXES = ("1", "10", "1082", "25", "2553", "25620", "4", "47", "82")
OWN = ("2025:49410", "2025:4941", "2008:96012")
KEYS = (PACKING, METAL, "2025:49", "2025:4941", "2008:96")
SKILLS = ("haccp", "iso9001", "weld")
CLASSES = ("MAIN", "SECO", "ANCI")
# Few different values on purpose: ties and edges are the interesting part.
COORDINATES = (0, 10_000, 10_001, 24_999, 25_000, 25_001)
MILLIONTHS = (0, 1, 333_333, 500_000, 700_001, 999_999, 1_000_000)
VERDICTS = (Verdict.HOOG, Verdict.GEMIDDELD, Verdict.LAAG)


class World:
    """A random small world: many candidates, many ties, every gap now and then."""

    def __init__(self, seed: int, partners: int) -> None:
        self.random = Random(seed)
        self.size = partners

    def seldom(self, odds: int = 5) -> bool:
        return self.random.randrange(odds) == 0

    def some(self, values: Sequence[Any]) -> frozenset[Any]:
        return frozenset(value for value in values if self.random.random() < 0.4)

    def coordinate(self) -> int:
        if self.seldom(3):
            return self.random.randint(0, 60_000)
        return self.random.choice(COORDINATES)

    def weights(self) -> Weights:
        if self.seldom(2):
            return Weights()
        cuts = sorted(self.random.randint(0, 1_000_000) for _ in range(5))
        return Weights(*(b - a for a, b in pairwise([0, *cuts, 1_000_000])))

    def policy(self) -> Policy:
        choose = self.random.choice
        return Policy(
            version=1,
            opportunities={
                opportunity: OpportunityPolicy(
                    choose((1, 25_000, 60_000, 60_000)),
                    self.weights(),
                    Verdict.GEMIDDELD if self.seldom() else None,
                )
                for opportunity in OPPORTUNITIES
            },
            affinities={
                AffinityKey(
                    choose(OPPORTUNITIES), choose(KEYS), choose(VERSIONS), choose(PREFIXES)
                ): choose(MILLIONTHS)
                for _ in range(self.random.randint(5, 60))
            },
            watched={
                opportunity: frozenset(
                    (version, prefix)
                    for version in VERSIONS
                    for prefix in PREFIXES
                    if not self.seldom(3)
                )
                for opportunity in OPPORTUNITIES
            },
            top_k=self.random.randint(1, 6),
            class_weights={"MAIN": 1_000_000, "SECO": 700_000, "ANCI": choose((0, 400_000))},
        )

    def company(self, number: int) -> Company:
        choose, whole = self.random.choice, self.random.randint
        keys = self.random.sample((PACKING, METAL, *OWN), whole(1, 3))
        return Company(
            number=number,
            points=tuple(
                (self.coordinate(), self.coordinate()) for _ in range(choose((0, 1, 1, 1, 2)))
            ),
            activities=tuple(Activity(k, None if self.seldom(3) else whole(0, 70)) for k in keys),
            verdicts={o: choose(VERDICTS) for o in OPPORTUNITIES if not self.seldom()},
            offers={
                opportunity: Offer(
                    None if self.seldom(2) else whole(1, 60_000),
                    None if self.seldom(3) else whole(0, 9),
                    choose(("places", "hours")),
                )
                for opportunity in self.some(OPPORTUNITIES)
            },
            competences=self.some(SKILLS),
            customers=tuple(
                CustomerShare(
                    None if self.seldom(3) else whole(900, 905),
                    choose(("10", "25", "47", "82")),
                    whole(0, 100),
                )
                for _ in range(whole(0, 3))
            ),
            group=frozenset({whole(900, 905)}) if self.seldom() else frozenset(),
            guides_fte=choose((None, 250, 400, 0)),
        )

    def terms(self) -> Terms:
        choose, whole = self.random.choice, self.random.randint
        needs = {}
        for opportunity in self.some(OPPORTUNITIES):
            asked = self.some(SKILLS)
            needs[opportunity] = Need(
                None if self.seldom(3) else whole(0, 9),
                choose(("places", "hours")),
                None if self.seldom(2) else whole(1, 50_000),
                asked,
                asked & {"haccp"},
            )
        return Terms(opted_out=self.seldom(), needs=needs)

    def partner(self, number: int) -> PartnerRow:
        choose = self.random.choice
        placed = not self.seldom(8)
        return (
            number,
            self.random.randint(900, 905),
            self.coordinate() if placed else None,
            self.coordinate() if placed else None,
            not self.seldom(8),
            make_profile(
                [
                    (choose(VERSIONS), choose(CODES), choose(CLASSES))
                    for _ in range(choose((0, 1, 1, 2, 3)))
                ]
            ),
        )

    def problem(self) -> Problem:
        companies = tuple(self.company(number) for number in (901, 400_000_001))
        numbers = range(2_000_000_000, 2_000_000_000 + self.size)
        pairs = [
            (company.number, number, opportunity)
            for company in companies
            for number in numbers
            for opportunity in OPPORTUNITIES
        ]
        few = min(3, len(pairs))
        return Problem(
            policy=self.policy(),
            companies=companies,
            partners=Partners.build(
                [self.partner(number) for number in numbers],
                {number: self.terms() for number in numbers if self.seldom(3)},
            ),
            contacts={
                pair: self.random.choice(MILLIONTHS) for pair in self.random.sample(pairs, few)
            },
            resting=frozenset(self.random.sample(pairs, few)),
        )


def random_problem(seed: int, partners: int) -> Problem:
    """The same world for the same seed."""
    return World(seed, partners).problem()


def problems() -> st.SearchStrategy[Problem]:
    """Small worlds full of ties, gaps and edges."""
    return st.builds(random_problem, st.integers(0, 10**9), st.integers(0, 25))
