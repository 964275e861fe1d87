"""A matching problem of any size, drawn from one seed: real places, real policy, made-up firms.

Partners stand on the postal points of Belgium, busy ones far more often; their codes follow
the watch list, with a few codes that very many have and many that few have. One in a hundred
signed up with needs of its own, one in a thousand opted out, one in fifty has no place.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np

from assessments.matching.content import policy_v1
from assessments.matching.domain.policy import AffinityKey, OpportunityPolicy, Policy
from assessments.matching.domain.problem import (
    Activity,
    Company,
    CustomerShare,
    Need,
    Offer,
    PairKey,
    PartnerRow,
    Partners,
    Problem,
    Terms,
    make_profile,
)
from companies.register.content import postal, watch_list
from portal.common.vocabulary import Cell, NaceVersion, Opportunity, Verdict

SEED = 20261125
CODES = 700
SKILLS = ("haccp", "iso9001", "iso14001", "weld", "forklift", "brc", "gmp", "vca")
CERTIFICATES = frozenset({"haccp", "iso9001", "brc"})
UNITS = {
    Opportunity.ENCLAVE: "places",
    Opportunity.RESHORING: "hours",
    Opportunity.EIGEN_PRODUCTEN: "band",
    Opportunity.FVDT: "hours",
    Opportunity.SAMENWERKING: "hours",
}


def real_policy() -> Policy:
    """The shipped policy, as the database would give it."""
    watched: dict[Opportunity, set[tuple[str, str]]] = {}
    for version, prefix, opportunity in watch_list.watched():
        watched.setdefault(opportunity, set()).add((version.value, prefix))
    return Policy(
        version=policy_v1.VERSION,
        opportunities={
            opportunity: OpportunityPolicy(radius * 1000)
            for opportunity, radius in policy_v1.RADII_KM.items()
        },
        affinities={
            AffinityKey(
                opportunity,
                cell.value if cell else f"{own_version}:{own_prefix}",
                version.value,
                prefix,
            ): value
            for opportunity, cell, own_version, own_prefix, version, prefix, value in (
                policy_v1.affinities()
            )
        },
        watched={opportunity: frozenset(keys) for opportunity, keys in watched.items()},
    )


@dataclass
class Drawing:
    """Draws the problem; the same seed and sizes give the same one."""

    companies: int
    partners: int
    seed: int = SEED

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.numbers = np.random.default_rng(self.seed)
        self.points = [(point.x_m, point.y_m) for point in postal.read_points()]
        self.flemish = [
            (point.x_m, point.y_m) for point in postal.read_points() if point.postcode[0] in "2389"
        ]

    def problem(self) -> Problem:
        """The whole of it."""
        rows, terms = self._partners()
        companies = tuple(self._company(number) for number in range(self.companies))
        contacts, resting = self._history(companies, rows)
        return Problem(
            policy=real_policy(),
            companies=companies,
            partners=Partners.build(rows, terms),
            contacts=contacts,
            resting=resting,
        )

    def _codes(self) -> list[tuple[str, str]]:
        """(version, five digits), the frequent ones first."""
        watched = sorted({(version.value, prefix) for version, prefix, _ in watch_list.watched()})
        found: dict[tuple[str, str], None] = {}
        while len(found) < CODES:
            version, prefix = self.random.choice(watched)
            if version == NaceVersion.NACE_2008.value and self.random.random() < 0.8:
                continue
            digits = "".join(self.random.choice("1234567890") for _ in range(5 - len(prefix)))
            found[(version, prefix + digits)] = None
        return list(found)

    def _partners(self) -> tuple[list[PartnerRow], dict[int, Terms]]:
        count, draw = self.partners, self.numbers
        codes = self._codes()
        frequent = 1 / np.arange(1, CODES + 1)
        frequent /= frequent.sum()
        busy = draw.lognormal(0, 1.2, len(self.points))
        place = draw.choice(len(self.points), count, p=busy / busy.sum())
        main = draw.choice(CODES, count, p=frequent)
        extra = draw.choice(5, count, p=(0.55, 0.25, 0.12, 0.05, 0.03))
        others = draw.choice(CODES, (count, 4), p=frequent)
        classes = draw.choice(("SECO", "ANCI"), (count, 4), p=(0.8, 0.2))
        firm = np.sort(draw.integers(0, max(1, count * 4 // 5), count))
        lost, gone = draw.random(count) < 0.02, draw.random(count) < 0.01
        rows: list[PartnerRow] = []
        for at in range(count):
            version = codes[main[at]][0]
            own = [(*codes[main[at]], "MAIN")]
            own += [
                (*codes[others[at, n]], str(classes[at, n]))
                for n in range(extra[at])
                if codes[others[at, n]][0] == version and others[at, n] != main[at]
            ]
            x, y = (None, None) if lost[at] else self.points[place[at]]
            number, enterprise = 2_000_000_000 + at * 97, 500_000_000 + int(firm[at]) * 97
            rows.append((number, enterprise, x, y, not gone[at], make_profile(own)))
        terms = {rows[at][0]: self._terms() for at in range(count) if self.random.random() < 0.01}
        return rows, terms

    def _terms(self) -> Terms:
        draw = self.random
        needs = {}
        for opportunity in draw.sample(list(Opportunity), draw.choice((1, 1, 1, 2))):
            asked = frozenset(draw.sample(SKILLS, draw.choice((0, 1, 2, 3))))
            needs[opportunity] = Need(
                amount=draw.choice((None, 4, 8, 20)),
                unit=UNITS[opportunity],
                radius_m=draw.choice((None, 10_000, 30_000, 80_000)),
                asked=asked,
                required=asked & CERTIFICATES if draw.random() < 0.5 else frozenset(),
            )
        return Terms(opted_out=draw.random() < 0.1, needs=needs)

    def _company(self, at: int) -> Company:
        draw = self.random
        cells = draw.sample([cell.value for cell in Cell], draw.choice((1, 2, 2, 3, 4)))
        return Company(
            number=400_000_000 + at * 97,
            points=tuple(sorted(set(draw.sample(self.flemish, draw.choice((1, 1, 2, 3)))))),
            activities=tuple(
                Activity(cell, draw.choice((None, 10, 20, 30))) for cell in sorted(cells)
            ),
            verdicts={
                opportunity: draw.choice((Verdict.HOOG, Verdict.GEMIDDELD, Verdict.LAAG))
                for opportunity in Opportunity
            },
            offers={
                opportunity: Offer(
                    draw.choice((None, None, 20_000, 50_000)),
                    draw.choice((None, 3, 6, 12)),
                    UNITS[opportunity],
                )
                for opportunity in Opportunity
            },
            competences=frozenset(draw.sample(SKILLS, draw.choice((0, 2, 4, 6)))),
            customers=tuple(
                CustomerShare(
                    None
                    if draw.random() < 0.5
                    else 500_000_000 + draw.randrange(max(1, self.partners * 4 // 5)) * 97,
                    draw.choice(("10", "25", "28", "46", "47", "52", "82")),
                    draw.choice((5, 10, 20)),
                )
                for _ in range(draw.randrange(5))
            ),
            guides_fte=draw.choice((None, 250, 400)),
        )

    def _history(
        self, companies: tuple[Company, ...], rows: list[PartnerRow]
    ) -> tuple[dict[PairKey, int], frozenset[PairKey]]:
        """Introductions and refusals of earlier years: ten and five per company."""
        draw = self.random

        def key(company: Company) -> PairKey:
            return company.number, draw.choice(rows)[0], draw.choice(list(Opportunity))

        contacts = {key(one): draw.choice((600_000, 1_000_000)) for one in companies * 10}
        return contacts, frozenset(key(one) for one in companies * 5)
