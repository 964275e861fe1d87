"""Peers of a company: one query over all scans, whatever their number.

A peer is another verified company whose account is open, that agrees to the comparison at
this moment, and that submitted a scan on the same version of the questionnaire; its latest
one counts. Demo companies only meet demo companies. A part that has no answered level has no
value, and its overall value is the mean of its transitions, exactly as in ``domain.scoring``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from assessments.readiness.domain.benchmark import (
    NOBODY,
    SIZE_BOUNDS,
    Bucket,
    Group,
    SizeBand,
    Trait,
    narrowest_group,
    size_band,
)
from assessments.readiness.models import Questionnaire
from assessments.readiness.selectors.parts import Part, parts_of
from assessments.readiness.selectors.values import VALUES, Units, pool_of
from companies.profiles.content.consents import versions_in_force
from companies.profiles.enums import ConsentPurpose, VerificationStatus
from portal.common.vocabulary import Cell, Province

PEERS: Final = f"""
WITH counted AS (
    SELECT c.id, c.province, c.id = own.id AS is_own
    FROM profiles_company own
    JOIN profiles_company c ON c.id = own.id OR (
        c.is_demo = own.is_demo
        AND c.status = %(verified)s
        AND c.closed_at IS NULL
        AND EXISTS (
            SELECT FROM profiles_consent k
            WHERE k.company_id = c.id AND k.purpose = %(purpose)s
              AND k.withdrawn_at IS NULL AND k.version = ANY(%(versions)s)
        )
    )
    WHERE own.id = %(company)s
), traits AS (
    SELECT c.id, c.is_own, c.province, activity.cell, workforce.fte,
           width_bucket(workforce.fte, %(bounds)s::numeric[]) AS size
    FROM counted c
    LEFT JOIN LATERAL (
        SELECT a.cell FROM profiles_activity a
        WHERE a.company_id = c.id AND a.cell IS NOT NULL
        ORDER BY a.turnover_share DESC NULLS LAST, array_position(%(cells)s::text[], a.cell::text)
        LIMIT 1
    ) activity ON true
    LEFT JOIN LATERAL (
        SELECT nullif(sum(w.fte), 0) AS fte
        FROM (
            SELECT y.id FROM profiles_workforceyear y
            WHERE y.company_id = c.id ORDER BY y.year DESC LIMIT 1
        ) latest
        JOIN profiles_workforcecell w ON w.workforce_year_id = latest.id
    ) workforce ON true
), own AS (
    SELECT * FROM traits WHERE is_own
), latest AS (
    SELECT DISTINCT ON (s.company_id) s.company_id, s.id AS scan_id
    FROM readiness_scan s
    WHERE s.questionnaire_id = %(questionnaire)s AND s.submitted_at IS NOT NULL
    ORDER BY s.company_id, s.submitted_at DESC, s.moment DESC, s.id
), chosen AS (
    SELECT l.scan_id,
           coalesce(t.cell = (SELECT cell FROM own), false) AS same_cell,
           coalesce(t.size = (SELECT size FROM own), false) AS same_size,
           t.province = (SELECT province FROM own) AS same_province
    FROM traits t JOIN latest l ON l.company_id = t.id
    WHERE NOT t.is_own
), {VALUES}, pooled AS (
    SELECT p.same_cell, p.same_size, p.same_province, 'part' AS what, v.transition_id,
           count(*) AS companies, sum(v.value) AS total
    FROM chosen p JOIN summed v USING (scan_id)
    GROUP BY 1, 2, 3, 5
    UNION ALL
    SELECT p.same_cell, p.same_size, p.same_province, 'overall', NULL, count(*), sum(o.value)
    FROM chosen p JOIN overall o USING (scan_id)
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT p.same_cell, p.same_size, p.same_province, 'companies', NULL, count(*), NULL
    FROM chosen p
    GROUP BY 1, 2, 3
)
SELECT own.cell, own.fte, own.province, pooled.*
FROM own LEFT JOIN pooled ON true
"""  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The group of peers, and what the own company is.

    ``group`` is None when fewer than ``minimum`` companies can be compared with; ``companies``
    counts all of them, in whatever group they are.
    """

    cell: Cell | None
    size: SizeBand | None
    province: Province
    minimum: int
    companies: int
    group: Group | None


def benchmark_of(*, company_id: int, questionnaire: Questionnaire, minimum: int) -> Benchmark:
    """Compare a company with its peers; one query once the version of the questionnaire is read.

    ``minimum`` is the smallest number of companies that a figure may be about.
    """
    parts = parts_of(questionnaire)
    units = Units.of(parts)
    with connection.cursor() as cursor:
        cursor.execute(PEERS, parameters(company_id, questionnaire.pk, parts, units))
        rows = cursor.fetchall()
    cell, fte, province = rows[0][:3]
    size = size_band(fte)
    buckets = _buckets([row[3:] for row in rows if row[6] is not None], parts, units)
    known = {Trait.CELL: cell, Trait.SIZE: size, Trait.PROVINCE: province}
    return Benchmark(
        cell=Cell(cell) if cell else None,
        size=size,
        province=Province(province),
        minimum=minimum,
        companies=sum(bucket.companies for bucket in buckets),
        group=narrowest_group(
            buckets,
            known=frozenset(trait for trait, value in known.items() if value),
            minimum=minimum,
        ),
    )


def parameters(
    company_id: int, questionnaire_id: int, parts: Sequence[Part], units: Units
) -> dict[str, Any]:
    """What ``PEERS`` asks for."""
    return {
        "company": company_id,
        "questionnaire": questionnaire_id,
        "verified": VerificationStatus.VERIFIED.value,
        "purpose": ConsentPurpose.BENCHMARK.value,
        "versions": list(versions_in_force(ConsentPurpose.BENCHMARK)),
        "cells": [cell.value for cell in Cell],
        "bounds": list(SIZE_BOUNDS),
        **units.parameters(parts),
    }


def _buckets(rows: Sequence[tuple[Any, ...]], parts: Sequence[Part], units: Units) -> list[Bucket]:
    """Rows of (three times shared or not, what, transition, companies, total) by what is shared."""
    slugs = {part.transition.pk: part.slug for part in parts}
    found: dict[frozenset[Trait], dict[str, Any]] = {}
    for *shares, what, transition_id, companies, total in rows:
        shared = frozenset(trait for trait, same in zip(Trait, shares, strict=True) if same)
        bucket = found.setdefault(shared, {"overall": NOBODY, "parts": {}})
        if what == "companies":
            bucket["companies"] = companies
        elif what == "overall":
            bucket["overall"] = pool_of(total, units.overall, companies)
        else:
            bucket["parts"][slugs[transition_id]] = pool_of(total, units.part, companies)
    return [Bucket(shared, **bucket) for shared, bucket in found.items()]
