"""Where the other companies stand, as the result page tells it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.readiness.domain.benchmark import Group, Mean, SizeBand, Trait
from assessments.readiness.domain.scoring import Score
from assessments.readiness.models import Scan
from assessments.readiness.pages.results import Result, TransitionResult, in_short, rounded, signed
from assessments.readiness.selectors import Benchmark, benchmark_of
from companies.profiles.enums import VerificationStatus
from portal.common.charts.radar import Series
from portal.common.choices import CELL_LABELS, PROVINCE_LABELS
from portal.common.components import localised

SIZE_LABELS: dict[SizeBand, Any] = {
    SizeBand.UNDER_20: gettext_lazy("under 20 FTE"),
    SizeBand.FROM_20: gettext_lazy("20 to 49 FTE"),
    SizeBand.FROM_50: gettext_lazy("50 to 99 FTE"),
    SizeBand.FROM_100: gettext_lazy("100 to 249 FTE"),
    SizeBand.FROM_250: gettext_lazy("250 FTE or more"),
}


class State(StrEnum):
    """Whether there is something to compare with."""

    UNVERIFIED = "unverified"
    FEW = "few"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class PeerRow:
    """One part: the own score with its range, the mean of the others, and over how many."""

    title: Any
    own: str
    peers: str
    companies: int


@dataclass(frozen=True, slots=True)
class Peers:
    """The comparison: who the others are, what stands out, and the figures.

    ``companies`` counts the group, or all that could be compared with when they are too few.
    ``lacks_traits`` when the company could be compared more closely with more facts.
    """

    state: State
    minimum: int
    companies: int
    who: str = ""
    stands_out: str = ""
    lacks_traits: bool = False
    overall: PeerRow | None = None
    rows: tuple[PeerRow, ...] = ()
    series: tuple[Series, ...] = ()


def peers_of(scan: Scan, result: Result) -> Peers:
    """Compare a scan with the peers of its company; at most one query.

    A company that nobody has verified compares with nobody: anybody can sign one up.
    """
    minimum = settings.READINESS_BENCHMARK_MINIMUM
    if scan.company.status != VerificationStatus.VERIFIED:
        return Peers(State.UNVERIFIED, minimum, 0)
    found = benchmark_of(
        company_id=scan.company_id, questionnaire=scan.questionnaire, minimum=minimum
    )
    if found.group is None:
        return Peers(State.FEW, minimum, found.companies)
    group = found.group
    return Peers(
        State.SHOWN,
        minimum,
        group.companies,
        who=_who(found, group),
        stands_out=_stands_out(result.transitions, group),
        lacks_traits=found.cell is None or found.size is None,
        overall=_row(_("Overall"), result.overall, group.overall),
        rows=tuple(
            _row(part.transition.title, part.score, group.of(part.transition.slug))
            for part in result.parts
        ),
        series=(_line(result.transitions, group),),
    )


def _who(found: Benchmark, group: Group) -> str:
    """Like "12 companies: Handling: packaging; 20 to 49 FTE; all provinces"."""
    cell = _("all activities")
    if Trait.CELL in group.shared and found.cell:
        cell = str(CELL_LABELS[found.cell])
    size = _("all sizes")
    if Trait.SIZE in group.shared and found.size:
        size = str(SIZE_LABELS[found.size])
    province = _("all provinces")
    if Trait.PROVINCE in group.shared:
        province = str(PROVINCE_LABELS[found.province])
    return ngettext(
        "%(count)s company: %(cell)s; %(size)s; %(province)s",
        "%(count)s companies: %(cell)s; %(size)s; %(province)s",
        group.companies,
    ) % {"count": group.companies, "cell": cell, "size": size, "province": province}


def _row(title: Any, own: Score | None, mean: Mean) -> PeerRow:
    peers = _("too few") if mean.value is None else localised(rounded(mean.value), 1)
    return PeerRow(title, in_short(own), peers, mean.companies)


def _line(transitions: tuple[TransitionResult, ...], group: Group) -> Series:
    means = [rounded(group.of(part.transition.slug).value) for part in transitions]
    return Series(
        _("Other companies"), [None if value is None else float(value) for value in means]
    )


def _stands_out(transitions: tuple[TransitionResult, ...], group: Group) -> str:
    """In one sentence, where the company is furthest ahead and furthest behind."""
    steps = []
    for part in transitions:
        own = rounded(part.score.value) if part.score else None
        mean = rounded(group.of(part.transition.slug).value)
        if own is not None and mean is not None:
            steps.append((own - mean, part.transition.title))
    if not steps:
        return ""
    (most, ahead), (least, behind) = max(steps, key=_step), min(steps, key=_step)
    words = {
        "ahead": ahead,
        "more": signed(most),
        "behind": behind,
        "less": signed(least),
    }
    if most > 0 > least:
        return _(
            "Furthest ahead: %(ahead)s (%(more)s). Furthest behind: %(behind)s (%(less)s)."
        ) % (words)
    if most > 0:
        return _("Nowhere behind the others; furthest ahead in %(ahead)s (%(more)s).") % words
    if least < 0:
        return _("Nowhere ahead of the others; furthest behind in %(behind)s (%(less)s).") % words
    return _("Just as far as the others in every transition that can be compared.")


def _step(item: tuple[Any, Any]) -> Any:
    return item[0]
