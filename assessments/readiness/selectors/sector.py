"""Figures over the sector: what analysts see, never about one company.

Every verified company whose account is open counts once, with its latest submitted scan on
one version of the questionnaire, whether or not it takes part in the benchmark: those figures
go to other companies, these to government (see ``docs/decisions/0012-benchmark.md``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Q

from assessments.readiness.domain.benchmark import NOBODY, Mean, Pool, mean_of
from assessments.readiness.domain.sector import BAND_BOUNDS, pooled, shown_parts
from assessments.readiness.models import Questionnaire
from assessments.readiness.selectors.parts import Part, parts_of
from assessments.readiness.selectors.values import VALUES, Units, pool_of
from companies.profiles.enums import VerificationStatus
from companies.profiles.models import Company
from portal.common.versioned import VersionStatus
from portal.common.vocabulary import Province

OVERALL: Final = ""
"""Stands for the overall value where figures are kept by slug of the part."""

SECTOR: Final = f"""
WITH chosen AS (
    SELECT DISTINCT ON (s.company_id) s.id AS scan_id, c.province
    FROM readiness_scan s
    JOIN profiles_company c ON c.id = s.company_id
    WHERE s.questionnaire_id = %(questionnaire)s AND s.submitted_at IS NOT NULL
      AND c.status = %(verified)s AND c.closed_at IS NULL
    ORDER BY s.company_id, s.submitted_at DESC, s.moment DESC, s.id
), {VALUES}, valued AS (
    SELECT scan_id, transition_id, value, value / %(unit)s::numeric AS level FROM summed
    UNION ALL
    SELECT scan_id, NULL, value, value / %(overall_unit)s::numeric FROM overall
)
SELECT c.province, v.transition_id, width_bucket(v.level, %(bounds)s::numeric[]) AS band,
       count(*) AS companies, sum(v.value) AS total
FROM chosen c JOIN valued v USING (scan_id)
GROUP BY 1, 2, 3
"""  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True)
class PartFigures:
    """One part over the sector: its mean, and how many companies lie in each band of scores.

    ``bands`` is empty when too few companies have a value.
    """

    mean: Mean
    bands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """Provinces taken together, with the means by slug of the part."""

    provinces: tuple[Province, ...]
    companies: int
    means: Mapping[str, Mean]


@dataclass(frozen=True, slots=True)
class Sector:
    """Figures by slug of the part, ``OVERALL`` for the overall value, over one version.

    ``companies`` of ``verified`` companies are counted. ``areas`` is empty when no cut by
    province can be shown, ``figures`` when fewer than ``minimum`` companies are counted.
    """

    questionnaire: Questionnaire
    parts: tuple[Part, ...]
    minimum: int
    companies: int
    verified: int
    figures: Mapping[str, PartFigures]
    areas: tuple[AreaFigures, ...]


def sector_figures(*, minimum: int) -> Sector | None:
    """Figures of at least ``minimum`` companies each; None while no version is published.

    Three queries once the version is read.
    """
    questionnaire = _version(minimum)
    if questionnaire is None:
        return None
    parts = parts_of(questionnaire)
    tallies = _tallies(questionnaire, parts)
    counts: dict[str, dict[str, int]] = {
        province.value: {
            slug: pool.companies for slug, pool in _pools(tallies, [province.value]).items()
        }
        for province in Province
    }
    shown = shown_parts(counts.values(), minimum)
    everywhere = [province.value for province in Province]
    total = _pools(tallies, everywhere)
    return Sector(
        questionnaire=questionnaire,
        parts=parts,
        minimum=minimum,
        companies=questionnaire.companies,  # type: ignore[attr-defined]  # annotated
        verified=Company.objects.verified().count(),
        figures={
            slug: PartFigures(
                mean_of(total.get(slug, NOBODY), minimum),
                _bands(tallies, slug) if slug in shown else (),
            )
            for slug in (OVERALL, *(part.slug for part in parts))
        }
        if shown
        else {},
        areas=tuple(
            AreaFigures(
                tuple(Province(word) for word in group),
                max(pool.companies for pool in pools.values()),
                {slug: mean_of(pool, minimum) for slug, pool in pools.items() if slug in shown},
            )
            for group in pooled(counts, minimum=minimum)
            for pools in [_pools(tallies, group)]
        ),
    )


def _version(minimum: int) -> Questionnaire | None:
    """The newest version with enough companies; the published one while none has."""
    counts = Q(
        scans__submitted_at__isnull=False,
        scans__company__status=VerificationStatus.VERIFIED,
        scans__company__closed_at__isnull=True,
    )
    versions = list(
        Questionnaire.objects.exclude(status=VersionStatus.DRAFT)
        .annotate(companies=Count("scans__company", filter=counts, distinct=True))
        .order_by("-version", "pk")
    )
    enough = [version for version in versions if version.companies >= minimum]
    published = [one for one in versions if one.status == VersionStatus.PUBLISHED]
    return next(iter((*enough, *published)), None)


# By province, part and band of scores: how many companies, and the sum of their values.
_Tallies = dict[tuple[str, str], dict[int, Pool]]


def _tallies(questionnaire: Questionnaire, parts: Sequence[Part]) -> _Tallies:
    units = Units.of(parts)
    slugs = {None: OVERALL} | {part.transition.pk: part.slug for part in parts}
    with connection.cursor() as cursor:
        cursor.execute(
            SECTOR,
            {
                "questionnaire": questionnaire.pk,
                "verified": VerificationStatus.VERIFIED.value,
                "bounds": list(BAND_BOUNDS),
                "overall_unit": units.overall,
                **units.parameters(parts),
            },
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    found: _Tallies = defaultdict(dict)
    for province, transition_id, band, companies, total in rows:
        unit = units.overall if transition_id is None else units.part
        found[province, slugs[transition_id]][band] = pool_of(total, unit, companies)
    return found


def _pools(tallies: _Tallies, provinces: Sequence[str]) -> dict[str, Pool]:
    """By slug of the part, all companies of these provinces together."""
    found: dict[str, Pool] = {}
    for (province, slug), bands in tallies.items():
        if province in provinces:
            found[slug] = sum(bands.values(), found.get(slug, NOBODY))
    return found


def _bands(tallies: _Tallies, slug: str) -> tuple[int, ...]:
    """Companies of all provinces in each band, the lowest first."""
    return tuple(
        sum(
            bands[band].companies
            for (_province, of), bands in tallies.items()
            if of == slug and band in bands
        )
        for band in range(len(BAND_BOUNDS) + 1)
    )
