"""The sections of a board report, each from what was read, in the language that is active."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessments.dashboards.board_report.charts import module_chart, profile_chart
from assessments.dashboards.board_report.content import (
    Badge,
    Block,
    Cell,
    Heading,
    Items,
    Mark,
    Paragraph,
    Section,
    SideBySide,
    Table,
    Tone,
)
from assessments.dashboards.board_report.gather import Judged, Material, Scanned
from assessments.dashboards.board_report.limits import Limits, first, shortened
from assessments.matching import words as matching_words
from assessments.matching.models import Match
from assessments.opportunities import words as opportunity_words
from assessments.opportunities.exposure_pages import ExposureView, SignView
from assessments.opportunities.pages import OptionView, RuleView, WayView
from assessments.opportunities.words import enumeration
from assessments.readiness.pages.peers import State
from assessments.readiness.pages.roadmap import PlanRow, StepCard
from companies.profiles.enums import VerificationStatus
from portal.common.components import VERDICT_LEVELS, Kind, Overriding, localised
from portal.common.vocabulary import Verdict

TONES: dict[str, Tone] = {
    Kind.SUCCESS.value: Tone.UP,
    Kind.WARNING.value: Tone.DOWN,
    Kind.NEUTRAL.value: Tone.EVEN,
    Kind.INFO.value: Tone.UNKNOWN,
}


def more(count: int) -> str:
    """How many are left out, and where they are; empty for none."""
    if not count:
        return ""
    return ngettext(
        "and %(count)s more in the portal", "and %(count)s more in the portal", count
    ) % {"count": count}


# Verdicts


def badge(judged: Judged) -> Badge:
    """The verdict that counts; under it the computed one where an adviser judged otherwise."""
    computed = judged.row.verdict
    override = judged.row.override
    if override is None:
        return _badge(computed)
    under = _("adviser; computed: %(verdict)s") % {
        "verdict": opportunity_words.verdict_name(computed).lower()
    }
    return _badge(Verdict(override.verdict), under)


def _badge(verdict: Verdict, under: str = "") -> Badge:
    return Badge(VERDICT_LEVELS[verdict.value], opportunity_words.verdict_name(verdict), under)


def verdict_table(material: Material) -> Table:
    """The five verdicts with their four criteria."""
    criteria = material.judged[0].row.criteria
    return Table(
        caption=_("Verdict and four criteria for each opportunity"),
        head=(_("Opportunity"), _("Potential"), *(one.label for one in criteria)),
        rows=tuple(
            (
                judged.row.label,
                badge(judged),
                *(Mark(TONES[one.word.kind], one.word.text) for one in judged.row.criteria),
            )
            for judged in material.judged
        ),
        widths=(25, 16, 14, 14, 15, 16),
    )


def verdicts(material: Material, limits: Limits) -> Section:
    """Each opportunity with why, what weighs, what would lift it, and what is still asked."""
    blocks: list[Block] = [Paragraph(_how_to_read(), is_note=True)]
    for judged in material.judged:
        blocks.extend(_opportunity(judged, limits))
    return Section(_("Why this verdict"), tuple(blocks))


def _how_to_read() -> str:
    return " ".join(
        (
            _(
                "Each criterion starts from the activities of the company, as the sector study "
                "judges them. Facts of the company then move it up or down."
            ),
            _("High: all four criteria are favourable."),
            _("Low: no criterion is favourable and at least one is unfavourable."),
            _("Medium: everything in between."),
            _("Incomplete: facts are missing that can still change the verdict."),
        )
    )


def _opportunity(judged: Judged, limits: Limits) -> Iterable[Block]:
    yield Heading(judged.row.label, badge(judged))
    if judged.row.override is not None:
        yield _judgement(judged.row.override, judged.row.since, limits)
    yield Paragraph(" ".join(filter(None, (judged.page.why, judged.page.range))))
    yield from _reasons(judged, limits)
    if judged.page.questions:
        shown, left = first(judged.page.questions, limits.questions)
        yield Items(
            _("Still to tell in the portal:"),
            tuple(shortened(question.text, limits.text) for question in shown),
            more(left),
        )
    if judged.page.ways:
        yield _ways(judged, limits)


def _judgement(override: Overriding, since: str, limits: Limits) -> Paragraph:
    lead = _("%(verdict)s according to %(name)s, %(date)s.") % {
        "verdict": opportunity_words.verdict_name(Verdict(override.verdict)),
        "name": override.by,
        "date": date_format(override.at, "DATE_FORMAT"),
    }
    reason = shortened(override.reason, limits.remark)
    return Paragraph(" ".join(filter(None, (reason, since))), lead=lead)


def _reasons(judged: Judged, limits: Limits) -> Iterable[Items]:
    """What moved the criteria up, then what moved them down; each reason once."""
    fired = {
        rule.reason: rule for criterion in judged.page.criteria for rule in criterion.fired
    }.values()
    for lead, tone in ((_("In favour:"), Tone.UP), (_("Against:"), Tone.DOWN)):
        rules = [rule for rule in fired if rule.is_up == (tone is Tone.UP)]
        shown, left = first(rules, limits.reasons)
        if shown:
            yield Items(lead, tuple(_reason(rule, limits) for rule in shown), more(left), tone)


def _reason(rule: RuleView, limits: Limits) -> str:
    fact = f"{capfirst(rule.fact.label)}: {rule.fact.value}."
    return f"{shortened(rule.reason, limits.text)} {fact}"


def _ways(judged: Judged, limits: Limits) -> Items:
    page = judged.page
    lead = _("To be sure of: %(level)s") if page.range else _("To reach: %(level)s")
    shown, left = first(page.ways, limits.ways)
    return Items(
        f"{lead % {'level': page.target.lower()}}.",
        tuple(shortened(_way(way), limits.text) for way in shown),
        more(left),
    )


def _way(way: WayView) -> str:
    """The first that would do it: of the sets that work together, or of each criterion."""
    told = [_("Make favourable: %(criteria)s") % {"criteria": way.criteria}]
    if way.together:
        told.append(_option(way.together[0]))
    else:
        told += [_option(options[0]) for _criterion, options in way.options if options]
    sentences = [f"{one}." for one in told]
    if not all(options for _criterion, options in way.options):
        sentences.append(
            _("No fact that you can change soon does this; it follows from your mix of activities.")
        )
    return " ".join(sentences)


def _option(option: OptionView) -> str:
    return "; ".join(f"{capfirst(change.label)}: {change.goal}" for change in option)


# Self-assessment


def profile(scanned: Scanned) -> Section:
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
    if result.modules:
        left.append(module_chart(result))
    blocks.append(SideBySide(tuple(left), (_score_table(scanned),), 52))
    blocks.append(_compared(scanned))
    title = _("Self-assessment %(moment)s") % {"moment": scanned.scan.label}
    return Section(title, tuple(blocks))


def _score_table(scanned: Scanned) -> Table:
    """Own score with its range, and the mean of the others where there are enough."""
    result, peers = scanned.result, scanned.peers
    own = [(_("Overall"), result.overall_history[-1])]
    own += [(str(part.transition.title), part.history[-1]) for part in result.parts]
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
        widths=(48, 28, 24),
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
    """How much the threats and trends of the sector touch the company."""
    if not material.exposures:
        return None
    return Section(
        _("Threats and trends"),
        tuple(
            Table(
                caption=group.title,
                head=(
                    _("Threat") if group.slug == "threat" else _("Trend"),
                    pgettext("exposure", "How much"),
                    _("Why"),
                ),
                rows=tuple(_exposure(row, limits) for row in group.rows),
                widths=(30, 17, 53),
            )
            for group in material.exposures
        ),
    )


def _exposure(row: ExposureView, limits: Limits) -> tuple[Cell, ...]:
    """What raises it first; the sign says how much, not how good."""
    shown, _left = first(sorted(row.why, key=lambda sign: not sign.is_up), limits.signs)
    told = [_sign(sign, limits) for sign in shown]
    if not row.why:
        told = [_("Facts are missing to say so.")]
        if not row.open:
            told = [_("No fact of your company shows it.")]
    tone = {Kind.SUCCESS.value: Tone.EVEN}.get(row.badge, TONES[row.badge])
    return row.title, Mark(tone, row.level), " ".join(told)


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
    return shortened(step.statement.text, limits.text), target, step.owner.full_name, when


def _advised(card: StepCard, limits: Limits) -> tuple[Cell, ...]:
    level = _("%(now)s to %(next)s") % {"now": card.current.number, "next": card.next.number}
    step = card.statement.step or card.next.text
    return shortened(card.statement.text, limits.text), level, shortened(step, limits.text)


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
                _partner(match),
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


def _partner(match: Match) -> str:
    name = shortened(matching_words.partner_name(match.establishment), 120)
    place = match.establishment.municipality
    return f"{name}, {place}" if place else name
