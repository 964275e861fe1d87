"""Reads for the pages: matches with their partners, counts, labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.translation import get_language

from assessments.matching.models import Match
from assessments.matching.selectors.standing import shown_matches
from assessments.opportunities.judgements import ShownVerdict, shown_verdicts
from companies.profiles.models import Company
from companies.register.models import Establishment, NaceCode, RegisterDifference
from portal.common.choices import OPPORTUNITY_LABELS
from portal.common.vocabulary import Opportunity


@dataclass(frozen=True)
class OpportunityCount:
    """How many matches an opportunity has; ``best`` is the highest score in millionths.

    ``shown`` is the verdict that weighs in the scores, None before the first one.
    """

    opportunity: Opportunity
    found: int
    proposed: int
    best: int | None
    shown: ShownVerdict | None

    @property
    def label(self) -> str:
        """Name in the language of the page."""
        return str(OPPORTUNITY_LABELS[self.opportunity])


def matches_of(company: Company, *, stale: bool = False) -> QuerySet[Match]:
    """Matches with their partners, by opportunity in the study's order, then by rank."""
    order = Case(
        *(
            When(opportunity=opportunity.value, then=Value(place))
            for place, opportunity in enumerate(Opportunity)
        ),
        output_field=IntegerField(),
    )
    return (
        shown_matches()
        .filter(company=company, is_stale=stale)
        .select_related("establishment__enterprise")
        .alias(place=order)
        .order_by("place", "rank", "pk")
    )


def match_with_versions(pk: int) -> Match | None:
    """One match with all that its page shows, and ``may_be_proposed``; one query."""
    return (
        Match.objects.annotate(may_be_proposed=Exists(shown_matches().filter(pk=OuterRef("pk"))))
        .select_related(
            "company",
            "establishment__enterprise",
            "run__policy",
            "run__rule_set",
            "run__register_import",
        )
        .filter(pk=pk)
        .first()
    )


def partner_changes(match: Match) -> list[RegisterDifference]:
    """What imports changed at the partner since the register that the match was found in.

    The oldest first; one query. The match comes with its run, see ``match_with_versions``.
    """
    seen = match.run.register_import
    since = Q() if seen is None else Q(register_import__finished_at__gt=seen.finished_at)
    return list(
        RegisterDifference.objects.filter(
            since, number=match.establishment_id, register_import__is_dry_run=False
        )
        .select_related("register_import")
        .order_by("register_import__finished_at", "pk")
    )


def counts_of(company: Company) -> tuple[list[OpportunityCount], int]:
    """Counts per opportunity, and how many matches are not found any more; three queries."""
    verdicts = shown_verdicts([company.pk]).get(company.pk, {})
    rows = {
        row["opportunity"]: row
        for row in shown_matches()
        .filter(company=company)
        .order_by("opportunity")
        .values("opportunity")
        .annotate(
            found=Count("pk", filter=Q(is_stale=False)),
            chosen=Count("pk", filter=Q(proposed=True)),
            best=Max("score", filter=Q(is_stale=False)),
            stale=Count("pk", filter=Q(is_stale=True)),
        )
    }
    counts = [
        OpportunityCount(
            opportunity,
            rows.get(opportunity.value, {}).get("found", 0),
            rows.get(opportunity.value, {}).get("chosen", 0),
            rows.get(opportunity.value, {}).get("best"),
            verdicts.get(opportunity),
        )
        for opportunity in Opportunity
    ]
    return counts, sum(row["stale"] for row in rows.values())


def nace_labels(codes: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """(label, its language) by (version, code), in the page's language when there is one."""
    wanted = Q(pk__in=[])
    for version, code in sorted(set(codes)):
        wanted |= Q(version=version, code=code)
    english = (get_language() or "nl").startswith("en")
    first, second = ("en", "nl") if english else ("nl", "en")
    found = {}
    for row in NaceCode.objects.filter(wanted).order_by("pk"):
        for language in (first, second, "fr"):
            text = getattr(row, f"label_{language}")
            if text:
                found[row.version, row.code] = (text, language)
                break
    return found


def places_unknown(limit: int) -> tuple[list[Establishment], int]:
    """Active establishments without a place, the first by name, and how many more there are."""
    rows = Establishment.objects.filter(is_active=True, x_m=None)
    shown = list(rows.select_related("enterprise").order_by("name_key", "pk")[:limit])
    return shown, (rows.count() - limit if len(shown) == limit else 0)


def companies_without_place() -> QuerySet[Company]:
    """Verified companies none of whose establishments has a place."""
    return (
        Company.objects.verified()
        .exclude(establishments__x_m__isnull=False)
        .order_by("name_key", "pk")
    )
