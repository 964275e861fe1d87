"""Threats and trends as the overview shows them: level, why, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.opportunities import words
from assessments.opportunities.content.exposures import SubjectText, subject_texts, subjects
from assessments.opportunities.domain.explanation import facts_from
from assessments.opportunities.domain.exposures import (
    Exposure,
    ExposureLevel,
    SignResult,
    SubjectKind,
    exposures,
)
from assessments.opportunities.domain.facts import CATALOGUE
from assessments.opportunities.domain.rules import RuleState
from assessments.opportunities.models import Assessment
from portal.common.components import Kind
from portal.common.vocabulary import Opportunity

_BADGES = {
    ExposureLevel.LOW: Kind.SUCCESS,
    ExposureLevel.MIDDLE: Kind.NEUTRAL,
    ExposureLevel.HIGH: Kind.WARNING,
    ExposureLevel.UNKNOWN: Kind.INFO,
}


@dataclass(frozen=True, slots=True)
class SignView:
    """A fact that raises or lowers the exposure, with its value and page of entry."""

    reason: str
    is_up: bool
    fact: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class ExposureView:
    """One threat or trend for one company; ``open`` are facts that can still change it."""

    slug: str
    title: str
    text: str
    source: str
    level: str
    badge: str
    why: tuple[SignView, ...]
    open: tuple[SignView, ...]


@dataclass(frozen=True, slots=True)
class ExposureGroup:
    """The threats or the trends."""

    slug: str
    title: str
    rows: tuple[ExposureView, ...]


def exposure_groups(
    company_id: int, assessments: Mapping[Opportunity, Assessment]
) -> tuple[ExposureGroup, ...]:
    """Threats, then trends, from the facts of the latest outcomes; empty without any."""
    if not assessments:
        return ()
    latest = max(assessments.values(), key=lambda row: (row.confirmed_at, row.assessed_at))
    found = exposures(facts_from(latest.explanation), subjects())
    titles = {
        SubjectKind.THREAT: _("Threats, and how much they touch you"),
        SubjectKind.TREND: _("Trends, and how much they touch you"),
    }
    texts = subject_texts(words.language())
    return tuple(
        ExposureGroup(
            kind.value,
            title,
            tuple(
                _view(company_id, row, texts[row.subject.slug])
                for row in found
                if row.subject.kind is kind
            ),
        )
        for kind, title in titles.items()
    )


def level_in_words(exposure: Exposure) -> str:
    """One level, or the two that it lies between."""
    names = {
        ExposureLevel.LOW: pgettext("exposure", "low"),
        ExposureLevel.MIDDLE: pgettext("exposure", "middle"),
        ExposureLevel.HIGH: pgettext("exposure", "high"),
    }
    if exposure.level is not ExposureLevel.UNKNOWN:
        return names[exposure.level]
    return _("not known yet: %(low)s to %(high)s") % {
        "low": names[exposure.lowest],
        "high": names[exposure.highest],
    }


def _view(company_id: int, row: Exposure, text: SubjectText) -> ExposureView:
    def signs(state: RuleState) -> tuple[SignView, ...]:
        return tuple(_sign(company_id, item, text) for item in row.signs if item.state is state)

    return ExposureView(
        slug=row.subject.slug,
        title=text.title,
        text=text.text,
        source=text.source,
        level=level_in_words(row),
        badge=_BADGES[row.level].value,
        why=signs(RuleState.FIRED),
        open=signs(RuleState.MISSING) if row.level is ExposureLevel.UNKNOWN else (),
    )


def _sign(company_id: int, item: SignResult, text: SubjectText) -> SignView:
    name = item.sign.fact
    return SignView(
        reason=text.reasons[item.sign],
        is_up=item.sign.step > 0,
        fact=words.fact_text(name).label,
        value=words.span_in_words(name, item.span),
        url=reverse(CATALOGUE[name].entered_at, args=[company_id]),
    )
