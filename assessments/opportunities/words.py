"""Values of the domain in the words of the page's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.opportunities.content import FactText, fact_texts, opportunity_summaries
from assessments.opportunities.domain.facts import CATALOGUE, FactName, Span, Unit
from assessments.opportunities.domain.rules import Operator
from assessments.opportunities.domain.verdict import (
    Range,
    highest_verdict,
    lowest_verdict,
    verdict,
)
from portal.common.choices import CELL_LABELS, CRITERION_LABELS, VERDICT_LABELS
from portal.common.components import Kind, localised
from portal.common.vocabulary import Cell, Criterion, Opportunity, Verdict


def language() -> str:
    """``nl`` or ``en``: the languages of the content."""
    return "en" if (translation.get_language() or "nl").startswith("en") else "nl"


def summary(opportunity: Opportunity) -> str:
    """One sentence on an opportunity."""
    return opportunity_summaries(language())[opportunity]


def fact_text(name: FactName) -> FactText:
    """Label and question of one fact."""
    return fact_texts(language())[name]


@dataclass(frozen=True, slots=True)
class CriterionWord:
    """A value of a criterion with the tone of its badge."""

    text: str
    kind: Kind


_BADGES = {-1: Kind.WARNING, 0: Kind.NEUTRAL, 1: Kind.SUCCESS}


def range_word(held: Range) -> CriterionWord:
    """Favourable, neutral, unfavourable, what it can still become, or not known yet."""
    words = {
        (1, 1): _("favourable"),
        (0, 0): _("neutral"),
        (-1, -1): _("unfavourable"),
        (0, 1): _("neutral or favourable"),
        (-1, 0): _("unfavourable or neutral"),
        (-1, 1): _("not known yet"),
    }
    low, high = held
    return CriterionWord(words[held], _BADGES[low] if low == high else Kind.INFO)


def criterion_word(value: int | None) -> CriterionWord:
    """Favourable, neutral, unfavourable or not known yet."""
    return range_word((-1, 1) if value is None else (value, value))


def part_word(value: int | None) -> CriterionWord:
    """As ``criterion_word``, for one activity: without a value it is not in the study."""
    if value is None:
        return CriterionWord(_("outside the study, so it can go either way"), Kind.INFO)
    return criterion_word(value)


def in_sentence(criterion: Criterion) -> str:
    """The name of a criterion in the middle of a sentence."""
    return _lower_first(str(CRITERION_LABELS[criterion]))


def _lower_first(label: str) -> str:
    return label[:1].lower() + label[1:]


def enumeration(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return _("%(others)s and %(last)s") % {"others": ", ".join(listed[:-1]), "last": listed[-1]}


def why(ranges: Mapping[Criterion, Range]) -> str:
    """One sentence on why the verdict is what it is."""
    if verdict(ranges.values()) is Verdict.HOOG:
        return _("All four criteria are favourable.")
    groups = (
        (_("Favourable: %(criteria)s."), (1, 1)),
        (_("Unfavourable: %(criteria)s."), (-1, -1)),
        (_("Neutral: %(criteria)s."), (0, 0)),
        (_("Neutral or favourable: %(criteria)s."), (0, 1)),
        (_("Unfavourable or neutral: %(criteria)s."), (-1, 0)),
        (_("Not known yet: %(criteria)s."), (-1, 1)),
    )
    parts = []
    for sentence, wanted in groups:
        names = [in_sentence(criterion) for criterion, held in ranges.items() if held == wanted]
        if names:
            parts.append(sentence % {"criteria": enumeration(names)})
    return " ".join(parts)


def range_in_words(ranges: Mapping[Criterion, Range]) -> str:
    """For an incomplete verdict: what it can still become; empty otherwise."""
    held = tuple(ranges.values())
    if verdict(held) is not Verdict.ONVOLLEDIG:
        return ""
    return _("This can still become %(low)s to %(high)s.") % {
        "low": _lower_first(verdict_name(lowest_verdict(held))),
        "high": _lower_first(verdict_name(highest_verdict(held))),
    }


def verdict_name(level: Verdict) -> str:
    """The label of a verdict."""
    return str(VERDICT_LABELS[level])


def activity_name(cell: Cell | None, label: str) -> str:
    """A cell of the study, or the company's own words for other work."""
    return str(CELL_LABELS[cell]) if cell is not None else label or _("Other work")


def _decimal(value: Fraction, unit: Unit) -> Decimal:
    """Shares to a tenth; levels and FTE to a hundredth, as fine as thresholds are set."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    places = Decimal("0.1") if unit is Unit.PERCENT else Decimal("0.01")
    return exact.quantize(places, ROUND_HALF_UP)


def percent(share: Fraction) -> str:
    """A share (0..1) as a whole percentage."""
    return _("%(number)s%%") % {"number": localised(round(float(100 * share)))}


def amount(value: Fraction, unit: Unit) -> str:
    """A value with its unit."""
    if unit is Unit.YES_NO:
        return _("yes") if value >= 1 else _("no")
    number = localised(_decimal(value, unit).normalize() if value.denominator > 1 else int(value))
    count = 1 if value == 1 else 2
    texts = {
        Unit.PERCENT: _("%(number)s%%"),
        Unit.FTE: _("%(number)s FTE"),
        Unit.PLACES: ngettext("%(number)s place", "%(number)s places", count),
        Unit.LEVEL: _("level %(number)s"),
        Unit.YEARS: ngettext("%(number)s year", "%(number)s years", count),
        Unit.COUNT: "%(number)s",
    }
    return texts[unit] % {"number": number}


def span_in_words(name: FactName, span: Span | None) -> str:
    """The value of a fact, a range, or not known yet."""
    if span is None:
        return _("not calculated yet") if CATALOGUE[name].optional else _("not known yet")
    unit = CATALOGUE[name].unit
    if span.low == span.high:
        return amount(span.low, unit)
    if unit is Unit.YES_NO:
        return _("not known yet")
    return _("between %(low)s and %(high)s") % {
        "low": amount(span.low, unit),
        "high": amount(span.high, unit),
    }


def condition(name: FactName, operator: Operator, operand: Fraction | None) -> str:
    """What a rule asks of a fact."""
    unit = CATALOGUE[name].unit
    match operator:
        case Operator.IS_TRUE:
            return _("yes")
        case Operator.IS_FALSE:
            return _("no")
        case Operator.AT_LEAST:
            return at_least(operand or Fraction(0), unit)
        case Operator.AT_MOST:
            return at_most(operand or Fraction(0), unit)


def at_least(value: Fraction, unit: Unit) -> str:
    """A lower bound in words."""
    return _("at least %(value)s") % {"value": amount(value, unit)}


def at_most(value: Fraction, unit: Unit) -> str:
    """An upper bound in words."""
    return _("at most %(value)s") % {"value": amount(value, unit)}
