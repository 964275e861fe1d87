"""The verdicts of a board report: the table that sums them up, and each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessments.dashboards.board_report.content import (
    Badge,
    Block,
    Heading,
    Items,
    Mark,
    Paragraph,
    Section,
    Table,
    Tone,
)
from assessments.dashboards.board_report.gather import Judged, Material
from assessments.dashboards.board_report.limits import Limits, first, shortened
from assessments.dashboards.board_report.wording import TONES, more
from assessments.opportunities import words as opportunity_words
from assessments.opportunities.pages import OptionView, RuleView, WayView
from portal.common.components import VERDICT_LEVELS, Overriding
from portal.common.vocabulary import Verdict


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


def overview(material: Material) -> Table:
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


def explained(material: Material, limits: Limits) -> Section:
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
        "name": shortened(override.by, limits.name),
        "date": date_format(override.at, "DATE_FORMAT"),
    }
    reason = shortened(override.reason, limits.remark)
    told = (reason, shortened(since, limits.remark))
    return Paragraph(" ".join(filter(None, told)), lead=lead)


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
    return f"{shortened(rule.reason, limits.text)} {shortened(fact, limits.text)}"


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
