"""What the pages show, put together from assessments, rules and texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.opportunities import words
from assessments.opportunities.domain.assess import (
    Baseline,
    CriterionResult,
    OpportunityResult,
    RuleResult,
    assess_opportunity,
)
from assessments.opportunities.domain.counterfactual import (
    Change,
    Counterfactual,
    counterfactual,
)
from assessments.opportunities.domain.explanation import facts_from, ranges_from
from assessments.opportunities.domain.facts import CATALOGUE, FactName, Facts, Unit
from assessments.opportunities.domain.rules import RuleSet, RuleState
from assessments.opportunities.domain.verdict import FAVOURABLE, Range
from assessments.opportunities.judgements import computed_since, overriding
from assessments.opportunities.models import Assessment, Rule
from assessments.opportunities.selectors import Measures, Standing
from assessments.opportunities.words import CriterionWord
from assessments.readiness.models import SupportMeasure
from portal.common.choices import CRITERION_LABELS, OPPORTUNITY_LABELS
from portal.common.components import Overriding
from portal.common.vocabulary import Criterion, Opportunity, Verdict

# More sets of changes for one way are no help any more; the page says how many there are.
SETS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion by name with its value in words."""

    label: str
    word: CriterionWord


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One opportunity on the overview; ``since`` tells that the computed verdict moved."""

    opportunity: Opportunity
    override: Overriding | None
    since: str
    label: str
    summary: str
    verdict: Verdict
    why: str
    range: str
    criteria: tuple[CriterionRow, ...]


def overview_rows(standings: Mapping[Opportunity, Standing]) -> list[OverviewRow]:
    """In the order of the opportunities; those not assessed yet are left out."""
    rows = []
    for opportunity, standing in standings.items():
        assessment, override = standing.assessment, standing.override
        ranges = ranges_from(assessment.explanation)
        rows.append(
            OverviewRow(
                opportunity=opportunity,
                override=overriding(override) if override else None,
                since=computed_since(override, assessment) if override else "",
                label=str(OPPORTUNITY_LABELS[opportunity]),
                summary=words.summary(opportunity),
                verdict=Verdict(assessment.verdict),
                why=words.why(ranges),
                range=words.range_in_words(ranges),
                criteria=criterion_rows(ranges),
            )
        )
    return rows


def criterion_rows(ranges: Mapping[Criterion, Range]) -> tuple[CriterionRow, ...]:
    """Criteria with their values in words."""
    return tuple(
        CriterionRow(str(CRITERION_LABELS[criterion]), words.range_word(held))
        for criterion, held in ranges.items()
    )


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact with its value in words, and where it is entered."""

    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule with its reason, condition, and the fact that it read."""

    reason: str
    source: str
    condition: str
    is_up: bool
    fact: FactView


@dataclass(frozen=True, slots=True)
class PartView:
    """What one activity adds to the starting value."""

    activity: str
    share: str
    word: CriterionWord


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One criterion with everything that set it."""

    slug: str
    label: str
    word: CriterionWord
    parts: tuple[PartView, ...]
    start: CriterionWord
    fired: tuple[RuleView, ...]
    missing: tuple[RuleView, ...]
    not_fired: tuple[RuleView, ...]
    not_asked: tuple[RuleView, ...]
    support: tuple[SupportMeasure, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """An unknown, as a question with the page that answers it."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A fact with the page where it is entered, what it should become, and what it is now."""

    label: str
    url: str
    goal: str


OptionView = tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class WayView:
    """Criteria to lift, and per criterion the options that would do it.

    ``together`` holds whole sets where not every option goes with every other.
    """

    criteria: str
    options: tuple[tuple[str, tuple[OptionView, ...]], ...]
    together: tuple[OptionView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class DetailPage:
    """Everything about one opportunity for one company."""

    verdict: Verdict
    why: str
    range: str
    criteria: tuple[CriterionView, ...]
    questions: tuple[Question, ...]
    target: str
    ways: tuple[WayView, ...]
    workforce_year: int | None

    @property
    def is_verified(self) -> bool:
        """Some way names facts, and the portal judged again with them."""
        return any(options for way in self.ways for _, options in way.options)


class Detail:
    """Builds the page of one opportunity from a stored assessment and its rule set.

    A published rule set never changes and the explanation keeps the facts, so the
    reasoning shown is the one that was stored.
    """

    def __init__(
        self,
        assessment: Assessment,
        rule_set: RuleSet,
        rules: Mapping[str, Rule],
        measures: Measures,
    ) -> None:
        """``rules``: the stored rules by slug, for their reasons; ``measures`` by criterion."""
        self.measures = measures
        self.assessment = assessment
        self.rules = rules
        self.company_id = assessment.company_id
        self.facts: Facts = facts_from(assessment.explanation)
        self.result: OpportunityResult = assess_opportunity(
            self.facts, rule_set, Opportunity(assessment.opportunity)
        )
        self.counterfactual: Counterfactual | None = counterfactual(
            self.facts, rule_set, self.result
        )

    def page(self) -> DetailPage:
        """The whole page."""
        ranges = {row.criterion: row.range for row in self.result.criteria}
        outdated = self.assessment.explanation["workforce_outdated"]
        return DetailPage(
            verdict=self.result.verdict,
            why=words.why(ranges),
            range=words.range_in_words(ranges),
            criteria=tuple(self._criterion(row) for row in self.result.criteria),
            questions=self._questions(),
            target=words.verdict_name(self.counterfactual.target) if self.counterfactual else "",
            ways=self._ways(),
            workforce_year=self.facts.workforce_year if outdated else None,
        )

    def _criterion(self, row: CriterionResult) -> CriterionView:
        def views(state: RuleState) -> tuple[RuleView, ...]:
            return tuple(self._rule(item) for item in row.rules if item.state is state)

        return CriterionView(
            slug=row.criterion.value,
            label=str(CRITERION_LABELS[row.criterion]),
            word=words.range_word(row.range),
            parts=_parts(row.baseline),
            start=words.range_word((row.baseline.low, row.baseline.high)),
            fired=views(RuleState.FIRED),
            missing=views(RuleState.MISSING),
            not_fired=views(RuleState.NOT_FIRED),
            not_asked=views(RuleState.NOT_ASKED),
            support=tuple(self.measures[row.criterion]) if row.value != FAVOURABLE else (),
        )

    def _rule(self, item: RuleResult) -> RuleView:
        stored = self.rules[item.rule.slug]
        name = FactName(item.rule.fact)
        return RuleView(
            reason=stored.reason_en if words.language() == "en" else stored.reason_nl,
            source=stored.source,
            condition=words.condition(name, item.rule.operator, item.rule.operand),
            is_up=item.rule.step > 0,
            fact=FactView(
                words.fact_text(name).label,
                words.span_in_words(name, item.span),
                self._url(name),
            ),
        )

    def _url(self, name: FactName) -> str:
        return reverse(CATALOGUE[name].entered_at, args=[self.company_id])

    def _questions(self) -> tuple[Question, ...]:
        """Facts that keep a criterion unknown; each page and question once."""
        names = [
            FactName(item.rule.fact)
            for row in self.result.criteria
            if row.value is None
            for item in row.rules
            if item.state is RuleState.MISSING
        ]
        found = [Question(words.fact_text(name).question, self._url(name)) for name in names]
        if not self.facts.activities:
            name = FactName.ACTIVITY_COUNT
            found.insert(0, Question(words.fact_text(name).question, self._url(name)))
        return tuple(dict.fromkeys(found))

    def _ways(self) -> tuple[WayView, ...]:
        # Without activities everything is open: the questions come first.
        if self.counterfactual is None or not self.facts.activities:
            return ()
        return tuple(
            WayView(
                words.enumeration(words.in_sentence(criterion) for criterion in way.criteria),
                tuple(
                    (
                        str(CRITERION_LABELS[criterion]),
                        tuple(self._option(changes) for changes in options),
                    )
                    for criterion, options in way.changes
                ),
                tuple(self._option(changes) for changes in way.together[:SETS_SHOWN]),
                max(0, len(way.together) - SETS_SHOWN),
            )
            for way in self.counterfactual.ways
        )

    def _option(self, changes: Iterable[Change]) -> OptionView:
        return tuple(
            ChangeView(
                words.fact_text(change.fact).label, self._url(change.fact), self._change(change)
            )
            for change in changes
        )

    def _change(self, change: Change) -> str:
        unit = CATALOGUE[change.fact].unit
        if unit is Unit.YES_NO:
            goal = words.amount(change.value, unit)
        elif change.upward:
            goal = words.at_least(change.value, unit)
        else:
            goal = words.at_most(change.value, unit)
        span = self.facts.values.get(change.fact)
        if span is None and CATALOGUE[change.fact].optional:
            return _("%(goal)s (not calculated yet)") % {"goal": goal}
        if span is None:
            return _("%(goal)s (not known yet)") % {"goal": goal}
        return _("%(goal)s (now %(value)s)") % {
            "goal": goal,
            "value": words.span_in_words(change.fact, span),
        }


def _parts(baseline: Baseline) -> tuple[PartView, ...]:
    return tuple(
        PartView(
            words.activity_name(part.activity.cell, part.activity.label),
            words.percent(part.weight),
            words.part_word(part.value),
        )
        for part in baseline.parts
    )
