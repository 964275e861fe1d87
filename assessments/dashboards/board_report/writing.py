"""Writes a report from what was read: title, one page that says it all, then the reasons."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.dashboards.board_report import sections, verdicts
from assessments.dashboards.board_report.content import (
    Block,
    Items,
    Paragraph,
    Report,
    Section,
)
from assessments.dashboards.board_report.gather import Material, Scanned
from assessments.dashboards.board_report.limits import Limits, first, shortened
from assessments.matching import words as matching_words
from assessments.opportunities.domain.exposures import SubjectKind
from assessments.opportunities.words import enumeration
from companies.register.domain.numbers import format_enterprise_number
from portal.common.choices import PROVINCE_LABELS
from portal.common.components import Kind, localised
from portal.common.vocabulary import Province

SUMMARY_STEPS = 3
SHORTEST_TITLE = 80


def written(material: Material, limits: Limits) -> Report:
    """The report in the language that is active, with no more of each than ``limits`` say."""
    company = shortened(material.company.name, max(limits.name, SHORTEST_TITLE))
    return Report(
        language=material.language,
        title=_("Board report of %(company)s") % {"company": company},
        sort=_("Board report"),
        company=company,
        facts=tuple(_facts(material)),
        sections=tuple(_sections(material, limits)),
        page_of=_("{page} of {pages}"),
        footer=_("%(company)s, %(date)s. Source: Maatwerkportaal.")
        % {
            "company": shortened(company, 45),
            "date": date_format(timezone.localtime(material.made_at), "DATE_FORMAT"),
        },
    )


def _facts(material: Material) -> Iterable[tuple[str, str]]:
    company, scanned = material.company, material.scanned
    made_at = timezone.localtime(material.made_at)
    yield _("Made on"), date_format(made_at, "DATETIME_FORMAT")
    yield _("Enterprise number"), format_enterprise_number(company.enterprise_number)
    places = [company.municipality, str(PROVINCE_LABELS[Province(company.province)])]
    yield _("Place"), ", ".join(filter(None, places))
    yield _("Self-assessment"), _moment(scanned) if scanned else _("not submitted yet")


def _moment(scanned: Scanned) -> str:
    submitted_at = timezone.localtime(scanned.scan.submitted_at)
    return _("%(moment)s, submitted on %(date)s") % {
        "moment": scanned.scan.label,
        "date": date_format(submitted_at, "DATE_FORMAT"),
    }


def _sections(material: Material, limits: Limits) -> Iterable[Section]:
    yield _summary(material, limits)
    if material.scanned is not None:
        yield sections.profile(material.scanned, limits)
    if material.judged:
        yield verdicts.explained(material, limits)
    later = [sections.exposures(material, limits)]
    if material.scanned is not None:
        later.append(sections.roadmap(material.scanned, limits))
    later.append(sections.calculations(material, limits))
    later.append(sections.matches(material, limits))
    yield from (section for section in later if section is not None)
    yield _about(material)


def _summary(material: Material, limits: Limits) -> Section:
    """One page on which a board reads where the company stands and what is next."""
    blocks: list[Block] = []
    if material.judged:
        blocks.append(verdicts.overview(material))
    else:
        blocks.append(Paragraph(_("The five opportunities are not judged yet.")))
    if material.is_behind:
        blocks.append(
            Paragraph(
                _(
                    "Facts changed after these verdicts, and new ones are on their way. Make the "
                    "report again in a minute to have them."
                ),
                lead=_("Being recalculated"),
            )
        )
    blocks.extend(_where_we_stand(material, limits))
    return Section(_("In short"), tuple(blocks))


def _where_we_stand(material: Material, limits: Limits) -> Iterable[Block]:
    scanned = material.scanned
    if scanned is None:
        yield Paragraph(
            _(
                "The company did not submit a self-assessment yet. It takes about 25 minutes and "
                "tells how far the company is on the way to a factory of the future."
            ),
            lead=_("Self-assessment"),
        )
    if threats := _strongest_threats(material):
        yield Paragraph(f"{threats}.", lead=_("Threats that touch the company most"))
    if scanned is not None and (steps := _next_steps(scanned, limits)):
        yield Items(_("What is worth most to do next"), steps)
    if material.matches:
        best = material.matches[0]
        text = _("%(partner)s for %(opportunity)s, with %(score)s of 100.") % {
            "partner": shortened(matching_words.partner_name(best.establishment), limits.name),
            "opportunity": str(best.get_opportunity_display()).lower(),
            "score": localised(matching_words.points(best.score), 1),
        }
        yield Paragraph(text, lead=_("Best match"))


def _strongest_threats(material: Material) -> str:
    """The threats of which the exposure is high, by name."""
    threats = next(
        (group for group in material.exposures if group.slug == SubjectKind.THREAT), None
    )
    rows = threats.rows if threats else ()
    return enumeration(row.title for row in rows if row.badge == Kind.WARNING.value)


def _next_steps(scanned: Scanned, limits: Limits) -> tuple[str, ...]:
    shown, _left = first(scanned.roadmap.cards, SUMMARY_STEPS)
    return tuple(shortened(card.statement.step or card.next.text, limits.text) for card in shown)


def _about(material: Material) -> Section:
    """Which versions made the report, so that it can be made and understood again."""
    told = [
        _("Facts of the company: version %(number)s.") % {"number": material.company.facts_version}
    ]
    if material.rule_set is not None:
        told.append(
            _("Rules of the opportunities: version %(number)s.")
            % {"number": material.rule_set.version}
        )
    if material.scanned is not None:
        told.append(
            _("Questionnaire: version %(number)s.")
            % {"number": material.scanned.scan.questionnaire.version}
        )
    run = material.run
    if run is not None and run.policy is not None and run.finished_at is not None:
        told.append(
            _("Matching: run %(run)s of %(date)s, policy version %(policy)s.")
            % {
                "run": run.pk,
                "date": date_format(timezone.localtime(run.finished_at), "DATE_FORMAT"),
                "policy": run.policy.version,
            }
        )
    if material.asked_by:
        told.append(_("Asked by %(name)s.") % {"name": material.asked_by})
    source = _(
        "Verdicts, scores and matches are worked out by the Maatwerkportaal from what the company "
        "told and from the business register. Every figure and every reason can be looked up in "
        "the portal. Prices are without subsidy."
    )
    return Section(
        _("About this report"), (Paragraph(source), Paragraph(" ".join(told), is_note=True))
    )
