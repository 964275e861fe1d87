"""Verdicts of advisers in words: beside the computed one, and as a history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from assessments.opportunities import words
from assessments.opportunities.models import Assessment, VerdictOverride
from assessments.opportunities.selectors import Standing, standings
from portal.accounts.models import User
from portal.common.components import Overriding
from portal.common.vocabulary import Opportunity, Verdict


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """A computed verdict, and the adviser's in force beside it."""

    verdict: str
    override: Overriding | None


ShownVerdicts = Mapping[Opportunity, ShownVerdict]


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """One verdict of an adviser with its beginning and its end, if any."""

    verdict: str
    computed: str
    reason: str
    given_at: datetime
    given_by: str
    ended_at: datetime | None
    ended_by: str
    ended_reason: str


def overriding(row: VerdictOverride) -> Overriding:
    """For the badge; ``given_by`` must be fetched."""
    return Overriding(row.verdict, name_of(row.given_by), row.reason, row.given_at)


def shown_verdicts(company_ids: Iterable[int]) -> dict[int, ShownVerdicts]:
    """Current verdicts by company, as badges show them; two queries at most."""
    return shown(standings(company_ids, with_explanations=False))


def shown(rows: Mapping[tuple[int, Opportunity], Standing]) -> dict[int, ShownVerdicts]:
    """By company, from where its opportunities stand."""
    found: dict[int, dict[Opportunity, ShownVerdict]] = {}
    for (company_id, opportunity), row in rows.items():
        found.setdefault(company_id, {})[opportunity] = ShownVerdict(
            row.assessment.verdict, overriding(row.override) if row.override else None
        )
    return dict(found)


def name_of(person: User) -> str:
    """The adviser's name; an account without one is "an adviser"."""
    return person.full_name or _("an adviser")


def computed_since(row: VerdictOverride, now: Assessment) -> str:
    """What became of the computed verdict since the adviser judged; empty when it is the same.

    ``row.assessment`` must be fetched.
    """
    before, after = row.assessment, now
    if before.verdict == after.verdict:
        return ""
    told = {
        "before": words.verdict_name(Verdict(before.verdict)),
        "after": words.verdict_name(Verdict(after.verdict)),
    }
    if after.verdict == row.verdict:
        return (
            _(
                "The computed verdict moved since: it was %(before)s and is %(after)s now, as the "
                "adviser said."
            )
            % told
        )
    return _("The computed verdict moved since: it was %(before)s and is %(after)s now.") % told


def judgement_rows(rows: Iterable[VerdictOverride]) -> list[JudgementRow]:
    """The history, in the order given; people and outcomes must be fetched."""
    return [
        JudgementRow(
            verdict=row.verdict,
            computed=row.assessment.verdict,
            reason=row.reason,
            given_at=row.given_at,
            given_by=name_of(row.given_by),
            ended_at=row.ended_at,
            ended_by=name_of(row.ended_by) if row.ended_by else "",
            ended_reason=row.ended_reason,
        )
        for row in rows
    ]
