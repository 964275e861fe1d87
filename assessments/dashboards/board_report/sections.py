"""The sections of a board report, each from what was read, in the language that is active."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.dashboards.board_report.charts import module_chart, profile_chart
from assessments.dashboards.board_report.content import (
    Block,
    Cell,
    Mark,
    Paragraph,
    Section,
    SideBySide,
    Table,
    Tone,
)
from assessments.dashboards.board_report.gather import Material, Scanned
from assessments.dashboards.board_report.limits import Limits, first, shortened
from assessments.dashboards.board_report.wording import TONES, more
from assessments.matching import words as matching_words
from assessments.matching.models import Match
from assessments.opportunities.domain.exposures import SubjectKind
from assessments.opportunities.exposure_pages import ExposureGroup, ExposureView, SignView
from assessments.opportunities.words import enumeration
from assessments.readiness.pages.peers import State
from assessments.readiness.pages.roadmap import PlanRow, StepCard
from companies.profiles.enums import VerificationStatus
from portal.common.components import Kind, localised


def profile(scanned: Scanned, limits: Limits) -> Section:
    """The profile over the seven transitions beside the other companies, and the modules."""
    result, peers = scanned.result, scanned.peers
    told = [
        _("%(score)s on a scale from 1 to 5; level 4 is a factory of the future.")
        % {"score": result.overall_words}
    ]
    if result.strongest:
        told.append(_("Strongest: %(parts)s.") % {"parts": enumeration(result.strongest)})
        told.append(_("Weakest: %(parts)s.") % {"parts": enumeration(result.weakest)})
    if result.open_points:
        note = _("The range shows the lowest and the highest score that is still possible.")
        told.append(f"{result.open_points}. {note}")
    blocks: list[Block] = [Paragraph(" ".join(told), lead=_("Overall"))]
    left = [profile_chart(result, peers)]
    if result.modules and limits.modules:
        left.append(module_chart(result))
    blocks.append(SideBySide(tuple(left), (_score_table(scanned, limits),), 52))
    blocks.append(_compared(scanned))
    title = _("Self-assessment %(moment)s") % {"moment": scanned.scan.label}
    return Section(title, tuple(blocks))


def _score_table(scanned: Scanned, limits: Limits) -> Table:
    """Own score with its range, and the mean of the others where there are enough."""
    result, peers = scanned.result, scanned.peers
    own = [(_("Overall"), result.overall_history[-1])]
    own += [
        (shortened(str(part.transition.title), limits.name), part.history[-1])
        for part in result.parts
    ]
    if peers.state is not State.SHOWN or peers.overall is None:
        return Table(
            caption=_("Score per transition and module"),
            head=(_("Transition"), _("This company")),
            rows=tuple(own),
            widths=(65, 35),
            numbers=(1,),
        )
    others = [row.peers for row in (peers.overall, *peers.rows)]
    return Table(
        caption=_("The score beside the mean of the others"),
        head=(_("Transition"), _("This company"), _("Other companies")),
        rows=tuple((*row, other) for row, other in zip(own, others, strict=True)),
        widths=(52, 26, 22),
        numbers=(1, 2),
    )


def _compared(scanned: Scanned) -> Paragraph:
    """Who the others are, or why there is no comparison."""
    peers = scanned.peers
    match peers.state:
        case State.UNVERIFIED:
            text = _("This company is compared with others as soon as an adviser has verified it.")
        case State.FEW:
            text = _(
                "A comparison needs at least %(minimum)s other companies that take part, so that "
                "nobody can be recognised; there are not enough yet."
            ) % {"minimum": settings.READINESS_BENCHMARK_MINIMUM}
        case State.SHOWN:
            text = " ".join(
                filter(
                    None,
                    (
                        f"{peers.who}.",
                        peers.stands_out,
                        _("The figures are means; this company is not among them."),
                    ),
                )
            )
    return Paragraph(text, lead=_("Compared with other companies"))


# Threats and trends


def exposures(material: Material, limits: Limits) -> Section | None:
    """How much the threats and trends of the sector touch the company, and why."""
    if not material.exposures:
        return None
    tables = tuple(_exposure_table(group, limits) for group in material.exposures)
    return Section(_("Threats and trends"), tables)


def _exposure_table(group: ExposureGroup, limits: Limits) -> Table:
    subject = _("Threat") if group.slug == SubjectKind.THREAT else _("Trend")
    head = (subject, pgettext("exposure", "How much"))
    rows = [(row.title, _level(row)) for row in group.rows]
    if not limits.signs:
        return Table(group.title, head, tuple(rows), widths=(60, 40))
    return Table(
        group.title,
        (*head, _("Why")),
        tuple((*row, _signs(view, limits)) for row, view in zip(rows, group.rows, strict=True)),
        widths=(30, 17, 53),
    )


def _level(row: ExposureView) -> Mark:
    """The mark says how much, not how good: little is no more than even."""
    return Mark({Kind.SUCCESS.value: Tone.EVEN}.get(row.badge, TONES[row.badge]), row.level)


def _signs(row: ExposureView, limits: Limits) -> str:
    """What raises it first."""
    shown, _left = first(sorted(row.why, key=lambda sign: not sign.is_up), limits.signs)
    if shown:
        return " ".join(_sign(sign, limits) for sign in shown)
    return _("Facts are missing to say so.") if row.open else _("No fact of your company shows it.")


def _sign(sign: SignView, limits: Limits) -> str:
    way = pgettext("exposure", "More:") if sign.is_up else pgettext("exposure", "Less:")
    return f"{way} {shortened(sign.reason, limits.text)}"


# Roadmap


def roadmap(scanned: Scanned, limits: Limits) -> Section:
    """The steps that the company took on, then what is worth most to do next."""
    blocks: list[Block] = []
    found = scanned.roadmap
    if found.plan:
        shown, left = first(found.plan, limits.steps)
        blocks.append(
            Table(
                caption=_("Steps in your plan"),
                head=(_("Step"), _("Target"), _("Who sees to it"), _("By when")),
                rows=tuple(_planned(row, limits) for row in shown),
                widths=(34, 34, 16, 16),
                more=more(left),
            )
        )
    if found.cards:
        planned = {row.step.statement_id for row in found.plan}
        cards = [card for card in found.cards if card.statement.pk not in planned]
        shown_cards, _left = first(cards, limits.steps)
        if shown_cards:
            blocks.append(
                Table(
                    caption=_("What is worth most to do next"),
                    head=(_("Statement"), _("Level"), _("First step")),
                    rows=tuple(_advised(card, limits) for card in shown_cards),
                    widths=(40, 12, 48),
                    more=more(found.total - len(planned & _of(found.cards)) - len(shown_cards)),
                )
            )
    if not blocks:
        blocks.append(
            Paragraph(_("Every statement is at the level of a factory of the future."))
            if not found.open_points
            else Paragraph(_("Answer the open statements first: then steps can be advised."))
        )
    return Section(_("Roadmap"), tuple(blocks))


def _of(cards: Iterable[StepCard]) -> set[int]:
    return {card.statement.pk for card in cards}


def _planned(row: PlanRow, limits: Limits) -> tuple[Cell, ...]:
    step = row.step
    due = date_format(step.due_on, "SHORT_DATE_FORMAT")
    when: Cell = Mark(Tone.DOWN, _("%(date)s, overdue") % {"date": due}) if row.is_overdue else due
    target = _("level %(number)s") % {"number": step.target_level}
    if row.target:
        target = f"{capfirst(target)}: {shortened(row.target.text, limits.text)}"
    return (
        shortened(step.statement.text, limits.text),
        target,
        shortened(str(step.owner), limits.name),
        when,
    )


def _advised(card: StepCard, limits: Limits) -> tuple[Cell, ...]:
    level = _("%(now)s to %(next)s") % {"now": card.current.number, "next": card.next.number}
    step = card.statement.step or card.next.text
    return shortened(card.statement.text, limits.text), level, shortened(step, limits.text)


# Calculators


def calculations(material: Material, limits: Limits) -> Section | None:
    """What the scenarios say that count for the opportunities; prices are without subsidy."""
    if not material.calculations:
        return None
    table = Table(
        caption=_("The scenarios that count for the opportunities"),
        head=(_("Calculator"), _("Scenario"), _("What it says"), _("Counts for")),
        rows=tuple(
            (
                card.title,
                card.chosen.name if card.chosen else "",
                shortened(card.says, limits.text),
                f"{card.opportunity_label}: {card.criterion_label}",
            )
            for card in material.calculations
        ),
        widths=(22, 22, 34, 22),
    )
    return Section(_("What the calculators say"), (table,))


# Matches


def matches(material: Material, limits: Limits) -> Section | None:
    """The partners with the highest scores, and why."""
    if material.company.status != VerificationStatus.VERIFIED:
        return None
    title = _("Best matches")
    if not material.matches:
        return Section(title, (Paragraph(_("No partner was found yet.")),))
    shown, _left = first(material.matches, limits.matches)
    table = Table(
        caption=_("Partners with the highest scores, over all opportunities"),
        head=(_("Partner"), _("Opportunity"), _("Score of 100"), _("Why")),
        rows=tuple(
            (
                _partner(match, limits),
                str(match.get_opportunity_display()),
                localised(matching_words.points(match.score), 1),
                shortened(capfirst(", ".join(matching_words.reasons(match))) + ".", limits.text),
            )
            for match in shown
        ),
        widths=(30, 18, 10, 42),
        numbers=(2,),
        more=more(material.matches_total - len(shown)),
    )
    return Section(title, (table,))


def _partner(match: Match, limits: Limits) -> str:
    name = shortened(matching_words.partner_name(match.establishment), limits.name)
    place = match.establishment.municipality
    return f"{name}, {place}" if place else name
