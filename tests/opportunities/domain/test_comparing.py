"""Two rule sets side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assessments.opportunities.content import shipped_rule_set
from assessments.opportunities.domain.assess import assess_opportunity
from assessments.opportunities.domain.comparing import compare, difference, fingerprint
from assessments.opportunities.domain.facts import OPTIONAL, ActivityShare, FactName, Facts
from assessments.opportunities.domain.rules import RuleSet
from portal.common.vocabulary import Cell, Criterion, Opportunity, Verdict
from tests.opportunities.domain.strategies import exact, facts, rule_sets


@given(st.lists(facts, max_size=4), rule_sets(), rule_sets())
def test_moves_are_counted_as_by_judging_one_by_one(companies, before, after) -> None:
    found = compare(dict(enumerate(companies)), before, after)
    for opportunity in Opportunity:
        expected = Counter()
        for known in companies:
            pair = tuple(
                assess_opportunity(known, rule_set, opportunity).verdict
                for rule_set in (before, after)
            )
            if pair[0] is not pair[1]:
                expected[pair] += 1
        assert found.moves[opportunity] == expected
        assert found.number_changed(opportunity) == expected.total()
    assert len(found.changed) == sum(moves.total() for moves in found.moves.values())
    assert found.companies == len(companies)


@given(rule_sets(), rule_sets())
def test_a_difference_turns_one_rule_set_into_the_other(before, after) -> None:
    found = difference(before, after)
    rules = {rule.slug: rule for rule in before.rules}
    for rule in found.removed:
        del rules[rule.slug]
    rules |= {rule.slug: rule for rule in found.added}
    rules |= {change.after.slug: change.after for change in found.changed}
    baseline = dict(before.baseline) | {change.key: change.after for change in found.baseline}
    assert set(rules.values()) == set(after.rules)
    assert baseline == after.baseline
    assert found.is_empty == (fingerprint(before) == fingerprint(after))


@given(facts, rule_sets(), st.randoms(use_true_random=False))
def test_the_same_rules_in_another_order_are_the_same(known, rule_set, random) -> None:
    shuffled = list(rule_set.rules)
    random.shuffle(shuffled)
    again = RuleSet(rule_set.version + 1, rule_set.baseline, tuple(shuffled))
    assert difference(rule_set, again).is_empty
    assert fingerprint(rule_set) == fingerprint(again)
    assert compare({1: known}, rule_set, again).changed == []


def test_a_starting_value_that_one_of_them_lacks_is_named() -> None:
    shipped = shipped_rule_set()
    key = (Opportunity.ENCLAVE, Cell.MAAK_METAAL, Criterion.FIT)
    fewer = replace(shipped, baseline={k: v for k, v in shipped.baseline.items() if k != key})
    (change,) = difference(shipped, fewer).baseline
    assert (change.key, change.before, change.after) == (key, 1, None)


def test_what_makes_the_difference_is_the_rules_that_act_otherwise() -> None:
    shipped = shipped_rule_set()
    company = full_company(low_middle_share=80, manual_share=80, customer_count=4)
    stricter = replace(
        shipped,
        rules=tuple(
            replace(rule, step=-1) if rule.slug == "enclave-laag-en-midden" else rule
            for rule in shipped.rules
        ),
    )
    (row,) = compare({7: company}, shipped, stricter).changed
    assert (row.company_id, row.opportunity) == (7, Opportunity.ENCLAVE)
    assert (row.before, row.after) == (Verdict.HOOG, Verdict.GEMIDDELD)
    assert row.rules == ("enclave-laag-en-midden",)


def full_company(**values) -> Facts:
    known = {name: exact(0) for name in FactName if name not in OPTIONAL}
    known |= {FactName(name): exact(value) for name, value in values.items()}
    known |= {FactName.NEARBY_CUSTOMER_COUNT: exact(2), FactName.SUPERVISION_SHARE: exact(8)}
    return Facts((ActivityShare(Cell.MAAK_METAAL, 100),), known)
