"""What moved since a member last said "understood": nothing is recomputed silently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, DateTimeField, F, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import Abs, Extract

from assessments.opportunities.models import Assessment, AssessmentSeen, VerdictOverride
from companies.profiles.models import Membership
from portal.accounts.models import User
from portal.common.vocabulary import Opportunity

Key = tuple[int, Opportunity]


@dataclass(frozen=True)
class Move:
    """A verdict that is not what the member saw last; overrides are those in force then and now."""

    opportunity: Opportunity
    before: Assessment
    after: Assessment
    override_before: VerdictOverride | None
    override_after: VerdictOverride | None

    @property
    def is_recomputed(self) -> bool:
        """There is a newer computed outcome."""
        return self.before.pk != self.after.pk

    @property
    def is_judged(self) -> bool:
        """An adviser gave or ended a verdict."""
        return self.override_before != self.override_after


@dataclass(frozen=True)
class Unseen:
    """What a member has not seen of one company, in the order of the opportunities."""

    since: datetime
    moves: tuple[Move, ...]


def unseen_of(
    user: User,
    joined: Mapping[int, datetime],
    current: Mapping[Key, Assessment],
    in_force: Mapping[Key, VerdictOverride],
) -> dict[int, Unseen]:
    """What moved by company id, for the companies that ``user`` joined at a moment.

    Somebody who never said "understood" is told what moved after joining. ``current`` and
    ``in_force`` are the outcomes and the verdicts of advisers that hold now. Two queries
    at most; companies in which nothing moved are left out.
    """
    seen = {
        (row.company_id, Opportunity(row.opportunity)): row
        for row in AssessmentSeen.objects.filter(user=user, company__in=list(joined))
        .select_related("assessment__rule_set", "override__given_by")
        .order_by("pk")
    }
    known = {key for key in current if key[0] in joined}
    first = _at_joining(user, {company for company, _ in known - seen.keys()})
    found: dict[int, Unseen] = {}
    for company_id, since in joined.items():
        moves = []
        for key in ((company_id, opportunity) for opportunity in Opportunity):
            if key not in known:
                continue
            now = in_force.get(key)
            if key in seen:
                before, override = seen[key].assessment, seen[key].override
            else:
                before = first.get(key, current[key])
                override = now if now is not None and now.given_at <= since else None
            move = Move(key[1], before, current[key], override, now)
            if move.is_recomputed or move.is_judged:
                moves.append(move)
        if moves:
            moments = [seen[key].seen_at for key in seen if key[0] == company_id]
            found[company_id] = Unseen(min(moments, default=since), tuple(moves))
    return found


def _at_joining(user: User, company_ids: set[int]) -> dict[Key, Assessment]:
    """The outcome in force when the member joined, or else the first one that came after."""
    if not company_ids:
        return {}
    joined = Membership.objects.filter(user=user, company=OuterRef("company"))
    moment = Subquery(joined.values("created_at")[:1], output_field=DateTimeField())
    rows = (
        Assessment.objects.filter(company__in=company_ids)
        .annotate(joined=moment)
        .annotate(
            is_later=Case(
                When(assessed_at__lte=F("joined"), then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            ),
            seconds=Abs(Extract(F("assessed_at") - F("joined"), "epoch")),
        )
        .select_related("rule_set")
        .order_by("company", "opportunity", "is_later", "seconds", "pk")
        .distinct("company", "opportunity")
    )
    return {(row.company_id, Opportunity(row.opportunity)): row for row in rows}
