"""Which stored matches may be shown: what a partner wants holds before the next run."""

from __future__ import annotations

from django.db.models import QuerySet

from assessments.matching.models import Match
from companies.partners.merging.selectors import is_merged
from companies.partners.opt_out.selectors import wants_none


def shown_matches() -> QuerySet[Match]:
    """Stored matches, stale ones too, without partners that want no proposals.

    Nor those of a number that was merged into another one. Rows stay for history; what is
    shown or counted as a match or a proposal starts from here.
    """
    opted_out = wants_none(
        establishment="establishment_id", enterprise="establishment__enterprise_id"
    )
    return Match.objects.exclude(opted_out).exclude(is_merged("establishment_id"))
