"""Operator support held against the support that the teams need, as the result page tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.readiness.domain.parts import PartKind, SupportNeed, TeamShare
from assessments.readiness.domain.support import Aid, ServedNeed, cross
from assessments.readiness.models import TEAM_SHARE_LABELS
from assessments.readiness.models.questionnaire import SUPPORT_NEED_LABELS
from assessments.readiness.pages.results import Result, StatementResult, in_short
from portal.common.components import UNKNOWN


@dataclass(frozen=True, slots=True)
class AidRow:
    """An aid and how far it is: its level, or in words that it is open or does not apply."""

    text: str
    level: str


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A support need: in which teams, the aids that answer it, and their score in short."""

    need: Any
    share: Any
    score: str
    aids: tuple[AidRow, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """The cross; ``rows`` are most pressing first and empty when no need was told.

    ``advice`` is what to do first, in one or two sentences.
    """

    rows: tuple[NeedRow, ...]
    advice: str


def support_of(result: Result, needs: Mapping[SupportNeed, TeamShare]) -> Support | None:
    """Cross the module of a scan with its needs; None when the version has no such module."""
    module = next(
        (part for part in result.modules if part.transition.kind == PartKind.OPERATOR_SUPPORT),
        None,
    )
    if module is None:
        return None
    statements = {item.statement.slug: item for item in module.statements}
    served = cross(
        needs,
        [
            Aid(
                slug=slug,
                needs=frozenset(SupportNeed(word) for word in item.statement.needs),
                response=item.entry.response if item.entry else None,
                impact=item.statement.impact,
                effort=item.statement.effort,
                place=place,
            )
            for place, (slug, item) in enumerate(statements.items())
        ],
    )
    return Support(tuple(_row(one, statements) for one in served), _advice(served, statements))


def _row(one: ServedNeed, statements: Mapping[str, StatementResult]) -> NeedRow:
    return NeedRow(
        SUPPORT_NEED_LABELS[one.need],
        TEAM_SHARE_LABELS[one.share],
        in_short(one.score),
        tuple(_aid(statements[aid.slug]) for aid in one.aids),
    )


def _aid(item: StatementResult) -> AidRow:
    if item.is_not_applicable:
        level = _("not applicable")
    elif item.is_open or item.entry is None:
        level = _("open point")
    else:
        level = _("level %(number)s") % {"number": item.entry.response.level or UNKNOWN}
    return AidRow(item.statement.text, level)


def _advice(served: tuple[ServedNeed, ...], statements: Mapping[str, StatementResult]) -> str:
    """What to do about the need that comes first."""
    if not served:
        return ""
    first = served[0]
    if first.urgency is None:
        return _("Find out together how far the aids are: no level is known for “%(need)s”.") % {
            "need": SUPPORT_NEED_LABELS[first.need]
        }
    if not first.urgency or first.first is None:
        return _("The aids are at level 4 or higher wherever teams need them. Keep them up.")
    return _("Begin with “%(need)s”: needed %(share)s, with the aids at %(score)s. %(step)s") % {
        "need": SUPPORT_NEED_LABELS[first.need],
        "share": TEAM_SHARE_LABELS[first.share],
        "score": in_short(first.score),
        "step": statements[first.first.slug].statement.step,
    }
