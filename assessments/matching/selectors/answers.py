"""Why not? One establishment against one company, for each opportunity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assessments.matching.domain.candidates import Limit, Pair
from assessments.matching.domain.engine import Engine
from assessments.matching.domain.explanation import why_not
from assessments.matching.selectors.encode import encode
from assessments.matching.selectors.policies import published_policy
from companies.partners.merging.selectors import continued_as
from companies.profiles.models import Company
from companies.register.models import Establishment
from portal.common.choices import OPPORTUNITY_LABELS
from portal.common.vocabulary import Opportunity


@dataclass(frozen=True)
class Answer:
    """For one opportunity: a limit, or the rank and score, and the score needed."""

    opportunity: Opportunity
    limit: Limit | None
    distance_m: int | None
    radius_m: int | None
    rank: int | None = None
    score: int | None = None
    needed: int | None = None

    @property
    def label(self) -> str:
        """The opportunity's name in the language of the page."""
        return str(OPPORTUNITY_LABELS[self.opportunity])

    @property
    def is_too_far(self) -> bool:
        """Distance and radius say it all."""
        return self.limit is Limit.TOO_FAR


def answers_for(
    company: Company, number: str, *, today: date
) -> tuple[Establishment | None, list[Answer]]:
    """The establishment (None when the register has none) and the answers.

    A number that was merged into another one stands for that one. No answers for a company
    that is not verified, or without a published policy. Looks at the facts of this moment,
    so it may be ahead of the stored matches.
    """
    number = continued_as(number)
    establishment = Establishment.objects.select_related("enterprise").filter(number=number).first()
    policy = published_policy()
    if establishment is None or policy is None:
        return establishment, []
    problem = encode(policy, today=today, company_id=company.pk, number=number).problem
    row = problem.partners.index_of(int(number))
    if not problem.companies or row is None:
        return establishment, []
    engine = Engine(problem)
    known = bool(problem.partners.placed[row]) and bool(problem.companies[0].points)
    answers = []
    for opportunity in Opportunity:
        if opportunity not in problem.policy.opportunities:
            continue
        pair = Pair(problem, problem.companies[0], row, opportunity)
        answer = why_not(engine, pair)
        answers.append(
            Answer(
                opportunity,
                answer.limit,
                pair.distance_m if known else None,
                pair.radius_m,
                answer.rank,
                None if answer.scored is None else answer.scored.score,
                answer.needed,
            )
        )
    return establishment, answers
