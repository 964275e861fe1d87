"""The shipped rule set and texts."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction

import pytest

from assessments.opportunities.content import (
    EDITIONS,
    fact_texts,
    opportunity_summaries,
    read_rule_set,
    shipped_rule_set,
)
from assessments.opportunities.domain.assess import assess_opportunity
from assessments.opportunities.domain.facts import (
    CATALOGUE,
    ActivityShare,
    FactName,
    Facts,
    Span,
    Unit,
)
from assessments.opportunities.domain.rules import Operator, RuleSet
from portal.common.vocabulary import Cell, Criterion, Opportunity, Verdict

# Sector study (2018), chapters 1 to 5 of the opportunities, "Potentieel van de opportuniteit".
STUDY = {
    Opportunity.RESHORING: Verdict.GEMIDDELD,
    Opportunity.FVDT: Verdict.GEMIDDELD,
    Opportunity.EIGEN_PRODUCTEN: Verdict.GEMIDDELD,
    Opportunity.SAMENWERKING: Verdict.GEMIDDELD,
    Opportunity.ENCLAVE: Verdict.HOOG,
}


@pytest.mark.parametrize("cell", Cell)
@pytest.mark.parametrize("opportunity", Opportunity)
@pytest.mark.parametrize("edition", EDITIONS)
def test_each_activity_alone_gives_the_verdict_of_the_study(edition, opportunity, cell) -> None:
    shipped = shipped_rule_set(edition)
    starting_values = RuleSet(shipped.version, shipped.baseline, ())
    result = assess_opportunity(Facts((ActivityShare(cell, 100),)), starting_values, opportunity)
    assert result.verdict is STUDY[opportunity]


@pytest.mark.parametrize("edition", EDITIONS)
def test_all_200_starting_values_are_given(edition) -> None:
    shipped = shipped_rule_set(edition)
    assert len(shipped.baseline) == len(Opportunity) * len(Cell) * len(Criterion)
    assert shipped.version == edition


@pytest.mark.parametrize("edition", EDITIONS)
def test_at_least_six_rules_an_opportunity_with_reasons_and_source(edition) -> None:
    rules = read_rule_set(edition)["rules"]
    counts = Counter(rule["opportunity"] for rule in rules)
    assert all(counts[opportunity] >= 6 for opportunity in Opportunity)
    assert len({rule["slug"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["reason_nl"].endswith("."), rule["slug"]
        assert rule["reason_en"].endswith("."), rule["slug"]
        assert rule["source"], rule["slug"]
        assert rule["fact"] in set(FactName), rule["slug"]


# What the design asks of the rules, by the facts that they read.
ASKED = {
    Opportunity.RESHORING: {
        "making_share",
        "handling_share",
        "custom_work_share",
        "just_in_time_share",
        "certificate_count",
        "local_cost_premium",
        "strategic_customer_share",
        "readiness_e2e",
        "nearby_customer_count",
    },
    Opportunity.FVDT: {
        "readiness_mean",
        "operator_support",
        "investment_call",
        "automatable_share",
        "recent_equipment_share",
        "payback_years",
    },
    Opportunity.EIGEN_PRODUCTEN: {
        "largest_customer_share",
        "readiness_wcmt",
        "break_even_market_share",
        "sales_skills",
        "food_share",
    },
    Opportunity.SAMENWERKING: {
        "activity_count",
        "complementary_neighbours",
        "joint_saving",
        "earlier_cooperation",
    },
    Opportunity.ENCLAVE: {
        "low_middle_share",
        "guides_surplus",
        "nearby_customer_count",
        "host_share",
        "largest_customer_share",
    },
}


@pytest.mark.parametrize("opportunity", Opportunity)
def test_the_rules_read_what_the_design_asks(opportunity) -> None:
    rules = shipped_rule_set().rules
    assert ASKED[opportunity] <= {rule.fact for rule in rules if rule.opportunity is opportunity}


def test_every_fact_is_described_and_entered_somewhere() -> None:
    assert set(CATALOGUE) == set(FactName)
    for language in ("nl", "en"):
        texts = fact_texts(language)
        assert all(texts[name].label and texts[name].question for name in FactName)


def test_every_opportunity_has_a_sentence_in_both_languages() -> None:
    for language in ("nl", "en"):
        summaries = opportunity_summaries(language)
        assert all(summaries[opportunity] for opportunity in Opportunity)


RANGES = {
    Unit.PERCENT: (0, 100),
    Unit.FTE: (-4, 4),
    Unit.COUNT: (0, 8),
    Unit.PLACES: (0, 12),
    Unit.LEVEL: (1, 5),
    Unit.YEARS: (0, 12),
    Unit.YES_NO: (0, 1),
}


def some_company(chance: random.Random) -> Facts:
    values = {}
    for name, spec in CATALOGUE.items():
        low, high = RANGES[spec.unit]
        scale = 1 if spec.unit in {Unit.YES_NO, Unit.COUNT} else 4
        values[name] = Span.exactly(Fraction(chance.randint(low * scale, high * scale), scale))
    return Facts((ActivityShare(chance.choice(list(Cell)), 100),), values)


def test_every_rule_decides_a_verdict_for_some_company() -> None:
    """A rule that could never change a verdict would only be noise."""
    shipped = shipped_rule_set()
    chance = random.Random(2018)
    waiting = {rule.slug: rule for rule in shipped.rules}
    without = {
        slug: RuleSet(1, shipped.baseline, tuple(r for r in shipped.rules if r.slug != slug))
        for slug in waiting
    }
    for _ in range(3000):
        if not waiting:
            break
        company = some_company(chance)
        verdicts = {
            opportunity: assess_opportunity(company, shipped, opportunity).verdict
            for opportunity in Opportunity
        }
        for slug, rule in list(waiting.items()):
            other = assess_opportunity(company, without[slug], rule.opportunity).verdict
            if other is not verdicts[rule.opportunity]:
                del waiting[slug]
    assert not waiting


def extreme_company(cell: Cell, opportunity: Opportunity, *, best: bool) -> Facts:
    """Every fact at the end of its range that the opportunity's rules like best or least."""
    values = {}
    for rule in shipped_rule_set().rules:
        if rule.opportunity is opportunity:
            name = FactName(rule.fact)
            rising = (rule.operator in {Operator.AT_LEAST, Operator.IS_TRUE}) == (rule.step > 0)
            low, high = RANGES[CATALOGUE[name].unit]
            values[name] = Span.exactly(high if rising == best else low)
    return Facts((ActivityShare(cell, 100),), values)


@pytest.mark.parametrize(("best", "level"), [(True, Verdict.HOOG), (False, Verdict.LAAG)])
@pytest.mark.parametrize("opportunity", Opportunity)
def test_both_ends_of_the_scale_can_be_reached(opportunity, best, level) -> None:
    shipped = shipped_rule_set()
    reached = {
        assess_opportunity(
            extreme_company(cell, opportunity, best=best), shipped, opportunity
        ).verdict
        for cell in Cell
    }
    assert level in reached
