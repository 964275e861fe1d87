"""What publishing a draft would change: against the version in force, for all companies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from assessments.opportunities.domain.comparing import (
    ChangedVerdict,
    Comparison,
    Difference,
    compare,
    difference,
    fingerprint,
)
from assessments.opportunities.domain.facts import FactName
from assessments.opportunities.domain.rules import RuleSet as RuleSetValues
from assessments.opportunities.models import Rule, RuleSet
from assessments.opportunities.selectors.assessments import companies_assessed
from assessments.opportunities.selectors.facts import collect_facts
from assessments.opportunities.selectors.rule_sets import published_rule_set, rule_set_values
from companies.profiles.models import Company
from portal.common.vocabulary import Cell, Criterion, Opportunity

SHOWN: Final = 50
BASELINE_SIZE: Final = len(Opportunity) * len(Cell) * len(Criterion)


@dataclass(frozen=True)
class Preview:
    """``shown`` are the first changed verdicts; ``names`` holds their companies by id.

    ``in_force`` is None when nothing is published: there is then nothing to compare with.
    ``seen`` is the fingerprint of the draft that was judged.
    """

    in_force: RuleSet | None
    difference: Difference
    comparison: Comparison
    shown: tuple[ChangedVerdict, ...]
    names: dict[int, str]
    is_complete: bool
    seen: str


def preview(draft: RuleSet, today: date) -> Preview:
    """Judge all companies with both versions; nothing is written.

    The number of queries does not depend on the number of companies.
    """
    in_force = published_rule_set()
    after = rule_set_values(draft)
    before = rule_set_values(in_force) if in_force else RuleSetValues(0, {}, ())
    ids = companies_assessed().values_list("pk", flat=True)
    comparison = compare(collect_facts(ids, today=today), before, after)
    shown = tuple(comparison.changed[:SHOWN])
    wanted = {row.company_id for row in shown}
    names = Company.objects.filter(pk__in=wanted).order_by("pk").values_list("pk", "name")
    return Preview(
        in_force=in_force,
        difference=difference(before, after),
        comparison=comparison,
        shown=shown,
        names=dict(names) if wanted else {},
        is_complete=not missing_from(draft),
        seen=fingerprint(after),
    )


def missing_from(draft: RuleSet) -> str:
    """Why a draft cannot be published: lacks "starting values", reads unknown "facts", or ""."""
    if draft.baseline_values.count() != BASELINE_SIZE:
        return "starting values"
    unknown = Rule.objects.filter(rule_set=draft).exclude(fact__in=list(FactName))
    return "facts" if unknown.exists() else ""
