"""What publishing a draft would change, in words for the page that asks to confirm it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.opportunities import words
from assessments.opportunities.domain.comparing import BaselineChange, ChangedVerdict
from assessments.opportunities.domain.facts import FactName
from assessments.opportunities.domain.rules import Rule
from assessments.opportunities.selectors import Preview
from portal.common.choices import CELL_LABELS, CRITERION_LABELS, OPPORTUNITY_LABELS
from portal.common.vocabulary import Opportunity


@dataclass(frozen=True, slots=True)
class MovesRow:
    """One opportunity: how many companies change, and from what to what."""

    opportunity: str
    changed: int
    moves: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """One changed verdict; ``rules`` is empty when the starting values make the difference."""

    name: str
    url: str
    opportunity: str
    before: str
    after: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule by its code, and what it says before and after; empty where it is not there."""

    slug: str
    opportunity: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """A starting value that differs."""

    opportunity: str
    activity: str
    criterion: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The whole page."""

    companies: int
    companies_changed: int
    verdicts_changed: int
    moves: tuple[MovesRow, ...]
    rows: tuple[CompanyRow, ...]
    rules: tuple[RuleRow, ...]
    baseline: tuple[BaselineRow, ...]


def preview_page(found: Preview) -> PreviewPage:
    """The preview in the language of the page."""
    differs = found.difference
    pairs: list[tuple[Rule | None, Rule | None]] = [
        *((change.before, change.after) for change in differs.changed),
        *((None, rule) for rule in differs.added),
        *((rule, None) for rule in differs.removed),
    ]
    return PreviewPage(
        companies=found.comparison.companies,
        companies_changed=found.comparison.companies_changed,
        verdicts_changed=len(found.comparison.changed),
        moves=tuple(_moves(found, opportunity) for opportunity in Opportunity),
        rows=tuple(_company(row, found.names[row.company_id]) for row in found.shown),
        rules=tuple(_rule(before, after) for before, after in pairs),
        baseline=tuple(_baseline(change) for change in differs.baseline),
    )


def _moves(found: Preview, opportunity: Opportunity) -> MovesRow:
    return MovesRow(
        str(OPPORTUNITY_LABELS[opportunity]),
        found.comparison.number_changed(opportunity),
        tuple(
            (words.verdict_name(before), words.verdict_name(after), number)
            for (before, after), number in found.comparison.moves[opportunity].most_common()
        ),
    )


def _company(row: ChangedVerdict, name: str) -> CompanyRow:
    return CompanyRow(
        name,
        reverse("opportunities:detail", args=[row.company_id, row.opportunity.value]),
        str(OPPORTUNITY_LABELS[row.opportunity]),
        words.verdict_name(row.before),
        words.verdict_name(row.after),
        row.rules,
    )


def _rule(before: Rule | None, after: Rule | None) -> RuleRow:
    named = after or before
    return RuleRow(
        named.slug if named else "",
        str(OPPORTUNITY_LABELS[named.opportunity]) if named else "",
        rule_in_words(before) if before else "",
        rule_in_words(after) if after else "",
    )


def rule_in_words(rule: Rule) -> str:
    """Criterion, direction, fact and condition in one line."""
    known = rule.fact in set(FactName)
    name = FactName(rule.fact) if known else None
    parts = {
        "criterion": CRITERION_LABELS[rule.criterion],
        "fact": words.fact_text(name).label if name else rule.fact,
        "condition": words.condition(name, rule.operator, rule.operand) if name else "?",
    }
    if rule.step > 0:
        return _("%(criterion)s more favourable when %(fact)s: %(condition)s") % parts
    return _("%(criterion)s less favourable when %(fact)s: %(condition)s") % parts


def _baseline(change: BaselineChange) -> BaselineRow:
    opportunity, cell, criterion = change.key
    return BaselineRow(
        str(OPPORTUNITY_LABELS[opportunity]),
        str(CELL_LABELS[cell]),
        str(CRITERION_LABELS[criterion]),
        words.criterion_word(change.before).text,
        words.criterion_word(change.after).text,
    )
