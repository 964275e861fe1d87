"""Precision of proposals: judged relevant or not, per opportunity and policy version."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from assessments.matching.domain.introductions import Reason
from assessments.matching.domain.precision import Precision
from assessments.matching.enums import JUDGEMENTS, Opinion
from assessments.matching.models import Interaction
from assessments.matching.selectors.standing import shown_matches
from portal.common.choices import OPPORTUNITY_LABELS
from portal.common.vocabulary import Opportunity


@dataclass(frozen=True)
class PrecisionRow:
    """One opportunity under one policy version."""

    opportunity: Opportunity
    version: int
    precision: Precision
    # Why the others were not relevant, the commonest first.
    reasons: tuple[tuple[Reason, int], ...]

    @property
    def label(self) -> str:
        """The opportunity's name in the language of the page."""
        return str(OPPORTUNITY_LABELS[self.opportunity])


def precision_rows() -> list[PrecisionRow]:
    """The newest policy first, then in the study's order; one query.

    A judgement is the newest opinion of a side under a policy. A proposal that both
    sides judged counts once, and as not relevant when one of them says so.
    """
    by = ("policy_id", "company_id", "opportunity", "establishment_id", "side")
    newest = (
        Interaction.objects.filter(proposed=True, policy__isnull=False)
        .exclude(opinion=Opinion.SEEN)
        .order_by(*by, "-pk")
        .distinct(*by)
        .values_list(
            "policy__version", "company_id", "opportunity", "establishment_id", "opinion", "reason"
        )
    )
    judged: dict[tuple[int, int, str, str], bool] = {}
    reasons: dict[tuple[int, str], Counter[Reason]] = {}
    for version, company, opportunity, place, opinion, reason in newest:
        if opinion not in JUDGEMENTS:
            continue
        key = (version, company, opportunity, place)
        judged[key] = judged.get(key, True) and opinion == Opinion.INTERESTED
        if reason:
            reasons.setdefault((version, opportunity), Counter())[Reason(reason)] += 1
    totals: Counter[tuple[int, str]] = Counter((v, o) for v, _, o, _ in judged)
    relevant: Counter[tuple[int, str]] = Counter(
        (key[0], key[2]) for key, fits in judged.items() if fits
    )
    order = {opportunity.value: place for place, opportunity in enumerate(Opportunity)}
    return [
        PrecisionRow(
            Opportunity(opportunity),
            version,
            Precision(totals[version, opportunity], relevant[version, opportunity]),
            tuple(
                sorted(
                    reasons.get((version, opportunity), Counter()).items(),
                    key=lambda pair: (-pair[1], pair[0]),
                )
            ),
        )
        for version, opportunity in sorted(totals, key=lambda key: (-key[0], order[key[1]]))
    ]


def proposals_now() -> int:
    """How many proposals stand at this moment; one query."""
    return shown_matches().filter(proposed=True, is_stale=False).count()
