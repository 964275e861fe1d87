"""Which stored matches become proposals, within the room that the ledger leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assessments.matching.domain.allocation import Edge, Room, allocate
from assessments.matching.selectors.encode import Encoded
from assessments.matching.selectors.ledger import (
    Triple,
    kept_triples,
    open_triples,
    proposed_triples,
)
from assessments.matching.services.decode import Found


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands already when proposals are shared out.

    ``under_way``: open introductions of all companies. ``others``: proposals that this
    run may not touch. ``kept``: proposals that somebody saw or marked, worth keeping.
    """

    under_way: frozenset[Triple]
    others: frozenset[Triple]
    kept: frozenset[Triple]


def standing(encoded: Encoded, *, company_id: int | None) -> Standing:
    """As it is now; four queries at most. A run over all companies touches every proposal."""
    return Standing(
        under_way=open_triples(),
        others=frozenset() if company_id is None else proposed_triples(besides=company_id),
        kept=kept_triples(list(encoded.company_ids.values())),
    )


def share_out(encoded: Encoded, found: Sequence[Found], stand: Standing) -> frozenset[Triple]:
    """The matches to propose. One that is under way is not proposed again."""
    policy = encoded.problem.policy
    numbers = {pk: number for number, pk in encoded.company_ids.items()}
    edges = [
        Edge(
            (numbers[one.company_id], one.opportunity),
            int(one.establishment),
            one.rank,
            one.score,
            kept=one.key in stand.kept,
        )
        for one in found
        if one.key not in stand.under_way
    ]
    room = Room(
        policy.per_opportunity,
        policy.per_partner,
        group_used=Counter(
            (numbers[company_id], opportunity)
            for company_id, opportunity, _ in stand.under_way
            if company_id in numbers
        ),
        # A proposal that became an introduction since the last run counts once.
        partner_used=Counter(int(place) for _, _, place in stand.under_way | stand.others),
    )
    return frozenset(
        (encoded.company_ids[number], opportunity, f"{partner:010d}")
        for (number, opportunity), partner in allocate(edges, room)
    )
