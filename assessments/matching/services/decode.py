"""Decode: ranked pairs back into rows, all at once, without losing what was there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from assessments.matching.domain.candidates import Pair
from assessments.matching.domain.engine import Ranked
from assessments.matching.domain.explanation import components_of, evidence_of
from assessments.matching.domain.problem import Problem
from assessments.matching.domain.scoring import score_pair

# Writers of matches wait for each other; readers never do.
WRITE_LOCK = 7_302_001

ProposalKey = tuple[int, str, str]  # company, opportunity, establishment


@dataclass(frozen=True, slots=True)
class Found:
    """A row to store; ``explained`` holds the rest of the columns as JSON texts."""

    company_id: int
    opportunity: str
    establishment: str
    rank: int
    score: int
    values: tuple[int, int, int, int]  # potential, equal others, distance, radius
    components: str
    evidence: str

    @property
    def key(self) -> ProposalKey:
        """What identifies the match."""
        return (self.company_id, self.opportunity, self.establishment)


def explain(problem: Problem, ranked: Ranked, company_ids: Mapping[int, int]) -> Iterable[Found]:
    """Each ranked pair with its explanation.

    Raises AssertionError when an explanation does not add up to the ranked score: a
    wrong number must never reach a page.
    """
    for place, row in enumerate(ranked.rows):
        pair = Pair(problem, ranked.company, row, ranked.opportunity)
        scored = score_pair(pair)
        if (scored.score, scored.distance_m) != (ranked.scores[place], ranked.distances[place]):
            raise AssertionError(f"the explanation of {pair.key} differs from its rank")
        yield Found(
            company_id=company_ids[ranked.company.number],
            opportunity=ranked.opportunity.value,
            establishment=f"{pair.number:010d}",
            rank=place + 1,
            score=scored.score,
            values=(
                scored.potential,
                ranked.equal_others[place],
                scored.distance_m,
                scored.radius_m,
            ),
            components=json.dumps(components_of(scored)),
            evidence=json.dumps(evidence_of(scored)),
        )


def lock_writers() -> None:
    """Until the end of the transaction no other run writes matches."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITE_LOCK])


def store(
    *,
    run_id: int,
    company_id: int | None,
    found: Sequence[Found],
    proposed: frozenset[ProposalKey],
) -> None:
    """Write the matches of a run (over one company, or over all) inside a transaction.

    Rows that were there keep their key and when they were first found; rows that this
    run did not find become stale and are no proposals.
    """
    with connection.cursor() as cursor:
        cursor.execute(_INCOMING)
        with cursor.copy(_COPY) as copy:
            for one in found:
                copy.write_row(
                    (
                        one.company_id,
                        one.opportunity,
                        one.establishment,
                        one.rank,
                        one.score,
                        *one.values,
                        one.components,
                        one.evidence,
                        one.key in proposed,
                    )
                )
        cursor.execute(_UPSERT, {"run": run_id})
        cursor.execute(_STALE, {"run": run_id, "company": company_id})
        cursor.execute("DROP TABLE matching_incoming")


_INCOMING = """
    CREATE TEMPORARY TABLE matching_incoming (
        company_id bigint, opportunity text, establishment_id text, rank int, score int,
        potential int, equal_others int, distance_m int, radius_m int,
        components jsonb, evidence jsonb, proposed boolean
    ) ON COMMIT DROP
"""
_COPY = "COPY matching_incoming FROM STDIN"
_UPSERT = """
    INSERT INTO matching_match (
        company_id, opportunity, establishment_id, run_id, rank, score, potential,
        equal_others, distance_m, radius_m, components, evidence, proposed, is_stale, found_at
    )
    SELECT company_id, opportunity, establishment_id, %(run)s, rank, score, potential,
        equal_others, distance_m, radius_m, components, evidence, proposed, false,
        statement_timestamp()
    FROM matching_incoming ORDER BY company_id, opportunity, rank
    ON CONFLICT (company_id, opportunity, establishment_id) DO UPDATE SET
        run_id = EXCLUDED.run_id, rank = EXCLUDED.rank, score = EXCLUDED.score,
        potential = EXCLUDED.potential, equal_others = EXCLUDED.equal_others,
        distance_m = EXCLUDED.distance_m, radius_m = EXCLUDED.radius_m,
        components = EXCLUDED.components, evidence = EXCLUDED.evidence,
        proposed = EXCLUDED.proposed, is_stale = false
"""
_STALE = """
    UPDATE matching_match SET is_stale = true, proposed = false
    WHERE run_id <> %(run)s AND NOT is_stale
    AND (%(company)s::bigint IS NULL OR company_id = %(company)s)
"""
