"""The pages of a scan in order: its parts, and the support needs after operator support."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from assessments.readiness.domain.parts import PartKind, SupportNeed, TeamShare
from assessments.readiness.models import Scan, SupportNeedShare
from assessments.readiness.selectors.scans import progress

NEEDS_SLUG: Final = "support-needs"
NEEDS_TITLE: Final[Any] = _("Support that the teams need")


@dataclass(frozen=True, slots=True)
class Step:
    """One page to fill in and how far it is; every kind of answer counts as looked at.

    ``is_needs`` tells the page of the support needs from a part of the questionnaire.
    """

    slug: str
    title: Any
    answered: int
    total: int
    is_needs: bool = False

    @property
    def is_done(self) -> bool:
        """Everything on the page has an answer."""
        return self.answered == self.total


def support_needs(scan: Scan) -> dict[SupportNeed, TeamShare]:
    """In how many teams each kind of support is needed; needs without answer are absent.

    One query.
    """
    rows = SupportNeedShare.objects.filter(scan=scan).order_by("need", "pk")
    return {SupportNeed(row.need): TeamShare(row.share) for row in rows}


def steps(scan: Scan) -> list[Step]:
    """The pages of a scan in order; two queries.

    Support needs are asked where they can be crossed with aids: a version of the
    questionnaire without operator support does not ask them.
    """
    found: list[Step] = []
    for part in progress(scan):
        transition = part.transition
        found.append(Step(transition.slug, transition.title, part.answered, part.total))
        if transition.kind == PartKind.OPERATOR_SUPPORT:
            answered = SupportNeedShare.objects.filter(scan=scan).count()
            found.append(Step(NEEDS_SLUG, NEEDS_TITLE, answered, len(SupportNeed), is_needs=True))
    return found


def first_unfinished(given: Sequence[Step]) -> Step | None:
    """Where to go on, on whatever device; None when everything has an answer."""
    return next((step for step in given if not step.is_done), None)
