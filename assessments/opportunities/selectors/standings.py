"""Where the opportunities of companies stand, and what a member saw of them last.

Nothing is recomputed silently: what stands now and was not seen yet is told on the pages
of the company until the member says "understood".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Abs, Coalesce, Extract

from assessments.opportunities.models import Assessment, AssessmentSeen, VerdictOverride
from companies.profiles.models import Membership
from portal.accounts.models import User
from portal.common.vocabulary import Opportunity

Key = tuple[int, Opportunity]


@dataclass(frozen=True)
class Seen:
    """What a member saw last, and when; without a sign of that, what stood there on joining."""

    assessment: Assessment
    override: VerdictOverride | None
    at: datetime


@dataclass(frozen=True)
class Standing:
    """The outcome in force, the adviser's verdict in force, and what the member saw of it.

    ``seen`` is None for somebody who is no member. Of the overrides the people and the
    outcomes are fetched, of the outcomes the rule sets.
    """

    assessment: Assessment
    override: VerdictOverride | None
    seen: Seen | None

    @property
    def is_recomputed(self) -> bool:
        """The member has not seen this computed outcome."""
        return self.seen is not None and self.seen.assessment.pk != self.assessment.pk

    @property
    def is_judged(self) -> bool:
        """An adviser gave or ended a verdict, and the member has not seen that."""
        return self.seen is not None and self.seen.override != self.override

    @property
    def has_moved(self) -> bool:
        """There is something that the member has not seen."""
        return self.is_recomputed or self.is_judged


def standings(
    company_ids: Iterable[int], user: User | None = None, *, with_explanations: bool = True
) -> dict[Key, Standing]:
    """By (company, opportunity), in the order of the opportunities; those never assessed not.

    With a ``user``, what he or she saw last of the companies that he or she is a member of.
    Two queries at most, one where no adviser judged.
    """
    rows = _rows(list(company_ids), user)
    if not with_explanations:
        rows = rows.defer("explanation")
    found: list[Any] = list(rows)  # Any: annotated
    overrides = _overrides(found)
    by_key = {row.pk: row for row in found}
    return {
        (row.company_id, Opportunity(row.opportunity)): Standing(
            row, overrides.get(row.override_id), _seen(row, by_key, overrides) if user else None
        )
        for row in sorted(found, key=lambda row: list(Opportunity).index(row.opportunity))
        if row.is_current
    }


def _rows(company_ids: list[int], user: User | None) -> QuerySet[Assessment]:
    """The current outcomes and those that the member saw last."""
    current = Assessment.objects.filter(company__in=company_ids, is_current=True)
    in_force = VerdictOverride.objects.in_force().filter(
        company=OuterRef("company"), opportunity=OuterRef("opportunity")
    )
    wanted = current
    if user is not None:
        seen = _with_seen(current, user).values("base_id")
        wanted = _with_seen(Assessment.objects.filter(Q(pk__in=current) | Q(pk__in=seen)), user)
    return (
        wanted.annotate(override_id=Subquery(in_force.values("pk")[:1]))
        .select_related("rule_set")
        .order_by("company_id", "opportunity", "pk")
    )


def _with_seen(assessments: QuerySet[Assessment], user: User) -> QuerySet[Any]:
    """With the key of the outcome seen last, of the adviser's verdict then, and the moment."""
    same = {"company": OuterRef("company"), "opportunity": OuterRef("opportunity")}
    seen = AssessmentSeen.objects.filter(user=user, **same)
    member = Membership.objects.filter(user=user, company=OuterRef("company"))
    joined_at = Subquery(member.values("created_at")[:1], output_field=DateTimeField())
    # The outcome that stood there on joining, or else the first one that came after.
    on_joining = (
        Assessment.objects.filter(**same)
        .annotate(
            is_later=Case(
                When(assessed_at__lte=OuterRef("joined_at"), then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            ),
            seconds=Abs(Extract(F("assessed_at") - OuterRef("joined_at"), "epoch")),
        )
        .order_by("is_later", "seconds", "pk")
    )
    return assessments.annotate(
        joined_at=joined_at,
        seen_at=Subquery(seen.values("seen_at")[:1]),
        seen_override_id=Subquery(seen.values("override")[:1]),
        base_id=Coalesce(
            Subquery(seen.values("assessment")[:1]),
            Subquery(on_joining.values("pk")[:1]),
            output_field=BigIntegerField(),
        ),
    )


def _overrides(rows: Iterable[Any]) -> dict[int, VerdictOverride]:
    """The verdicts of advisers that these rows name, by key; no query when there are none."""
    keys = {row.override_id for row in rows} | {
        getattr(row, "seen_override_id", None) for row in rows
    }
    keys.discard(None)
    if not keys:
        return {}
    found = VerdictOverride.objects.filter(pk__in=keys).select_related("given_by", "assessment")
    return {row.pk: row for row in found.order_by("pk")}


def _seen(
    row: Any, by_key: dict[int, Assessment], overrides: dict[int, VerdictOverride]
) -> Seen | None:
    if row.joined_at is None:
        return None
    base = by_key.get(row.base_id, row)
    if row.seen_at is not None:
        return Seen(base, overrides.get(row.seen_override_id), row.seen_at)
    now = overrides.get(row.override_id)
    known = now if now is not None and now.given_at <= row.joined_at else None
    return Seen(base, known, row.joined_at)
