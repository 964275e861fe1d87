"""Encode: companies, partners, assessments and policy into one frozen problem.

The number of queries does not depend on the number of companies or partners.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.models import Prefetch

from assessments.matching.domain.problem import (
    Activity,
    ActivityProfile,
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
from assessments.matching.models import Policy
from assessments.matching.selectors.ledger import history
from assessments.matching.selectors.policies import METRES, policy_value
from assessments.opportunities.selectors import CurrentAssessment, current_assessments
from companies.partners.models import Partner, PartnerNeed
from companies.partners.opt_out.selectors import opted_out_places
from companies.profiles.enums import VerificationStatus
from companies.profiles.models import Company as CompanyRow
from companies.profiles.models import OpportunityOffer
from companies.profiles.selectors import CompanyProfile, company_profiles
from companies.register.models import RegisterImport
from portal.common.run_rows import RunStatus
from portal.common.vocabulary import Opportunity

Assessments = Mapping[tuple[int, Opportunity], CurrentAssessment]
# West, east, south and north of the places looked at, in metres.
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Encoded:
    """A problem with what is needed to write its results down."""

    problem: Problem
    company_ids: Mapping[int, int]  # enterprise number -> primary key
    # primary key -> version of facts, hash of assessments, hash of what passed
    seen: Mapping[int, tuple[int, str, str]]
    rule_set_id: int | None
    register_import_id: int | None


def encode(
    policy: Policy, *, today: date, company_id: int | None = None, number: str = ""
) -> Encoded:
    """All verified companies (or one) with all partners that can be near enough.

    An offer that ended before ``today`` counts as none; how far the company goes stays.
    What passed between the two counts as of ``today``.
    ``number`` adds an establishment to the partners whatever its state, for *why not*.
    """
    value = policy_value(policy)
    verified = CompanyRow.objects.verified()
    if company_id is not None:
        verified = verified.filter(pk=company_id)
    profiles = company_profiles(verified)
    assessments = current_assessments([profile.company.pk for profile in profiles])
    companies = tuple(company_value(profile, assessments, today) for profile in profiles)
    reach = max((one.radius_m for one in value.opportunities.values()), default=0)
    box = None if company_id is None else box_around(companies, reach)
    company_ids = {int(p.company.enterprise_number): p.company.pk for p in profiles}
    past, past_hashes = history(company_ids, days=policy.cooling_off_days, today=today)
    rule_sets = {assessment.rule_set_id for assessment in assessments.values()}
    return Encoded(
        problem=Problem(
            policy=value,
            companies=companies,
            partners=Partners.build(partner_rows(box, number), partner_terms(today)),
            contacts=past.contacts,
            resting=past.resting,
        ),
        company_ids=company_ids,
        seen={
            profile.company.pk: (
                profile.company.facts_version,
                assessments_hash(profile.company.pk, assessments),
                past_hashes.get(profile.company.pk, ""),
            )
            for profile in profiles
        },
        rule_set_id=max(rule_sets, default=None),
        register_import_id=latest_import_id(),
    )


def latest_import_id() -> int | None:
    """The register that is in force."""
    return (
        RegisterImport.objects.filter(status=RunStatus.FINISHED, is_dry_run=False)
        .order_by("-finished_at", "-pk")
        .values_list("pk", flat=True)
        .first()
    )


def assessments_hash(company_id: int, assessments: Assessments) -> str:
    """What matching uses of the assessments of a company, in one word."""
    parts = [
        f"{opportunity.value}:{found.counted.value}:{found.rule_set_id}"
        for opportunity in sorted(Opportunity)
        if (found := assessments.get((company_id, opportunity))) is not None
    ]
    return sha256("|".join(parts).encode()).hexdigest()


def company_value(profile: CompanyProfile, assessments: Assessments, today: date) -> Company:
    """One company as the domain sees it; no query."""
    company, workforce = profile.company, profile.workforce
    guides = None
    if workforce is not None:
        guides = int(workforce.guides_fte * 100)
    return Company(
        number=int(company.enterprise_number),
        points=tuple(
            sorted(
                (place.x_m, place.y_m)
                for place in profile.establishments
                if place.x_m is not None and place.y_m is not None
            )
        ),
        activities=tuple(
            sorted(
                (
                    Activity(row.cell or f"{row.nace_version}:{row.nace_code}", row.turnover_share)
                    for row in profile.activities
                    if row.cell or row.nace_code
                ),
                key=lambda activity: activity.key,
            )
        ),
        verdicts={
            opportunity: found.counted
            for opportunity in Opportunity
            if (found := assessments.get((company.pk, opportunity))) is not None
        },
        offers={
            opportunity: offer_value(offer, today) for opportunity, offer in profile.offers.items()
        },
        competences=profile.competence_slugs,
        customers=tuple(
            sorted(
                (
                    CustomerShare(
                        int(row.enterprise_number) if row.enterprise_number else None,
                        row.nace_division,
                        row.turnover_share,
                    )
                    for row in profile.customers
                ),
                key=lambda row: (row.enterprise or 0, row.division, row.share),
            )
        ),
        guides_fte=guides,
    )


def offer_value(offer: OpportunityOffer, today: date) -> Offer:
    """An offer as the domain sees it; a band counts for what it promises at least."""
    is_over = offer.is_over(today)
    return Offer(
        radius_m=None if offer.radius_km is None else offer.radius_km * METRES,
        amount=None if is_over else offer.least_amount,
        unit="" if is_over else offer.unit,
    )


def box_around(companies: Iterable[Company], reach: int) -> Box | None:
    """The square that holds every partner near enough; None when it cannot be limited."""
    points = [point for company in companies for point in company.points]
    radii = [
        offer.radius_m
        for company in companies
        for offer in company.offers.values()
        if offer.radius_m is not None
    ]
    if not points:
        return None
    far = max([reach, *radii]) + 1
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs) - far, max(xs) + far, min(ys) - far, max(ys) + far)


# Profiles repeat: the same few thousand sets of codes stand for all establishments.
# A key that is no longer watched costs nothing here; the domain looks at the watch list.
_PARTNERS = """
    SELECT e.number::bigint, e.enterprise_id::bigint, e.x_m, e.y_m,
           e.is_active AND o.is_active AND m.loser IS NULL, a.codes
    FROM register_establishment e
    JOIN register_enterprise o ON o.number = e.enterprise_id
    LEFT JOIN (
        SELECT establishment_id, string_agg(
            classification || ':' || version || ':' || code, ' '
            ORDER BY classification, version, code
        ) AS codes
        FROM register_establishmentactivity GROUP BY establishment_id
    ) a ON a.establishment_id = e.number
    LEFT JOIN partners_establishmentmerge m ON m.loser = e.number
    WHERE e.number = %(number)s OR (
        e.is_active AND o.is_active AND m.loser IS NULL AND a.codes IS NOT NULL
        AND (%(west)s::int IS NULL OR (
            e.x_m BETWEEN %(west)s AND %(east)s AND e.y_m BETWEEN %(south)s AND %(north)s
        ))
    )
"""


def partner_rows(box: Box | None = None, number: str = "") -> list[PartnerRow]:
    """Active establishments with their codes, without merged ones; one query."""
    west, east, south, north = box or (None, None, None, None)
    known: dict[str, ActivityProfile] = {}

    def profile(codes: str | None) -> ActivityProfile:
        text = codes or ""
        found = known.get(text)
        if found is None:
            rows = [code.split(":") for code in text.split()]
            found = known[text] = make_profile([(row[1], row[2], row[0]) for row in rows])
        return found

    with connection.cursor() as cursor:
        cursor.execute(
            _PARTNERS,
            {"number": number, "west": west, "east": east, "south": south, "north": north},
        )
        return [(*row[:5], profile(row[5])) for row in cursor.fetchall()]


def partner_terms(today: date, numbers: Collection[str] | None = None) -> dict[int, Terms]:
    """What partners that are known said, by establishment number; four queries.

    Who wants no proposals is among them, signed up or not.

    A need that was closed, or that ended before ``today``, counts as none, and so does what
    somebody typed whose sign-up was not accepted: then matching knows the register only.
    """
    current = PartnerNeed.objects.current(today).filter(partner__status=VerificationStatus.VERIFIED)
    needs: Any = Prefetch(
        "needs", current.order_by("opportunity", "pk").prefetch_related("competences")
    )
    partners = Partner.objects.prefetch_related(needs).order_by("pk")
    if numbers is not None:
        partners = partners.filter(establishment__in=numbers)
    refusing = opted_out_places()
    if numbers is not None:
        refusing &= set(numbers)
    terms = {int(number): Terms(opted_out=True) for number in refusing}
    for partner in partners:
        terms[int(partner.establishment_id)] = Terms(
            opted_out=partner.establishment_id in refusing,
            needs={Opportunity(need.opportunity): need_value(need) for need in partner.needs.all()},
        )
    return terms


def need_value(need: PartnerNeed) -> Need:
    """A need whose competences are fetched; certificates are required, the rest is a wish."""
    asked = list(need.competences.all())
    return Need(
        amount=need.amount,
        unit=need.unit,
        radius_m=None if need.radius_km is None else need.radius_km * METRES,
        asked=frozenset(one.slug for one in asked),
        required=frozenset(one.slug for one in asked if one.is_certificate),
    )
