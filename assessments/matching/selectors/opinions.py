"""Reads for pages: what the company thinks of its matches, and where introductions stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Max, Min, QuerySet

from assessments.matching.domain.introductions import Side
from assessments.matching.enums import JUDGEMENTS, Opinion
from assessments.matching.models import Interaction, Introduction, IntroductionStep, Match
from assessments.matching.selectors.ledger import newest_opinions
from companies.profiles.models import Company


@dataclass(frozen=True)
class Stand:
    """How a match stands with the company: its newest opinion, and its last introduction."""

    opinion: Interaction | None = None
    introduction: Introduction | None = None

    @property
    def under_way(self) -> Introduction | None:
        """The introduction that is open."""
        return self.introduction if self.introduction and self.introduction.is_open else None

    @property
    def judgement(self) -> Interaction | None:
        """The opinion, when it is a judgement that was not taken back."""
        if self.opinion is not None and self.opinion.opinion in JUDGEMENTS:
            return self.opinion
        return None

    @property
    def is_refused(self) -> bool:
        """The company does not want it."""
        return self.judgement is not None and self.judgement.opinion == Opinion.NOT_RELEVANT


def stands_of(company: Company, matches: Iterable[Match]) -> dict[int, Stand]:
    """By the key of the match; two queries, none without matches."""
    rows = list(matches)
    if not rows:
        return {}
    places = {row.establishment_id for row in rows}
    opinions = {
        (row.opportunity, row.establishment_id): row
        for row in newest_opinions().filter(
            company=company, side=Side.COMPANY, establishment__in=places
        )
    }
    introductions = {
        (row.opportunity, row.establishment_id): row
        for row in Introduction.objects.filter(company=company, establishment__in=places).order_by(
            "pk"
        )
    }
    return {
        row.pk: Stand(
            opinions.get((row.opportunity, row.establishment_id)),
            introductions.get((row.opportunity, row.establishment_id)),
        )
        for row in rows
    }


def introductions_in_order(rows: QuerySet[Introduction]) -> QuerySet[Introduction]:
    """With company, partner, ``begun_at`` and ``moved_at``; what moved last comes first."""
    return (
        rows.select_related("company", "establishment__enterprise")
        .annotate(begun_at=Min("steps__taken_at"), moved_at=Max("steps__taken_at"))
        .order_by(F("moved_at").desc(), "-pk")
    )


def steps_of(introduction: Introduction) -> list[IntroductionStep]:
    """The steps, the first one first; one query."""
    return list(introduction.steps.select_related("taken_by").order_by("number", "pk"))
