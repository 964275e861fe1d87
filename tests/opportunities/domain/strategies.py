"""Random facts and rule sets for the property tests."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from assessments.opportunities.domain.facts import ActivityShare, FactName, Facts, Span
from assessments.opportunities.domain.rules import Operator, Rule, RuleSet
from portal.common.vocabulary import Cell, Criterion, Opportunity

numbers = st.fractions(min_value=-3, max_value=100, max_denominator=4)
spans = st.tuples(numbers, numbers).map(lambda ends: Span(min(ends), max(ends)))
activities = st.lists(
    st.builds(
        ActivityShare,
        cell=st.sampled_from([*Cell, None]),
        share=st.one_of(st.none(), st.integers(0, 100)),
    ),
    max_size=4,
).map(tuple)
# A few are enough to meet each other in rules; two are outcomes of a calculation.
NAMES = [*list(FactName)[:6], FactName.PAYBACK_YEARS, FactName.JOINT_SAVING]
fact_names = st.sampled_from(NAMES)
facts = st.builds(
    Facts, activities=activities, values=st.dictionaries(fact_names, spans, max_size=8)
)


@st.composite
def rules(draw, slug):
    operator = draw(st.sampled_from(list(Operator)))
    compares = operator in {Operator.AT_LEAST, Operator.AT_MOST}
    return Rule(
        slug=slug,
        opportunity=draw(st.sampled_from([Opportunity.ENCLAVE, Opportunity.FVDT])),
        criterion=draw(st.sampled_from(list(Criterion))),
        fact=draw(fact_names).value,
        operator=operator,
        operand=draw(numbers) if compares else None,
        step=draw(st.sampled_from([-1, 1])),
    )


@st.composite
def rule_sets(draw):
    count = draw(st.integers(0, 8))
    values = draw(
        st.lists(st.integers(-1, 1), min_size=20, max_size=20)
    )  # repeated over the 200 keys: enough to differ between neighbours
    keys = [(o, cell, c) for o in Opportunity for cell in Cell for c in Criterion]
    return RuleSet(
        version=1,
        baseline={key: values[index * 7 % 20] for index, key in enumerate(keys)},
        rules=tuple(draw(rules(slug=f"r{index}")) for index in range(count)),
    )


def exact(value) -> Span:
    return Span.exactly(Fraction(value))


def ranges_of(values):
    """Criteria as ranges: a known value has equal ends, None may be anything."""
    return tuple((-1, 1) if value is None else (value, value) for value in values)
